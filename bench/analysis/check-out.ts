// The sources of a code base, with its greenlet program at the top, and a tsconfig over both.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CodeBase } from "./code-bases.ts";

const root = join(import.meta.dirname, "../..");

/**
 * @param from a folder that has checkouts by name; without it, they are cloned
 * @returns the path of a tsconfig over its sources and the greenlet program
 */
export function checkOut(base: CodeBase, from?: string): string {
  const checkouts = from ?? join(root, "bench/.installed/code-bases");
  const folder = join(checkouts, base.name.toLowerCase().replace(/,.*/, ""));
  if (!existsSync(folder)) {
    mkdirSync(checkouts, { recursive: true });
    execFileSync("git", ["clone", "--quiet", base.repository, folder], { stdio: "inherit" });
    execFileSync("git", ["checkout", "--quiet", base.commit], { cwd: folder });
  }
  writeFileSync(join(folder, "greenlet.ts"), base.program);
  return writeConfig(base, folder);
}

/** Beside its own: the sources and the greenlet program, with our types. */
function writeConfig({ extends: base, sources, options }: CodeBase, folder: string): string {
  const file = join(folder, "tsconfig.greenlets.json");
  const greenlets = [join(root, "runtime/dist/index.d.ts")];
  const compilerOptions = {
    noEmit: true,
    emitDeclarationOnly: false,
    skipLibCheck: true,
    typeRoots: [join(root, "node_modules/@types")],
    ...options,
    paths: { ...(options["paths"] as object | undefined), greenlets },
  };
  const config = { extends: `./${base}`, compilerOptions, include: [...sources, "greenlet.ts"], references: [] };
  writeFileSync(file, JSON.stringify(config, null, 2));
  return file;
}
