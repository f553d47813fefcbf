// Every scenario E1–E141 is an oracle pair, a test that bears its number, or a row of docs/green-semantics.md that says why not.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

const numbersIn = (text: string): number[] => [...text.matchAll(/\bE(\d+)\b/g)].map(([, number]) => Number(number));

const pairs = globSync("fixtures/green/E*", { cwd: root }).flatMap((folder) => numbersIn(folder.replace("-", " ")));
const titles = globSync("test/green/**/*.ts", { cwd: root }).flatMap((path) =>
  [...read(path).matchAll(/["`]E\d[^"`]*["`]/g)].flatMap(([title]) => numbersIn(title)),
);
const leftOut = [...read("docs/green-semantics.md").matchAll(/^\| (E\d+(?:, E\d+)*) \| left out \| \S/gm)].flatMap(
  ([, numbers]) => numbersIn(numbers!),
);

const scenarios = Array.from({ length: 141 }, (_, index) => index + 1);

test("every scenario is shown or explained", () => {
  const known = new Set([...pairs, ...titles, ...leftOut]);
  expect(scenarios.filter((number) => !known.has(number)).map((number) => `E${number}`)).toEqual([]);
});

test("a scenario that is left out is not also claimed", () => {
  const shown = new Set([...pairs, ...titles]);
  expect(leftOut.filter((number) => shown.has(number)).map((number) => `E${number}`)).toEqual([]);
});
