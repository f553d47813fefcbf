import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { compile } from "../plugin/compile.ts";
import { compiled } from "./compiled.ts";
import { machine } from "./machine.ts";
import { short } from "./table.ts";

// What grows with what: a switch with the number of live greenlets, compiling with the size of a file, the analysis with the
// number of files. `node bench/growth.ts`; CPU time.

const here = import.meta.dirname;
const run = promisify(execFile);

/** CPU milliseconds. */
function time(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** ns per switch, round and round through so many parked greenlets. */
async function switches(path: string, live: number): Promise<number> {
  const { stdout } = await run(process.execPath, [
    "--max-old-space-size=8000",
    path,
    "ring",
    String(Math.max(1e6, live)),
    String(live),
  ]);
  return (JSON.parse(stdout) as { min: number }).min;
}

/** The program of ~9 KB again and again, with other names each time. */
async function bigFile(copies: number): Promise<string> {
  const source = stripTypeScriptTypes(await readFile(join(here, "programs/interpreter.ts"), "utf8"));
  const names = [...source.matchAll(/^(?:export )?(?:function|class|const) (\w+)/gm)].map(([, name]) => name);
  const pattern = new RegExp(`(?<![.\\w])(${names.join("|")})\\b`, "g");
  return Array.from({ length: copies }, (_, i) => source.replaceAll(pattern, `$1${i}`)).join("\n");
}

async function compileTimes(copies: number): Promise<string[]> {
  const source = await bigFile(copies);
  const work = () => compile(source, { filename: join(here, "big.mjs") });
  work();
  const ms = Math.min(time(work), time(work));
  return [
    `${Math.round(source.length / 1000)} KB`,
    `${short(ms)} ms`,
    `${short((ms / source.length) * 10_000)} ms per 10 KB`,
  ];
}

/** A project of so many files that call each other in a chain; the last one switches. */
async function analysisTime(files: number): Promise<string[]> {
  const { analyse } = await import("../plugin/analyse/index.ts");
  const folder = await mkdtemp(join(tmpdir(), "greenlets-bench-"));
  try {
    const paths = Array.from({ length: files }, (_, i) => join(folder, `file${i}.ts`));
    await Promise.all(paths.map((path, i) => writeFile(path, chainLink(i, files))));
    const ms = time(() => analyse({ root: folder, files: paths }));
    return [`${files} files`, `${short(ms)} ms`, `${short(ms / files)} ms per file`];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function chainLink(i: number, files: number): string {
  if (i === files - 1)
    return "export function step(value: number): number { return (globalThis as any).somebody(value); }\n";
  return `import { step as next } from "./file${i + 1}.ts";
export interface Thing { act(value: number): number }
class Adder implements Thing { act(value: number): number { return value + ${i}; } }
class Caller implements Thing { act(value: number): number { return next(value); } }
export const things: Thing[] = [new Adder(), new Caller()];
export function step(value: number): number { return things.reduce((sum, thing) => sum + thing.act(value), 0); }
`;
}

function section(title: string, rows: string[][]): string {
  return `### ${title}\n\n${rows.map((cells, i) => `| ${cells.join(" | ")} |${i === 0 ? `\n|${cells.map(() => "--:|").join("")}` : ""}`).join("\n")}\n`;
}

async function collect<Item>(items: Item[], work: (item: Item) => Promise<string[]>): Promise<string[][]> {
  const rows: string[][] = [];
  for (const item of items) rows.push(await work(item));
  return rows;
}

const program = await compiled("workloads/greenlets.ts", "per-file");

async function ring(live: number): Promise<string[]> {
  return [live.toLocaleString("en-GB"), `${short(await switches(program, live))} ns`];
}

/** Each section as soon as it is there: the last ones take a while. */
async function print(title: string, head: string[], rows: Promise<string[][]>): Promise<void> {
  process.stdout.write(`${section(title, [head, ...(await rows)])}\n`);
}

process.stdout.write(`${machine()}\n\n`);
await print(
  "A switch, by live greenlets",
  ["live", "per switch"],
  collect([10, 100, 1000, 10_000, 100_000, 1_000_000], ring),
);
await print("Compiling, by file size", ["size", "time", "rate"], collect([1, 10, 40, 110], compileTimes));
await print("Analysis, by project size", ["files", "time", "rate"], collect([10, 100, 1000], analysisTime));
