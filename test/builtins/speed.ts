/**
 * `node test/builtins/speed.ts [function …]`
 *
 * Our versions beside the host's functions, with callbacks that may switch but don't. Both sides call the same compiled
 * callback, in one process and in turns; the figures are nanoseconds per item, the best of many rounds, and their ratio. Each
 * function is measured twice: `one` in a thread in which this call alone has used it, and `several` in a thread in which all
 * functions were called before with many callbacks and with arrays of every kind, as in a large program.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { compile } from "../../plugin/compile.ts";
import { buildModules } from "../conformance/runtime-script.ts";

type Operation = (list: unknown[]) => unknown;

interface Module {
  /** By the function's name. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** Calls every function, with a callback that nobody else has. */
  readonly others: readonly Operation[];
}

/** What a thread measures. */
interface Task {
  readonly folder: string;
  readonly kinds: readonly Kind[];
  readonly names: readonly string[];
  readonly isWarm: boolean;
}

interface Figures {
  readonly title: string;
  readonly host: number;
  readonly ours: number;
}

/** What is measured; `KEY` is "" or ".v". */
const OPERATIONS = `
  export let pause = null;
  function step(x) { if (pause !== null) pause(x); return x; }
  export const operations = {
    map: (list) => { const result = list.map((x) => step(xKEY) + 1); return result.length; },
    forEach: (list) => { let sum = 0; list.forEach((x) => { sum += step(xKEY); }); return sum; },
    filter: (list) => { const result = list.filter((x) => step(xKEY) & 1); return result.length; },
    reduce: (list) => { const result = list.reduce((sum, x) => sum + step(xKEY), 0); return result; },
    find: (list) => { const result = list.find((x) => step(xKEY) === -1); return result === undefined; },
    sort: (list) => { const result = list.slice().sort((a, b) => step(aKEY) - step(bKEY)); return result.length; },
  };
  export const others = [OTHERS];`;

/** One of the others, which differ in their text. */
const other = (tag: number): string => `(list) => {
  list.map((x) => step([x, ${tag}])); list.forEach((x) => { step(${tag}); }); list.filter((x) => step(x) !== ${tag});
  list.reduce((sum, x) => step(x) === ${tag} ? sum : sum + 1, 0); list.find((x) => step(x) === "${tag}");
  list.slice().sort((a, b) => step(a) === step(b) ? 0 : ${tag});
}`;

const SOURCE = OPERATIONS.replace("OTHERS", Array.from({ length: 6 }, (_, tag) => other(tag)).join());
const NAMES = ["map", "forEach", "filter", "reduce", "find", "sort"];
const KINDS = ["numbers", "objects"] as const;
type Kind = (typeof KINDS)[number];
const SIZES = [10, 1000, 100_000];
/** Items that one round goes through. */
const ITEMS = 200_000;
const ROUNDS = 40;

if (isMainThread) await main(process.argv.slice(2));
else await measure(workerData as Task);

async function main(wanted: readonly string[]): Promise<void> {
  const names = wanted.length === 0 ? NAMES : wanted;
  const folder = mkdtempSync(join(tmpdir(), "greenlets-speed-"));
  try {
    await writeModules(folder);
    const alone = KINDS.flatMap((kind) =>
      names.map((name) => ({ folder, kinds: [kind], names: [name], isWarm: false })),
    );
    const one: Figures[] = [];
    for (const task of alone) one.push(...(await inThread(task)));
    report(one, await inThread({ folder, kinds: KINDS, names, isWarm: true }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The runtime as it is built, and both sides of the comparison. */
async function writeModules(folder: string): Promise<void> {
  await buildModules(folder);
  const exports = { ".": "./index.js", "./internal": "./internal.js", "./builtins": "./builtins.js" };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "greenlets", type: "module", exports }));
  for (const kind of KINDS) {
    const source = SOURCE.replaceAll("KEY", kind === "numbers" ? "" : ".v");
    const compiling = { filename: `${kind}.js`, module: "esm" } as const;
    writeFileSync(join(folder, `${kind}-host.js`), compile(source, { ...compiling, builtins: false }).code);
    writeFileSync(join(folder, `${kind}-ours.js`), compile(source, compiling).code);
  }
}

function inThread(task: Task): Promise<Figures[]> {
  const worker = new Worker(new URL(import.meta.url), { workerData: task });
  return new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
}

function report(one: readonly Figures[], several: readonly Figures[]): void {
  const cell = ({ host, ours }: Figures): string =>
    `${host.toFixed(2).padStart(9)}${ours.toFixed(2).padStart(9)}${(ours / host).toFixed(2).padStart(7)} ×`;
  console.log(`${"".padEnd(24)}${"one: host".padStart(9)}     ours${"".padEnd(9)}  several: host  ours`);
  for (const figures of one) {
    const same = several.find(({ title }) => title === figures.title)!;
    console.log(`${figures.title.padEnd(24)}${cell(figures)}   ${cell(same)}`);
  }
}

async function measure({ folder, kinds, names, isWarm }: Task): Promise<void> {
  const load = async (file: string): Promise<Module> => import(pathToFileURL(join(folder, file)).href);
  const figures: Figures[] = [];
  for (const kind of kinds) {
    const sides = [await load(`${kind}-host.js`), await load(`${kind}-ours.js`)] as const;
    if (isWarm) sides.forEach(warm);
    for (const name of names) {
      for (const size of SIZES) figures.push(compare(`${kind} ${size} ${name}`, sides, name, listOf(kind, size)));
    }
  }
  parentPort!.postMessage(figures, []);
}

function listOf(kind: Kind, size: number): unknown[] {
  const numbers = Array.from({ length: size }, (_, k) => (k * 7919) % 100_003);
  return kind === "numbers" ? numbers : numbers.map((v) => ({ v }));
}

function warm({ others }: Module): void {
  const holes = [1, 2, 3];
  delete holes[1];
  const lists = [[1, 2, 3], [0.5, 1.5], ["a", "b"], [{ v: 1 }, { v: 2 }], holes, new Array(4), [true, null]];
  for (let round = 0; round < 300; round++) for (const other of others) for (const list of lists) other(list);
}

function compare(title: string, sides: readonly [Module, Module], name: string, list: unknown[]): Figures {
  const [host, ours] = sides.map(({ operations }) => operations[name]!) as [Operation, Operation];
  if (host(list) !== ours(list)) throw new Error(`${title}: the results differ`);
  const repeats = Math.max(1, Math.round(ITEMS / list.length));
  const figures = { title, host: Infinity, ours: Infinity };
  for (let round = 0; round < ROUNDS; round++) {
    figures.host = Math.min(figures.host, time(host, list, repeats));
    figures.ours = Math.min(figures.ours, time(ours, list, repeats));
  }
  return figures;
}

/** Nanoseconds per item. */
function time(operation: Operation, list: unknown[], repeats: number): number {
  const start = process.hrtime.bigint();
  for (let k = 0; k < repeats; k++) operation(list);
  return Number(process.hrtime.bigint() - start) / repeats / list.length;
}
