// One process: analyses a project, then edits file after file, and prints what it found as JSON.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Analysis } from "../../plugin/analyse/index.ts";
import { type Summary, summaryOf } from "../../plugin/analyse/messages.ts";

export interface Measured {
  readonly summary: Summary;
  /** Processor time of one edit, in milliseconds: of each file the best of three. */
  readonly edits: readonly number[];
  readonly lines: number;
}

/** So many files are edited, spread over the project. */
const EDITED = 25;

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A statement more in a function's body, and all answers again. */
function edit(analysis: Analysis, path: string, text: string, turn: number): number {
  const start = cpu();
  analysis.update(
    new Map([[path, `${text}\nfunction addedAtTheEnd(n: number): number {\n  return n * ${turn};\n}\n`]]),
  );
  analysis.facts();
  return cpu() - start;
}

function editEach(analysis: Analysis, paths: readonly string[]): number[] {
  return paths.map((path) => {
    const text = readFileSync(path, "utf8");
    const times = [1, 2, 3, 4].map((turn) => edit(analysis, path, text, turn));
    analysis.update(new Map([[path, text]]));
    return Math.min(...times.slice(1));
  });
}

const [tsconfig, edits] = process.argv.slice(2);
const analysis = new Analysis({ tsconfig: tsconfig! });
const facts = analysis.facts();
const paths = Object.keys(facts.files).map((file) => join(analysis.root, file));
const chosen = paths.filter((_, index) => index % Math.ceil(paths.length / EDITED) === 0);
const measured: Measured = {
  summary: summaryOf(facts),
  edits: edits === "edits" ? editEach(analysis, chosen) : [],
  lines: paths.reduce((sum, path) => sum + readFileSync(path, "utf8").split("\n").length, 0),
};
process.stdout.write(JSON.stringify(measured));
