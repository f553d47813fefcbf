// What every build must make of examples/builds/program.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { root } from "../../command.ts";

export const printed = "who? a b A!3B!3me3a3b";

const ask = readFileSync(join(root, "examples/builds/program/src/ask.ts"), "utf8");

/** Thrown behind a suspension point, so it stands in both bodies; and before it. */
export const LATE = `new RangeError("stopped")`;
export const EARLY = `new RangeError("no question")`;

/** Line from 1, column from 0. */
function place(text: string): { line: number; column: number } {
  const before = ask.slice(0, ask.indexOf(text)).split("\n");
  return { line: before.length, column: before.at(-1)!.length };
}

/** True if every occurrence of both texts leads to the exact place in the source. */
export function mapIsExact(code: string, map: string): boolean {
  return leadsTo(code, map, EARLY, 1) && leadsTo(code, map, LATE, 2);
}

function leadsTo(code: string, map: string, text: string, times: number): boolean {
  const trace = new TraceMap(map);
  const { line, column } = place(text);
  let found = 0;
  for (let at = code.indexOf(text); at >= 0; at = code.indexOf(text, at + 1)) {
    const before = code.slice(0, at).split("\n");
    const origin = originalPositionFor(trace, { line: before.length, column: before.at(-1)!.length });
    if (origin.line !== line || origin.column !== column || !origin.source?.endsWith("ask.ts")) return false;
    found++;
  }
  return found === times;
}

/** Engines say where `new` stands, or the class behind it. */
export function showsTheLine(stack: string): boolean {
  return new RegExp(`RangeError: stopped[^]*?ask\\.ts:${place(LATE).line}\\b`).test(stack);
}

/** For programs that run without files to look at: the column of the stack is the map's. */
export function showsTheColumn(stack: string): boolean {
  const { line, column } = place(LATE);
  const columns = [column + 1, column + 1 + "new ".length];
  return columns.some((one) => new RegExp(`ask\\.ts:${line}:${one}\\b`).test(stack));
}
