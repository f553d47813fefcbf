import { relative, resolve, sep } from "node:path";
import { chainFrom, factsAt, type Link } from "../analyse/chain.ts";
import type { FileFacts, FunctionFact, PointFact } from "../analyse/facts.ts";
import { lineRange, positionOf } from "../analyse/lines.ts";
import type { Arguments, Command } from "./command.ts";
import { exitCode } from "./exit.ts";
import { analyseProject, type AnalysedProject, projectDetails, projectOptions } from "./project-facts.ts";
import { UsageError } from "./usage-error.ts";

const usage = "FILE:LINE[:COLUMN] [--why-not] [-p TSCONFIG] [--json]";

/** `greenlets explain`: why something may switch, as a chain of calls down to the switch. */
export const explainCommand: Command = {
  summary: "Say why a function or call may switch, or why not.",
  usage,
  details: `Prints the function at a place and the suspension points on its line, each with the chain of calls that ends in a switch.

Options
      --why-not           also list the calls on the line that are plain, by the function they are in
${projectDetails}
      --json              print { function, points } with their chains
  -h, --help              show this text`,
  options: { ...projectOptions, "why-not": { type: "boolean" } },
  async run(given) {
    const place = parsePlace(given.positionals);
    const project = analyseProject(given);
    const answer = explain(project, place);
    if (given.values["json"] === true) process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    else process.stdout.write(printed(project, answer, given.values["why-not"] === true));
    return exitCode.done;
  },
};

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number | undefined;
}

/** `src/report.ts:12:3` */
function parsePlace(positionals: Arguments["positionals"]): Place {
  const match = /^(.+?):(\d+)(?::(\d+))?$/.exec(positionals[0] ?? "");
  if (match === null || positionals.length !== 1)
    throw new UsageError("missing-argument", `Name a place: greenlets explain ${usage}`);
  return { file: match[1]!, line: Number(match[2]), column: match[3] === undefined ? undefined : Number(match[3]) };
}

interface Explained {
  readonly file: string;
  readonly function: {
    readonly name: string;
    readonly maySwitch: boolean;
    readonly start: number;
    readonly chain: readonly Link[];
  } | null;
  readonly points: readonly {
    readonly start: number;
    readonly end: number;
    readonly kind: string;
    readonly chain: readonly Link[];
  }[];
}

function explain(project: AnalysedProject, { file, line, column }: Place): Explained {
  const path = relative(project.root, resolve(file)).split(sep).join("/");
  const facts = fileFacts(project, path);
  const range = lineRange(project.text(path), line);
  if (range === undefined) throw new UsageError("missing-argument", `${path} has no line ${line}`);
  const from = column === undefined ? range.from : range.from + column - 1;
  const { fn, points } = factsAt(facts, from, column === undefined ? range.to : from + 1);
  return {
    file: path,
    function: fn === undefined ? null : ofFunction(project, fn),
    points: points.map((point) => ofPoint(project, point)),
  };
}

function fileFacts(project: AnalysedProject, path: string): FileFacts {
  const found = project.facts.files[path];
  if (found === undefined)
    throw new UsageError("no-such-file", `${path} is not in the project. Choose another one with -p`);
  return found;
}

function ofFunction(
  project: AnalysedProject,
  { name, maySwitch, start, reason }: FunctionFact,
): NonNullable<Explained["function"]> {
  return { name, maySwitch, start, chain: reason === undefined ? [] : chainFrom(project.facts, reason) };
}

function ofPoint(project: AnalysedProject, { start, end, kind, reason }: PointFact): Explained["points"][number] {
  return { start, end, kind, chain: chainFrom(project.facts, reason) };
}

function printed(project: AnalysedProject, { file, function: fn, points }: Explained, whyNot: boolean): string {
  const text = project.text(file);
  const lines: string[] = [];
  if (fn !== null)
    lines.push(
      fn.maySwitch ? `${fn.name} may switch:` : `${fn.name} is plain: nothing it calls leads to a switch.`,
      ...fn.chain.map((link) => step(project, link)),
    );
  for (const point of points)
    lines.push(
      `\`${firstLine(text.slice(point.start, point.end))}\` is a suspension point (${point.kind}):`,
      ...point.chain.map((link) => step(project, link)),
    );
  if (whyNot && points.length === 0)
    lines.push("No call on this line may switch: every function it can reach is plain.");
  return `${lines.join("\n")}\n`;
}

/** `  → query   src/db.ts:9:1` */
function step(project: AnalysedProject, { text, file, start }: Link): string {
  if (file === undefined || start === undefined) return `  → ${text}`;
  const { line, column } = positionOf(project.text(file), start);
  return `  → ${text.padEnd(24)} ${file}:${line}:${column}`;
}

function firstLine(text: string): string {
  const [first = ""] = text.split("\n");
  return first.length < text.length ? `${first} …` : first;
}
