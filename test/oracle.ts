// npm run oracle [-- FILTER]: records trace.txt of every fixture that has an oracle.py from what CPython prints.
// Needs python3 with the packages greenlet and gevent, as Debian has them.

import { spawnSync } from "node:child_process";
import { globSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(import.meta.dirname, "..");
const PYTHON = process.env["PYTHON"] ?? "/usr/bin/python3";

/** The scenarios that CPython can tell about, relative to the root, sorted. */
export function oracles(): string[] {
  return globSync("fixtures/*/*/oracle.py", { cwd: root }).toSorted();
}

/** What CPython prints for one scenario. */
export function ask(oracle: string): string {
  const { status, stdout, stderr } = spawnSync(PYTHON, ["test/oracle.py", oracle], { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`${oracle}: ${stderr}`);
  return stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const filter = process.argv[2] ?? "";
  for (const oracle of oracles().filter((name) => name.includes(filter))) {
    writeFileSync(path.join(root, path.dirname(oracle), "trace.txt"), ask(oracle));
    console.log(path.dirname(oracle));
  }
}
