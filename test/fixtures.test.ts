// The one runner for every fixture. `npm run fixtures` writes what is expected; `-t loops/continue-in-finally` runs one case.
import { readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { originalPositionFor, TraceMap, type SourceMapInput } from "@jridgewell/trace-mapping";
import { describe, expect, test } from "vitest";
import { compile, type CompileResult } from "../plugin/compile.ts";
import { allFixtures, type Fixture } from "./fixture-files.ts";
import { importFixture, importPlainPause, importSurroundings, type Mode } from "./fixture-modules.ts";
import { runInGreenlet, runPlain, type Main } from "./fixture-run.ts";
import { transformedTree } from "./fixture-tree.ts";

const fixtures = allFixtures();

test("there are fixtures, and none is larger than 30 lines", () => {
  expect(fixtures.length).toBeGreaterThanOrEqual(120);
  const large = fixtures.filter(({ input }) => source(input).trimEnd().split("\n").length > 30);
  expect(large.map(({ name }) => name)).toEqual([]);
});

for (const fixture of fixtures) {
  describe(fixture.name, () => {
    if (fixture.refused) return isRefused(fixture);
    isCompiled(fixture);
    if (!fixture.scenario) printsTheSame(fixture);
  });
}

function isRefused({ folder, input }: Fixture): void {
  test("is refused, and the report says why and what to do", async () => {
    await expect(`${refusal(input)}\n`).toMatchFileSnapshot(join(folder, "error.txt"));
  });
}

/** What compiling a file throws, without the path before it. */
function refusal(input: string): string {
  try {
    compileInput(input);
  } catch (error) {
    return (error as Error).message.replaceAll(process.cwd() + sep, "");
  }
  throw new Error(`${input} should be refused, but it compiles`);
}

function isCompiled({ folder, input, options }: Fixture): void {
  test("compiles to output.js", async () => {
    const { code } = compileInput(input);
    if (options.untouched && input.endsWith(".js")) expect(code).toBe(source(input));
    if (options.untouched) expect(code).not.toContain("greenlets/internal");
    await expect(code).toMatchFileSnapshot(join(folder, "output.js"));
  });

  test("compiles to the same text again", () => {
    expect(compileInput(input).code).toBe(compileInput(input).code);
  });

  test("maps every call back to where it was written", () => {
    const { code, map } = compileInput(input);
    expect(map === null ? [] : misplacedCalls(code, map, source(input))).toEqual([]);
  });

  test.each([false, true])("is printed from a tree in which no node stands twice (stress: %s)", (stress) => {
    const { repeated, replaced, printed, reprinted } = transformedTree(source(input), basename(input), stress);
    expect(repeated).toEqual([]);
    if (options.untouched) expect(replaced).toEqual([]);
    expect(reprinted).toBe(printed);
  });
}

function printsTheSame({ folder, input, options }: Fixture): void {
  if (options.uncompiled !== false) {
    test("prints trace.txt as the plain JavaScript it is", async () => {
      await expect(text(await plainTrace(input))).toMatchFileSnapshot(join(folder, "trace.txt"));
    });
  }

  test.each<Mode>(["compiled", "stress"])("prints the same %s", async (mode) => {
    const expected = options.uncompiled === false ? source(join(folder, "trace.txt")) : text(await plainTrace(input));
    const { main } = await importFixture<{ main: Main }>(input, mode);
    expect(text(runInGreenlet(main, await importSurroundings(mode)))).toBe(expected);
  });
}

/** By input: a module keeps its state, so each copy of a fixture runs once. */
const plainTraces = new Map<string, Promise<string[]>>();

function plainTrace(input: string): Promise<string[]> {
  const trace = plainTraces.get(input) ?? runAsWritten(input);
  plainTraces.set(input, trace);
  return trace;
}

async function runAsWritten(input: string): Promise<string[]> {
  const { main } = await importFixture<{ main: Main }>(input, "plain");
  return runPlain(main, await importPlainPause());
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

function compileInput(input: string): CompileResult {
  return compile(source(input), { filename: basename(input), module: input.endsWith(".cts") ? "commonjs" : "esm" });
}

function source(path: string): string {
  return readFileSync(path, "utf8");
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
