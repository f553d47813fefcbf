/**
 * source — the source without its types, with the counts that V8 would have found in it.
 *
 *   if (n > 3) n = 0;     a range for the whole, one for `if (…) …`, one for `n = 0;`, each with its count
 */
import { transformSync } from "@babel/core";
import { parse } from "@babel/parser";
import presetTypescript from "@babel/preset-typescript";
import { originalPositionFor, TraceMap, type SourceMapInput } from "@jridgewell/trace-mapping";
import type { Node } from "@babel/types";
import { isTypescript, parserPlugins } from "../../parsing.ts";
import { isFunction, walk } from "../../walk.ts";
import { lineStarts, placeAt, type Counts, type FunctionCoverage, type Place, type SourceMap } from "./counts.ts";

export interface Written {
  code: string;
  map: SourceMap;
  functions: FunctionCoverage[];
}

/** @param ran false: nobody loaded the file */
export function asWritten(source: string, url: string, counts: Counts, ran: boolean): Written {
  const { code, map } = withoutTypes(source, url);
  const place = placesOf(code, map);
  const ranges = [{ startOffset: 0, endOffset: code.length, count: ran ? 1 : 0 }];
  walk(parse(code, { sourceType: "module", plugins: ["jsx"] }).program, (node, parent, key) => {
    if (!isCounted(node, parent, key) || node.start == null || node.end == null) return;
    const count = countOf(node, counts, place);
    if (count !== undefined) ranges.push({ startOffset: node.start, endOffset: node.end, count });
  });
  return { code, map, functions: [{ functionName: "", isBlockCoverage: true, ranges }] };
}

/** What Vite hands to Vitest when nothing is compiled, as near as can be: positions are those of the source. */
function withoutTypes(source: string, url: string): { code: string; map: SourceMap } {
  const filename = new URL(url).pathname;
  const result = transformSync(source, {
    filename,
    configFile: false,
    babelrc: false,
    compact: false,
    sourceMaps: true,
    parserOpts: { plugins: parserPlugins(filename) as never },
    presets: isTypescript(filename) ? [presetTypescript as never] : [],
  });
  const map = { ...(result?.map as unknown as SourceMap), sources: [url], sourcesContent: [source] };
  return { code: result?.code ?? source, map };
}

/** From an offset in the text without types to the place in the source. */
function placesOf(code: string, map: SourceMap): (offset: number) => Place | undefined {
  const starts = lineStarts(code);
  const trace = new TraceMap(map as unknown as SourceMapInput);
  return (offset) => {
    let line = starts.findLastIndex((start) => start <= offset);
    if (line < 0) line = 0;
    const found = originalPositionFor(trace, { line: line + 1, column: offset - starts[line]! });
    return found.line === null || found.column === null ? undefined : placeAt(found.line, found.column);
  };
}

/** Statements, arms of branches, functions: what a report counts. */
function isCounted(node: Node, parent: Node | null, key: string): boolean {
  if (isFunction(node)) return true;
  if (node.type === "VariableDeclarator") return node.init != null;
  if (/Statement$/.test(node.type)) return node.type !== "BlockStatement" || parent?.type === "IfStatement";
  if (parent?.type === "ConditionalExpression" || parent?.type === "IfStatement") return key !== "test";
  if (parent?.type === "ClassProperty" || parent?.type === "ClassPrivateProperty") return key === "value";
  return (
    node.type === "SwitchCase" ||
    parent?.type === "LogicalExpression" ||
    (parent?.type === "AssignmentPattern" && key === "right")
  );
}

function countOf(node: Node, counts: Counts, place: (offset: number) => Place | undefined): number | undefined {
  const between = (from: number, to: number): number | undefined => {
    const [start, end] = [place(from), place(Math.max(from, to - 1))];
    return start === undefined || end === undefined ? undefined : counts.first(start, end + 1);
  };
  const inside = (part: Node): number | undefined => {
    const isBlock = part.type === "BlockStatement" && part.body.length > 0;
    return isBlock ? between(part.body[0]!.start ?? 0, part.end ?? 0) : between(part.start ?? 0, part.end ?? 0);
  };
  if (isFunction(node)) return between(node.body.start ?? 0, node.body.end ?? 0);
  if (node.type === "SwitchCase") return node.consequent.length > 0 ? inside(node.consequent[0]!) : inside(node);
  if (node.type !== "IfStatement" || node.alternate != null) return inside(node);
  // The report takes the implicit else as what is left when the consequent is subtracted.
  const start = place(node.start ?? 0);
  const passed = start === undefined ? undefined : counts.passed(start);
  return passed === undefined ? inside(node) : passed + (inside(node.consequent) ?? 0);
}
