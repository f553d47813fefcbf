/** One program three ways: as written, compiled with real switches, compiled so that every suspension point suspends. */
import type { Script } from "node:vm";
import type { Compile } from "../conformance/translate.ts";
import { execute } from "./execute.ts";
import type { Program } from "./grammar.ts";
import { printProgram } from "./print.ts";

export type Way = "compiled" | "stress";

export interface Difference {
  readonly way: Way;
  readonly source: string;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
}

/** `null`: all three print the same. `"void"`: the program says nothing, because it is no program or depends on the depth of the stack. */
export type Comparison = Difference | null | "void";

export async function compare(runtime: Script, compile: Compile, program: Program): Promise<Comparison> {
  const source = printProgram(program);
  const { throwEvery } = program;
  const expected = await execute(runtime, { code: source, throwEvery, switching: false });
  if (expected.some((line) => /^ended by|error RangeError/.test(line))) return "void";
  for (const way of ["compiled", "stress"] as const) {
    const actual = await traceOf(runtime, () => compile(source, { filename: "program.js", module: "script", stress: way === "stress" }).code, throwEvery);
    if (actual.join("\n") !== expected.join("\n")) return { way, source, expected, actual };
  }
  return null;
}

async function traceOf(runtime: Script, compile: () => string, throwEvery: number): Promise<readonly string[]> {
  let code: string;
  try {
    code = compile();
  } catch (error) {
    return [`the compiler failed: ${String(error)}`];
  }
  return execute(runtime, { code, throwEvery, switching: true });
}
