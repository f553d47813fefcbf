/**
 * `node bench/analysis/run.ts [--from DIR] [--only NAME] [--rounds N] [--write]`
 *
 * The whole-program analysis on real code bases: what stays plain, and its processor time beside that of `tsc --noEmit` (TypeScript 6) on the same
 * project, in turns. `--from DIR` has checkouts by name; without it, they are cloned. `--write` puts the table into docs/analysis.md.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkOut } from "./check-out.ts";
import { type CodeBase, codeBases } from "./code-bases.ts";
import type { Measured } from "./measure.ts";

const { values } = parseArgs({
  options: {
    from: { type: "string" },
    only: { type: "string" },
    rounds: { type: "string", default: "3" },
    write: { type: "boolean", default: false },
  },
});

const root = join(import.meta.dirname, "../..");
const tsc = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");

const rows = codeBases.filter(({ name }) => values.only === undefined || name === values.only).map(rowOf);
const table = [
  "| | lines | files | functions | plain | suspension points | files as they are | analysis ÷ `tsc --noEmit` | one edited file, median | slowest |",
  "|---|---|---|---|---|---|---|---|---|---|",
  ...rows,
].join("\n");
console.log(table);
if (values.write) write(table);

/** Processor time of a child process in milliseconds, and what it printed. */
function timed(args: readonly string[]): { cpu: number; stdout: string } {
  const preload = join(import.meta.dirname, "cpu-at-exit.ts");
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", preload, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const cpu = Number(/\ncpu ([\d.]+)\n/.exec(stderr)?.[1]);
  if (Number.isNaN(cpu)) throw new Error(`${args.join(" ")}\n${stdout}${stderr}`);
  return { cpu, stdout };
}

function rowOf(base: CodeBase): string {
  const config = checkOut(base, values.from);
  const measure = join(import.meta.dirname, "measure.ts");
  const turns = Array.from({ length: Number(values.rounds) }, () => [
    timed([tsc, "-p", config, "--noEmit"]),
    timed([measure, config]),
  ]);
  const errors = turns[0]![0]!.stdout.match(/error TS/g)?.length ?? 0;
  if (errors > 0) console.error(`${base.name}: tsc reports ${errors} errors\n${turns[0]![0]!.stdout.slice(0, 600)}`);
  const [check, analysis] = [0, 1].map((index) => Math.min(...turns.map((turn) => turn[index]!.cpu)));
  const { summary, edits, lines } = JSON.parse(timed([measure, config, "edits"]).stdout) as Measured;
  const sorted = edits.toSorted((a, b) => a - b);
  const share = (100 * (summary.functions - summary.maySwitch)) / summary.functions;
  const cells = [
    `[${base.name}](${base.repository}) ${base.commit}`,
    lines.toLocaleString("en"),
    summary.files,
    summary.functions.toLocaleString("en"),
    `${share.toFixed(1)} %`,
    summary.points.toLocaleString("en"),
    summary.untouchedFiles,
    `${(analysis! / check!).toFixed(2)} × (${(analysis! / 1000).toFixed(1)} s ÷ ${(check! / 1000).toFixed(1)} s)`,
    `${Math.round(sorted[Math.floor(sorted.length / 2)]!)} ms`,
    `${Math.round(sorted.at(-1)!)} ms`,
  ];
  console.error(cells.join(" | "));
  return `| ${cells.join(" | ")} |`;
}

function write(text: string): void {
  const page = join(root, "docs/analysis.md");
  const between = /(<!-- code bases -->\n\n)[^]*?(\n\n<!-- \/code bases -->)/;
  writeFileSync(
    page,
    readFileSync(page, "utf8").replace(between, (_, open: string, close: string) => open + text + close),
  );
}
