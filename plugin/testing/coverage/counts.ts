/** counts — how often each place of the source ran, by what V8 counted in the emitted code. */
import { parse } from "@babel/parser";
import { decodedMappings, TraceMap, type SourceMapInput } from "@jridgewell/trace-mapping";
import { walk } from "../../walk.ts";

/** A source map, as Vite hands it out. */
export interface SourceMap {
  sources: string[];
  sourcesContent?: (string | null)[];
}

/** V8's coverage of one function. */
export interface FunctionCoverage {
  functionName: string;
  isBlockCoverage: boolean;
  ranges: { startOffset: number; endOffset: number; count: number }[];
}

/** A place in the source as one number: line (from 1) and column (from 0). */
export type Place = number;
export const placeAt = (line: number, column: number): Place => line * 0x100000 + column;

/** The counts by the places of the source. */
export interface Counts {
  /**
   * How often the first token between two places ran: the most of its copies in both bodies, since an execution that was suspended in one
   * goes on in the other. Undefined where nothing was emitted for it.
   */
  first(from: Place, to: Place): number | undefined;
  /** How often the `if` that stands there went past its consequent; undefined where none was emitted. */
  passed(place: Place): number | undefined;
}

export function countsIn(code: string, map: SourceMap, functions: FunctionCoverage[], wrapperLength: number): Counts {
  const hits = hitsOf(functions, code.length + wrapperLength);
  const hit = (offset: number): number => hits[offset + wrapperLength] ?? 0;
  const offsets = emittedAt(code, map);
  const places = [...offsets.keys()].toSorted((a, b) => a - b);
  const ifs = ifStatements(code, hit);
  const most = (place: Place): number => Math.max(...offsets.get(place)!.map(hit));
  return {
    first(from, to) {
      const place = firstFrom(places, from);
      return place === undefined || place >= to ? undefined : most(place);
    },
    passed(place) {
      const known = (offsets.get(place) ?? []).flatMap((offset) => ifs.get(offset) ?? []);
      return known.length === 0 ? undefined : known.reduce((sum, times) => sum + times, 0);
    },
  };
}

/** The count at each offset: that of the smallest range around it. */
function hitsOf(functions: FunctionCoverage[], length: number): Uint32Array {
  const ranges = functions.flatMap(({ ranges: own }) => own);
  const size = ({ startOffset, endOffset }: { startOffset: number; endOffset: number }): number =>
    endOffset - startOffset;
  const hits = new Uint32Array(length);
  for (const range of ranges.toSorted((a, b) => size(b) - size(a)))
    hits.fill(range.count, range.startOffset, range.endOffset);
  return hits;
}

/** The offsets in the emitted code of each place in the source. */
function emittedAt(code: string, map: SourceMap): Map<Place, number[]> {
  const starts = lineStarts(code);
  const offsets = new Map<Place, number[]>();
  for (const [index, segments] of decodedMappings(new TraceMap(map as unknown as SourceMapInput)).entries()) {
    for (const [column, , line, sourceColumn] of segments) {
      if (line === undefined || sourceColumn === undefined) continue;
      const place = placeAt(line + 1, sourceColumn);
      const known = offsets.get(place);
      const offset = starts[index]! + column;
      if (known === undefined) offsets.set(place, [offset]);
      else known.push(offset);
    }
  }
  return offsets;
}

export function lineStarts(code: string): number[] {
  const starts = [0];
  for (let at = code.indexOf("\n"); at >= 0; at = code.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** By the offset of each `if`: how often control came to it, less how often its consequent ran. */
function ifStatements(code: string, hit: (offset: number) => number): Map<number, number> {
  const ifs = new Map<number, number>();
  walk(parse(code, { sourceType: "module", allowAwaitOutsideFunction: true }).program, (node) => {
    if (node.type !== "IfStatement" || node.start == null) return;
    const { consequent } = node;
    const inside = (consequent.start ?? 0) + (consequent.type === "BlockStatement" ? 1 : 0);
    ifs.set(node.start, Math.max(0, hit(node.start) - hit(inside)));
  });
  return ifs;
}

/** Binary search for the first place from a place on. */
function firstFrom(places: readonly Place[], from: Place): Place | undefined {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return places[low];
}
