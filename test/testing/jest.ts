// Jest is no part of this repository's installation (its tools want Babel 7): `npm install` puts it into a cache folder, once.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../command.ts";

const cache = join(root, "node_modules/.cache/greenlets-jest");
const versions = { jest: "30.5.2" };

/** The folder of Jest's package. */
export function installedJest(): string {
  const folder = join(cache, "node_modules/jest");
  if (existsSync(join(cache, "node_modules/.package-lock.json"))) return folder;
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, "package.json"), `${JSON.stringify({ private: true, dependencies: versions })}\n`);
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: cache, stdio: "pipe" });
  return folder;
}
