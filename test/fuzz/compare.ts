/** One program three ways: as written, compiled with real switches, compiled so that every suspension point suspends. */
import type { Script } from "node:vm";
import type { Compile } from "../conformance/translate.ts";
import { execute } from "./execute.ts";
import type { Program } from "./grammar.ts";
import { printProgram, type Sources } from "./print.ts";

export type Way = "compiled" | "stress";

export interface Difference {
  readonly way: Way;
  readonly sources: Sources;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
}

/**
 * `null`: all three print the same. `"void"`: the program says nothing, because it is no program or depends on the depth of the stack.
 * `"refused"`: the compiler said, with a code of its own, that it can't.
 */
export type Comparison = Difference | null | "void" | "refused";

export const ways: readonly Way[] = ["compiled", "stress"];

export async function compare(
  runtime: Script,
  compile: Compile,
  program: Program,
  only: readonly Way[] = ways,
): Promise<Comparison> {
  const sources = printProgram(program);
  const { throwEvery } = program;
  const expected = await execute(runtime, { ...sources, throwEvery, switching: false });
  if (expected.some((line) => /^ended by/.test(line)) || expected.some(overflows)) return "void";
  for (const way of only) {
    const [library, main] = [sources.library ?? "", sources.main].map((text) => translate(compile, text, way));
    if (library == null || main == null) return "refused";
    const actual = await execute(runtime, { library, main, throwEvery, switching: true });
    if (actual.some(overflows)) return "void";
    if (actual.join("\n") !== expected.join("\n")) return { way, sources, expected, actual };
  }
  return null;
}

/** Stacks overflow at another depth than without compiling: see limits. */
const overflows = (line: string): boolean => line.includes("error RangeError");

/** The compiled text, null when it is refused. A compiler that fails otherwise gives a program that says so. */
function translate(compile: Compile, source: string, way: Way): string | null {
  try {
    return compile(source, { filename: "program.js", module: "script", stress: way === "stress", sourceMaps: false })
      .code;
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith("greenlets/")) return null;
    return `throw new Error(${JSON.stringify(`the compiler failed: ${String(error)}`)});`;
  }
}
