// The two packages as they would be published, and projects that install them.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, runNode, type Outcome } from "../../command.ts";

const npm = (args: string[], cwd: string): string =>
  execFileSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 26,
  });

/** Where everything happens; gone when the program ends. */
export const workshop: string = realpathSync(mkdtempSync(join(tmpdir(), "greenlets-builds-")));
process.on("exit", () => rmSync(workshop, { recursive: true, force: true }));

/** Packs both packages. @returns their files by name */
export function pack(): Record<string, string> {
  const packed = ["runtime", "plugin"].map((workspace) => {
    const listed = JSON.parse(
      npm(["pack", "--json", "--ignore-scripts", "--pack-destination", workshop, "-w", workspace], root),
    );
    const [{ name, filename }] = Object.values(listed) as [{ name: string; filename: string }];
    return [name, join(workshop, filename)];
  });
  return Object.fromEntries(packed) as Record<string, string>;
}

type Manifest = { dependencies?: Record<string, string>; devDependencies?: Record<string, string> };

/** A project of examples/builds in a folder of its own, with the packed packages and everything else installed. */
export function install(example: string, tarballs: Record<string, string>, extra: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(workshop, `${example}-`));
  cpSync(join(root, "examples/builds/program"), folder, { recursive: true });
  cpSync(join(root, "examples/builds", example), folder, { recursive: true });
  const path = join(folder, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
  for (const kind of ["dependencies", "devDependencies"] as const)
    for (const name of Object.keys(manifest[kind] ?? {}))
      if (tarballs[name]) manifest[kind]![name] = `file:${tarballs[name]}`;
  Object.assign((manifest.devDependencies ??= {}), extra);
  writeFileSync(path, JSON.stringify(manifest));
  npm(["install", "--prefer-offline"], folder);
  // As after an installation from the registry: Deno goes by what is written here.
  writeFileSync(path, JSON.stringify(manifest).replaceAll(/"file:[^"]*-([\d.]+)\.tgz"/g, `"$1"`));
  return folder;
}

/** Runs a script of a project's package.json. @throws what it printed, if it fails */
export function script(folder: string, name: string): string {
  try {
    return execFileSync("npm", ["run", "--silent", name], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: cleanEnvironment(),
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${name} in ${folder}\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** What a test runner says goes to stderr, too. */
export function scriptOutput(folder: string, name: string): string {
  return execFileSync("sh", ["-c", `npm run --silent ${name} 2>&1`], {
    cwd: folder,
    encoding: "utf8",
    env: cleanEnvironment(),
  });
}

const cleanEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
  NODE_OPTIONS: "",
});

export { runNode };
export type { Outcome };

/** Plugins that do nothing, by the names of ours: what a build makes of a program without us. */
export function withoutUs<T>(folder: string, work: () => T): T {
  const plugin = join(folder, "node_modules/greenlets-plugin");
  const aside = `${plugin}-aside`;
  cpSync(plugin, aside, { recursive: true });
  rmSync(plugin, { recursive: true });
  mkdirSync(plugin);
  const files = {
    "package.json": `{ "name": "greenlets-plugin", "type": "module", "exports": { "./register": "./register.js", "./babel": "./babel.js", "./esbuild": "./esbuild.js", "./*": "./plugin.js" } }`,
    "register.js": "",
    "babel.js": `export default () => ({ name: "nothing", visitor: {} });`,
    "esbuild.js": `export default () => ({ name: "nothing", setup() {} });`,
    "plugin.js": `export default () => ({ name: "nothing", apply() {} });`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(plugin, name), text);
  try {
    return work();
  } finally {
    rmSync(plugin, { recursive: true });
    cpSync(aside, plugin, { recursive: true });
    rmSync(aside, { recursive: true });
  }
}

export const read = (folder: string, name: string): string => {
  const path = join(folder, name);
  if (!existsSync(path)) throw new Error(`There is no ${path}`);
  return readFileSync(path, "utf8");
};
