import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const here = import.meta.dirname;

/** Where the peers are installed: apart from the workspace, and ignored by git. */
export const installed: string = join(here, ".installed");

/** Installs what peers/package.json lists, unless exactly that is there, and compiles Stopify's program. */
export async function installPeers(): Promise<void> {
  const manifest = join(here, "peers/package.json");
  const copy = join(installed, "package.json");
  if (!existsSync(join(installed, "node_modules")) || !(await same(manifest, copy))) {
    await mkdir(installed, { recursive: true });
    await copyFile(manifest, copy);
    await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: installed });
  }
  await run(process.execPath, [join(here, "workloads/stopify/compile.cjs")]);
}

async function same(a: string, b: string): Promise<boolean> {
  if (!existsSync(b)) return false;
  return (await readFile(a, "utf8")) === (await readFile(b, "utf8"));
}

/** The versions of what was compared, for the account: `effect 4.1.0`. */
export async function versions(): Promise<string[]> {
  const { dependencies } = JSON.parse(await readFile(join(here, "peers/package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  return Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
}
