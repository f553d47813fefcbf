// No scenario of the list is forgotten: each number names a fixture, a test, or a row of docs/semantics.md.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const SCENARIOS = 102;

function numbersIn(text: string): number[] {
  return [...text.matchAll(/\bG(\d+)\b/g)].map(([, number]) => Number(number));
}

function read(pattern: string): string {
  return globSync(pattern, { cwd: root })
    .map((path) => readFileSync(join(root, path), "utf8"))
    .join("\n");
}

/** Titles of tests, and rows of the table: not just any mention. */
function titlesAndRows(): string {
  const titles = read("test/{semantics,runtime,smoke}/*.test.ts").match(/\btest(\.each\(.*\))?\(\s*"[^"]*"/g) ?? [];
  const rows = read("docs/semantics.md").match(/^\|.*\|$/gm) ?? [];
  return [...titles, ...rows].join("\n");
}

test("every scenario from G1 to G102 is there", () => {
  const fixtures = globSync("fixtures/greenlet/*/input.ts", { cwd: root }).join("\n");
  const present = new Set([...numbersIn(fixtures), ...numbersIn(titlesAndRows())]);
  const missing = Array.from({ length: SCENARIOS }, (_, index) => index + 1).filter((number) => !present.has(number));
  expect(missing).toEqual([]);
});
