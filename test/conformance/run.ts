/**
 * `npm run conformance -- --dir PATH [--filter GLOB] [--sample N] [--mode plain|compiled|stress|all] [--variant sloppy|strict|module|all]
 *  [--jobs 2] [--resume] [--compiler FILE] [--out FOLDER]`
 *
 * Runs a copy of test262 through the compiler. `FOLDER/results.jsonl` has one line a scenario, `FOLDER/report.json` the summary; with
 * `--resume` files that have results are not run again. Ends with 1 if anything that passes uncompiled fails compiled.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { byCause, formatTable, summarise, type Report } from "./report.ts";
import { bundleRuntime } from "./runtime-script.ts";
import { runFleet } from "./fleet.ts";
import { selectTests } from "./select.ts";
import type { Mode, Result } from "./worker.ts";
import type { Variant } from "./scenario.ts";

const { values } = parseArgs({
  options: {
    dir: { type: "string" },
    filter: { type: "string" },
    sample: { type: "string" },
    mode: { type: "string", default: "all" },
    variant: { type: "string", default: "all" },
    jobs: { type: "string", default: "2" },
    resume: { type: "boolean", default: false },
    compiler: { type: "string", default: join(import.meta.dirname, "../../plugin/compile.ts") },
    out: { type: "string", default: join(import.meta.dirname, ".results") },
  },
});

const modes: readonly Mode[] = values.mode === "all" ? ["compiled", "stress"] : [values.mode as Mode];
const variants: readonly Variant[] =
  values.variant === "all" ? ["sloppy", "strict", "module"] : [values.variant as Variant];
const resultsFile = join(values.out, "results.jsonl");

process.exitCode = await main();

async function main(): Promise<number> {
  if (values.dir === undefined) throw new Error("--dir PATH is missing: a folder that holds a copy of test262");
  const suite = resolve(values.dir);
  mkdirSync(values.out, { recursive: true });
  if (!values.resume) rmSync(resultsFile, { force: true });
  const done = new Set(readResults().map(({ path }) => path));
  const all = selectTests({
    directory: suite,
    filter: values.filter,
    sample: values.sample === undefined ? undefined : Number(values.sample),
  });
  const paths = all.filter((path) => !done.has(path));
  console.error(`${paths.length} files to run, ${all.length - paths.length} known`);
  const job = { suite, compiler: resolve(values.compiler), modes, variants, runtime: await writeRuntime(), paths };
  await runFleet(job, Number(values.jobs), {
    finished: record,
    hung: (path, reason, counts) => record(hungResults(path, reason, counts)),
  });
  return print(summarise(readResults()));
}

async function writeRuntime(): Promise<string | null> {
  if (modes.every((mode) => mode === "plain")) return null;
  const file = join(values.out, "runtime.js");
  writeFileSync(file, await bundleRuntime());
  return file;
}

function readResults(): Result[] {
  if (!existsSync(resultsFile)) return [];
  return readFileSync(resultsFile, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Result => JSON.parse(line));
}

function record(results: readonly Result[]): void {
  appendFileSync(resultsFile, results.map((result) => `${JSON.stringify(result)}\n`).join(""));
}

/** A test that ended its process: a regression if it had passed uncompiled. */
function hungResults(path: string, message: string, counts: boolean): Result[] {
  const fail = { kind: "fail", message } as const;
  return [{ path, variant: "sloppy", plain: counts ? { kind: "pass" } : fail, verdicts: counts ? { hung: fail } : {} }];
}

function print(report: Report): number {
  writeFileSync(join(values.out, "report.json"), JSON.stringify(report, null, 1));
  console.log(formatTable(report));
  console.log(`\n${report.counted} scenarios count; ${report.left} fail wrapped and uncompiled and do not.`);
  for (const [code, members] of Object.entries(report.refusals)) console.log(`refused, ${code}: ${members.length}`);
  for (const [reason, members] of Object.entries(report.exceptions))
    console.log(`known limit, ${reason}:\n    ${members.join("\n    ")}`);
  for (const [cause, members] of byCause(report).slice(0, 60)) {
    console.log(
      `\n${members.length} × ${cause}\n${members
        .slice(0, 3)
        .map(({ path, variant }) => `    ${path} (${variant})`)
        .join("\n")}`,
    );
  }
  return report.regressions.length === 0 ? 0 : 1;
}
