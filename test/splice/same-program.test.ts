// What is spliced is the program that is printed as a whole: over every fixture, and over every file of both packages.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "@babel/generator";
import type { File } from "@babel/types";
import { expect, test } from "vitest";
import { settle, type Options } from "../../plugin/options.ts";
import { compileProgram } from "../../plugin/pipeline.ts";
import { parseFile, rewrite } from "../../plugin/rewrite.ts";
import { root } from "../command.ts";

/** A program without its layout and comments. */
function bare(code: string, filename: string): string {
  return print(parseFile(code, filename, undefined));
}

const print = (tree: File): string => generate(tree, { comments: false }).code;

function whole(source: string, filename: string, options: Options): string | null {
  const tree = parseFile(source, filename, undefined);
  if (!compileProgram(tree.program, settle(options), { filename })) return null;
  return bare(generate(tree, { comments: false }).code, filename);
}

/** What one of the two says of a file, an error's first line included. */
function said(work: () => string | null): string | null {
  try {
    return work();
  } catch (error) {
    if ((error as { code?: string }).code === undefined) throw error;
    return (error as Error).message.split("\n")[0]!.replace(/^\S+: /, "");
  }
}

const find = (pattern: string): string[] =>
  globSync(pattern, { cwd: root, exclude: (name) => /node_modules|dist/.test(name) }).toSorted();
const fixtures = find("fixtures/**/input.{ts,js,tsx,jsx}");
const packages = find("{plugin,runtime}/**/*.{ts,js}");

function isSame(path: string, options: Options): void {
  const source = readFileSync(join(root, path), "utf8");
  const spliced = said(() => {
    const result = rewrite(source, { ...options, filename: path });
    return result && bare(result.code, path);
  });
  expect(spliced).toEqual(said(() => whole(source, path, options)));
}

test.each([...fixtures, ...packages])("%s", (path) => isSame(path, {}));
test.each(fixtures)("every point suspends: %s", (path) => isSame(path, { stress: true }));
