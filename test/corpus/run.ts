/**
 * `npm run corpus -- [--only NAME,NAME] [--write]`
 *
 * Compiles whole packages from the registry and compares their work, plain, compiled and under stress, by checksum. `--write` puts the
 * table into docs/corpus.md. Ends with 1 if a checksum differs.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildModules } from "../conformance/runtime-script.ts";
import { runtimeFolder } from "./hooks.ts";
import { installed } from "./inputs.ts";
import type { Measurement } from "./measure.ts";
import { formatRow, writeTable, type Row } from "./table.ts";
import { workloads } from "./workloads.ts";

const { values } = parseArgs({ options: { only: { type: "string" }, write: { type: "boolean", default: false } } });

install();
await buildModules(runtimeFolder);
const names = values.only?.split(",") ?? Object.keys(workloads);
const rows = names.map((name) => {
  const row = rowOf(name);
  console.error(formatRow(row));
  return row;
});
const table = writeTable(rows);
console.log(table);
if (values.write) writeFileSync(join(import.meta.dirname, "../../docs/corpus.md"), table);
process.exitCode = rows.every(({ problem }) => problem === null) ? 0 : 1;

/** Once: into a folder that is not part of the repository. */
function install(): void {
  if (existsSync(join(installed, "node_modules"))) return;
  mkdirSync(installed, { recursive: true });
  copyFileSync(join(import.meta.dirname, "packages.json"), join(installed, "package.json"));
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: installed, stdio: "inherit" });
}

function rowOf(name: string): Row {
  const version = (
    JSON.parse(readFileSync(join(installed, "node_modules", name, "package.json"), "utf8")) as { version: string }
  ).version;
  const plain = measure(name, "plain");
  const compiled = measure(name, "compiled");
  const stress = measure(name, "stress");
  return { name, version, plain, compiled, stress, problem: problemOf({ plain, compiled, stress }) } as Row;
}

function measure(name: string, mode: string): Measurement | string {
  const child = spawnSync(
    process.execPath,
    ["--max-old-space-size=12000", "--no-warnings", join(import.meta.dirname, "measure.ts"), name, mode],
    { encoding: "utf8", timeout: 3_600_000 },
  );
  const line = child.stdout.trim().split("\n").at(-1) ?? "";
  if (child.status === 0) return JSON.parse(line) as Measurement;
  return (
    /^.*(?:Error|error).*$/m.exec(child.stderr)?.[0]?.slice(0, 200) ?? `ended with ${child.status ?? child.signal}`
  );
}

/** Why a row does not count: a mode that failed, or another result. */
function problemOf(modes: Readonly<Record<string, Measurement | string>>): string | null {
  const failed = Object.entries(modes).find(([, result]) => typeof result === "string");
  if (failed !== undefined) return `${failed[0]}: ${String(failed[1])}`;
  const sums = Object.values(modes).map((result) => (result as Measurement).checksum);
  return new Set(sums).size === 1 ? null : `checksums ${sums.join(" ")}`;
}
