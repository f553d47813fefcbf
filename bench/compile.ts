import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { compile } from "../plugin/compile.ts";
import { compiled } from "./compiled.ts";
import { machine } from "./machine.ts";
import { installed, installPeers } from "./setup.ts";
import { short } from "./table.ts";

// How long compiling takes and how much comes out, beside regenerator with async-to-generator on the same input.
// `node bench/compile.ts`; it installs the peers. CPU time, the best of several runs; cold is a new process's first file.

const here = import.meta.dirname;
const run = promisify(execFile);
const RUNS = 15;

type Compiler = (source: string, filename: string) => string;

const FILES = [
  "workloads/greenlets.ts",
  "workloads/generators.ts",
  "workloads/async.ts",
  "programs/json.ts",
  "programs/chess.ts",
  "programs/interpreter.ts",
];

const ours: Compiler = (source, filename) => compile(source, { filename }).code;

/** What targets without generators need for async functions and generators. */
function regenerator(): Compiler {
  const load = createRequire(join(installed, "package.json"));
  const { transformSync } = load("@babel/core") as { transformSync(source: string, options: object): { code: string } };
  const plugins = ["@babel/plugin-transform-async-to-generator", "@babel/plugin-transform-regenerator"].map((name) =>
    load.resolve(name),
  );
  return (source, filename) =>
    transformSync(source, { filename, plugins, babelrc: false, configFile: false, sourceMaps: true, compact: false })
      .code;
}

/** CPU milliseconds. */
function time(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function best(work: () => void): number {
  for (let i = 0; i < 5; i++) work();
  return Math.min(...Array.from({ length: RUNS }, () => time(work)));
}

/** Milliseconds of a new process's first compilation, the compiler's own loading not counted. */
async function cold(compiler: string, file: string): Promise<number> {
  const { stdout } = await run(process.execPath, [join(here, "compile.ts"), "--cold", compiler, file]);
  return Number(stdout);
}

/** Source without types: both compilers get plain JavaScript, and no `catch` without a binding, which regenerator can't read. */
async function javascript(file: string): Promise<{ source: string; filename: string }> {
  const source = stripTypeScriptTypes(await readFile(join(here, file), "utf8")).replaceAll(
    "catch {",
    "catch (error) {",
  );
  return { source, filename: join(here, file).replace(/\.ts$/, ".mjs") };
}

/** Bytes after minifying and gzip, as they are served. */
async function served(code: string): Promise<number> {
  const { minify } = createRequire(join(installed, "package.json"))("terser") as {
    minify(code: string, options: object): Promise<{ code: string }>;
  };
  return gzipSync((await minify(code, { module: true })).code, { level: 9 }).length;
}

async function row(file: string, theirs: Compiler): Promise<string[]> {
  const { source, filename } = await javascript(file);
  const per10k = 10_000 / source.length;
  const [mine, other] = [best(() => ours(source, filename)), best(() => theirs(source, filename))];
  const [mineCold, otherCold] = [await cold("ours", file), await cold("regenerator", file)];
  const sizes = await Promise.all([source, ours(source, filename), theirs(source, filename)].map(served));
  const [before, after, otherAfter] = sizes as [number, number, number];
  const figures = [
    mine * per10k,
    other * per10k,
    mine / other,
    mineCold * per10k,
    otherCold * per10k,
    mineCold / otherCold,
    after / before,
    otherAfter / before,
  ];
  return [file, `${(source.length / 1000).toFixed(1)} KB`, ...figures.map(short)];
}

/** A file in which nothing may switch: what every other file of a project costs. */
async function plainFile(): Promise<string> {
  const source = stripTypeScriptTypes(await readFile(join(here, "shapes.ts"), "utf8")).replace(
    /^[^]*?export class Queue/,
    "export class Queue",
  );
  const filename = join(here, "plain.mjs");
  return `A plain file of ${(source.length / 1000).toFixed(1)} KB: ${short(best(() => ours(source, filename)))} ms.`;
}

/** The workloads with the facts of the whole program: nearly all of their functions may switch, and nothing else is compiled. */
async function switchingFile(): Promise<string> {
  const file = "workloads/greenlets.ts";
  const { source } = await javascript(file);
  const code = await readFile(await compiled(file, "whole-program"), "utf8");
  const [before, after] = await Promise.all([source, stripTypeScriptTypes(code)].map(served));
  return `${file}, whole program: min+gz ÷ source ${short(after! / before!)}.`;
}

async function table(): Promise<void> {
  await installPeers();
  const theirs = regenerator();
  const head = [
    "file",
    "size",
    "warm, ms per 10 KB",
    "regenerator",
    "ratio",
    "cold",
    "regenerator",
    "ratio",
    "min+gz ÷ source",
    "regenerator",
  ];
  const rows: string[][] = [];
  for (const file of FILES) rows.push(await row(file, theirs));
  const lines = [head, head.map((_, i) => (i === 0 ? "---" : "--:")), ...rows].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
  process.stdout.write(`${machine()}\n\n${lines.join("\n")}\n\n${await switchingFile()}\n${await plainFile()}\n`);
}

const [flag, compiler, file] = process.argv.slice(2);
if (flag === "--cold") {
  const { source, filename } = await javascript(file!);
  const work = compiler === "ours" ? ours : regenerator();
  process.stdout.write(String(time(() => work(source, filename))));
} else await table();
