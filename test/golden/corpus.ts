// The golden corpus: what real programs, and every fixture, compile to, as hashes. A line a program:
//   examples/walk.ts  d41d8cd98f00b204  9e107d9d372bb682  e4d909c290d0fb1c  900150983cd24fb0
//   its path, then the hashes of its source and of what it compiles to: as it is, for stress, for development.
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compile } from "../../plugin/compile.ts";
import { root } from "../command.ts";

/** A program's hashes. Fixtures have one output: the text beside them. */
export interface Entry {
  source: string;
  outputs: string[];
}

export type Corpus = Map<string, Entry>;

/** Programs of some size, compiled now. */
export function compiledPrograms(): Corpus {
  const paths = globSync(["examples/*.ts", "examples/green/*.ts", "bench/programs/*.ts"], { cwd: root }).toSorted();
  return new Map(paths.map((path) => [path, compiledEntry(path)]));
}

function compiledEntry(path: string): Entry {
  const source = readFileSync(join(root, path), "utf8");
  const options = { filename: path, sourceMaps: false, module: "esm" } as const;
  const outputs = [{}, { stress: true }, { dev: true }].map((more) => compile(source, { ...options, ...more }).code);
  return { source: hash(source), outputs: outputs.map(hash) };
}

/** The fixtures, with the outputs that test/fixtures.test.ts keeps beside them. */
export function fixtureOutputs(): Corpus {
  const outputs = globSync("fixtures/*/*/output.js", { cwd: root }).toSorted();
  return new Map(
    outputs.map((output) => {
      const [input = output] = globSync(`${dirname(output)}/input.*`, { cwd: root });
      return [input, { source: hash(read(input)), outputs: [hash(read(output))] }];
    }),
  );
}

export function printCorpus(corpus: Corpus): string {
  return [...corpus].map(([path, { source, outputs }]) => `${[path, source, ...outputs].join("  ")}\n`).join("");
}

export function parseCorpus(text: string): Corpus {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const [path = "", source = "", ...outputs] = line.split("  ");
      return [path, { source, outputs }];
    }),
  );
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
