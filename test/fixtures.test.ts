// The one runner for every fixture. `npm run fixtures` writes what is expected; `-t loops/continue-in-finally` runs one case.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { originalPositionFor, TraceMap, type SourceMapInput } from "@jridgewell/trace-mapping";
import { describe, expect, test } from "vitest";
import type { Fixture } from "../plugin/testing/fixtures/cases.ts";
import { compileFixture, fixtures } from "../plugin/testing/fixtures/declare.ts";
import { allFixtures, fixturesFolder, isRefused, isScenario } from "./fixture-files.ts";
import { transformedTree } from "./fixture-tree.ts";

test("there are fixtures, and none is larger than 30 lines", () => {
  const all = allFixtures();
  expect(all.length).toBeGreaterThanOrEqual(350);
  const large = all.filter(({ input }) => source(input).trimEnd().split("\n").length > 30);
  expect(large.map(({ name }) => name)).toEqual([]);
});

fixtures(fixturesFolder, {
  describe,
  test,
  expect,
  setup: new URL("runtime-sources.ts", import.meta.url),
  timeout: 60_000,
  runs: (fixture) => !isScenario(fixture),
  also: (fixture) => {
    if (!isRefused(fixture)) isCompiledWell(fixture);
  },
});

function isCompiledWell(fixture: Fixture): void {
  const { input, options } = fixture;

  test("compiles to the same text again", () => {
    expect(compileFixture(fixture).code).toBe(compileFixture(fixture).code);
  });

  test("maps every call back to where it was written", () => {
    const { code, map } = compileFixture(fixture);
    expect(map === null ? [] : misplacedCalls(code, map, source(input))).toEqual([]);
  });

  test.each([false, true])("is printed from a tree in which no node stands twice (stress: %s)", (stress) => {
    const { repeated, replaced, printed, reprinted } = transformedTree(source(input), basename(input), stress);
    expect(repeated).toEqual([]);
    if (options.untouched) expect(replaced).toEqual([]);
    expect(reprinted).toBe(printed);
  });
}

/** Calls of `pause`, `later` and `log` in an output whose place in the source is not the same call. */
function misplacedCalls(code: string, map: object, original: string): string[] {
  const mappings = new TraceMap(map as SourceMapInput);
  const originalLines = original.split("\n");
  return code.split("\n").flatMap((text, index) =>
    [...text.matchAll(/(?<![.\w"'])(?:pause|later|log)\(/g)].flatMap(([name], nth, all) => {
      const from = originalPositionFor(mappings, { line: index + 1, column: all[nth]!.index });
      const found = originalLines[(from.line ?? 0) - 1]?.slice(from.column ?? 0).startsWith(name.slice(0, -1));
      return found ? [] : [`${index + 1}: ${text.trim()} ← ${from.line}:${from.column}`];
    }),
  );
}

function source(path: string): string {
  return readFileSync(path, "utf8");
}
