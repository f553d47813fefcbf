// The tables of the benchmarks say what was measured: losing rows stay, the best of all repeats counts.
import { expect, test } from "vitest";
import { judge } from "../../bench/goals.ts";
import { plot } from "../../bench/plot.ts";
import { columns, contestants, type Id } from "../../bench/plan.ts";
import type { Cell } from "../../bench/run.ts";
import { best, legend, short, table } from "../../bench/table.ts";

const cell = (id: Id, column: string, ...mins: number[]): Cell => ({ id, column, lines: mins.map((min) => ({ min })) });

const cells: Cell[] = [
  cell("greenlets", "W1s", 20, 16),
  cell("generators", "W1s", 12.3456),
  cell("async", "W1s", 64),
  { id: "effect", column: "W1s", lines: [], failure: "no such package" },
];

test("the best of all repeats counts", () => {
  expect(best(cells[0], "min")).toBe(16);
});

test("a rival's cell shows our share of its figure, in bold where we lose", () => {
  expect(table(cells).split("\n")).toEqual([
    "|  | W1s, ns |",
    "| --- | --: |",
    "| **greenlets**, per file | 16 |",
    "| generators, `yield*` | 12.3 (**1.3**) |",
    "| async/await | 64 (0.25) |",
    "| Effect | fails |",
  ]);
  expect(legend(cells)).toBe("- W1s: one switch: two children switch to each other");
});

test("bars that are not met come first; those without figures are left out", () => {
  const rows = judge([...cells, cell("stopify", "W1s", 160)])
    .split("\n")
    .slice(2);
  expect(rows).toEqual(["| W1s | generators | 0.9 | 1.3 | **no** |", "| W1s | stopify | 0.1 | 0.1 | yes |"]);
});

test("the plot has a bar for everybody who has a figure", () => {
  const svg = plot(cells);
  expect(svg.match(/<rect/g)).toHaveLength(3);
  expect(svg).toContain("async/await</text>");
});

test("figures have three digits", () => {
  expect([0.1234, 12.34, 1234.5].map(short)).toEqual(["0.12", "12.3", "1,235"]);
});

test("every column has sizes for ours, and only contestants have sizes", () => {
  for (const { sizes } of columns) {
    expect(Object.keys(contestants)).toEqual(expect.arrayContaining(Object.keys(sizes)));
    expect(sizes.greenlets).toBe(sizes.typed);
  }
});
