// Tools that keep what they compiled, file by file. They want Babel 7, so they are no part of this repository's installation: `npm install` puts
// them into a cache folder, once.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, runNode, type Outcome } from "../command.ts";

const cache = join(root, "node_modules/.cache/greenlets-caching-tools");
const versions = { "@babel/core": "7.29.13", "babel-loader": "10.1.1", jest: "30.5.2", webpack: "5.112.2" };

/** Puts the tools, and our packages, into a project's node_modules. */
export function linkTools(path: string): void {
  install();
  const modules = join(path, "node_modules");
  mkdirSync(join(modules, "@babel"), { recursive: true });
  for (const name of Object.keys(versions)) symlinkSync(join(cache, "node_modules", name), join(modules, name));
  symlinkSync(join(root, "plugin"), join(modules, "greenlets-plugin"));
}

function install(): void {
  if (existsSync(join(cache, "node_modules/.package-lock.json"))) return;
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, "package.json"), `${JSON.stringify({ private: true, dependencies: versions })}\n`);
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: cache, stdio: "pipe" });
}

/** Runs the project's only Jest test; what it prints is in `stdout`. */
export function jest(cwd: string): Outcome {
  const flags = ["--experimental-vm-modules", "--no-warnings", join(cwd, "node_modules/jest/bin/jest.js")];
  return runNode([...flags, "--ci", "--silent=false", "--cacheDirectory", join(cwd, ".jest")], { cwd });
}

/** Bundles the project with webpack, and runs the bundle. */
export function webpack(cwd: string): Outcome {
  const built = runNode(["webpack.mjs"], { cwd });
  return built.code === 0 ? runNode(["out/main.js"], { cwd }) : built;
}
