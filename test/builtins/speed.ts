/**
 * `node test/builtins/speed.ts [numbers|objects]`
 *
 * Our versions beside the host's functions, in one process, taken in turns, with callbacks that may switch but don't:
 * a program as it is written, compiled but with the host's functions, and compiled (production). Nanoseconds per item, the
 * best of many rounds; the ratios are ours to the host's function, with the same compiled callback and with the plain one.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compile } from "../../plugin/compile.ts";
import { buildModules } from "../conformance/runtime-script.ts";

type Operation = (list: unknown[]) => unknown;

/** What is measured; `KEY` is "" or ".v". */
const SOURCE = `
  export let pause = null;
  function step(x) { if (pause !== null) pause(x); return x; }
  export const operations = {
    map: (list) => { const result = list.map((x) => step(xKEY) + 1); return result.length; },
    forEach: (list) => { let sum = 0; list.forEach((x) => { sum += step(xKEY); }); return sum; },
    filter: (list) => { const result = list.filter((x) => step(xKEY) & 1); return result.length; },
    reduce: (list) => { const result = list.reduce((sum, x) => sum + step(xKEY), 0); return result; },
    find: (list) => { const result = list.find((x) => step(xKEY) === -1); return result === undefined; },
    sort: (list) => { const result = list.slice().sort((a, b) => step(aKEY) - step(bKEY)); return result.length; },
  };`;

const kinds = { numbers: (n: number): unknown => n, objects: (n: number): unknown => ({ v: n }) };
const sizes = [10, 1000, 100_000];
/** Items that one round goes through. */
const ITEMS = 400_000;
const ROUNDS = 15;

const folder = mkdtempSync(join(tmpdir(), "greenlets-speed-"));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true });
}

async function main(): Promise<void> {
  await buildModules(folder);
  const exports = { ".": "./index.js", "./internal": "./internal.js", "./builtins": "./builtins.js" };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "greenlets", type: "module", exports }));
  for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
    if (process.argv[2] === undefined || process.argv[2] === kind) await measure(kind);
  }
}

async function measure(kind: keyof typeof kinds): Promise<void> {
  const source = SOURCE.replaceAll("KEY", kind === "numbers" ? "" : ".v");
  const plain = await operationsOf(`${kind}-plain.js`, source);
  const compiling = { filename: `${kind}.js`, module: "esm" } as const;
  const hosted = await operationsOf(`${kind}-host.js`, compile(source, { ...compiling, builtins: false }).code);
  const compiled = await operationsOf(`${kind}.js`, compile(source, compiling).code);
  for (const size of sizes) {
    const list = Array.from({ length: size }, (_, k) => kinds[kind]((k * 7919) % 100_003));
    for (const name of Object.keys(plain)) {
      compare(`${kind} ${size} ${name}`, [plain[name]!, hosted[name]!, compiled[name]!], list);
    }
  }
}

async function operationsOf(name: string, code: string): Promise<Record<string, Operation>> {
  writeFileSync(join(folder, name), code);
  return (await import(pathToFileURL(join(folder, name)).href)).operations;
}

function compare(title: string, ways: readonly Operation[], list: unknown[]): void {
  if (new Set(ways.map((way) => way(list))).size !== 1) throw new Error(`${title}: the results differ`);
  const repeats = Math.max(1, Math.round(ITEMS / list.length));
  const best = ways.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    ways.forEach((way, k) => (best[k] = Math.min(best[k]!, time(way, list, repeats))));
  }
  const [plain, host, ours] = best as [number, number, number];
  const figures = `plain ${plain.toFixed(2).padStart(8)}   host ${host.toFixed(2).padStart(8)}   ours ${ours.toFixed(2).padStart(8)}`;
  console.log(`${title.padEnd(24)} ${figures}   ${(ours / host).toFixed(2)} × (${(ours / plain).toFixed(2)} ×)`);
}

/** Nanoseconds per item. */
function time(operation: Operation, list: unknown[], repeats: number): number {
  const start = process.hrtime.bigint();
  for (let k = 0; k < repeats; k++) operation(list);
  return Number(process.hrtime.bigint() - start) / repeats / list.length;
}
