// The oldest engine that is promised: the last one of Node that knows nothing newer than ES2020.
//
//   node test/smoke/oldest.ts      installs it into test/smoke/.installed; from then on the smoke suite runs in it, too
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const installed = join(import.meta.dirname, ".installed");

/** V8 8.4, as in Chrome 84. */
export const OLDEST_VERSION = "14.21.3";

/** The path of that Node; nothing is there before it was installed. */
export const OLDEST = process.env["OLDEST_NODE"] ?? join(installed, "node_modules/.bin/node");

if (import.meta.main) {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  mkdirSync(installed, { recursive: true });
  writeFileSync(
    join(installed, "package.json"),
    JSON.stringify({ private: true, dependencies: { [name]: OLDEST_VERSION } }),
  );
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: installed, stdio: "inherit" });
  process.stdout.write(execFileSync(OLDEST, ["--version"]));
}
