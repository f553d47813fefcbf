import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { compiled, type Mode } from "./compiled.ts";
import { machine } from "./machine.ts";
import { short } from "./table.ts";

// Real programs, uncompiled and compiled: what the checks after calls cost in code that never switches. Prints a table of
// ratios to uncompiled and their geometric means. `node bench/programs.ts [--rounds N] [NAME…]`

const run = promisify(execFile);
const here = import.meta.dirname;
const MODES: Mode[] = ["plain", "per-file", "whole-program"];

interface Result {
  ns: number;
  checksum: number;
}

/** The best of all rounds, by mode. */
type Row = Partial<Record<Mode, Result>>;

async function once(path: string): Promise<Result> {
  const { stdout } = await run(process.execPath, [join(here, "program.ts"), path]);
  const { min, checksum } = JSON.parse(stdout) as { min: number; checksum: number };
  return { ns: min, checksum };
}

function better(a: Result | undefined, b: Result): Result {
  if (a !== undefined && a.checksum !== b.checksum) throw new Error(`Checksum ${b.checksum} instead of ${a.checksum}.`);
  return a !== undefined && a.ns < b.ns ? a : b;
}

async function measured(program: string, rounds: number): Promise<Row> {
  const paths = await Promise.all(
    MODES.map(async (mode) => [mode, await compiled(`programs/${program}.ts`, mode)] as const),
  );
  const row: Row = {};
  for (let round = 0; round < rounds; round++)
    for (const [mode, path] of paths) row[mode] = better(row[mode], await once(path));
  better(row.plain, row["per-file"]!);
  return row;
}

function ratio(row: Row, mode: Mode): number {
  return row[mode]!.ns / row.plain!.ns;
}

function geometricMean(values: number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "5" } },
  allowPositionals: true,
});
const all = (await readdir(join(here, "programs"))).map((file) => basename(file, ".ts"));
const rows: [string, Row][] = [];
for (const program of positionals.length > 0 ? positionals : all)
  rows.push([program, await measured(program, Number(values.rounds))]);

const compiledModes = MODES.slice(1);
const lines = rows.map(([name, row]) => [
  name,
  `${short(row.plain!.ns / 1e6)} ms`,
  ...compiledModes.map((mode) => short(ratio(row, mode))),
]);
const means = compiledModes.map((mode) => short(geometricMean(rows.map(([, row]) => ratio(row, mode)))));
const table = [
  ["program", "uncompiled", ...compiledModes],
  ["---", "--:", ...compiledModes.map(() => "--:")],
  ...lines,
  ["geometric mean", "", ...means],
];
process.stdout.write(`${machine()}\n\n${table.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`);
