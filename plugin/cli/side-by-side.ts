import { decodedMappings, TraceMap, type SourceMapInput } from "@jridgewell/trace-mapping";

/** One line of a text, with its number counted from 1. */
export type Line = { number: number; text: string };

/** One row of a comparison: a source line, the output line that came from it, or both. */
export type Row = {
  source: Line | null;
  output: Line | null;
  /** True: the source line stands further up already; this output line is its second printing (a resume body). */
  again: boolean;
};

/**
 * Puts every output line beside the source line it came from, by the source map.
 *
 *   source a, b · output a, b', a'     →     a | a     b | b'     (a) | a'
 *
 * In: both texts and the map (null: the texts are equal). Out: rows in the order of the output; every line of both is in one.
 */
export function sideBySide(source: string, output: string, map: object | null): Row[] {
  const sourceLines = lines(source);
  const origin = map === null ? (number: number) => number : originIn(map);
  const rows: Row[] = [];
  let shown = 0;
  for (const line of lines(output)) {
    const from = origin(line.number);
    if (from !== undefined && from > shown) {
      for (const skipped of sourceLines.slice(shown, from - 1))
        rows.push({ source: skipped, output: null, again: false });
      shown = from;
      rows.push({ source: sourceLines[from - 1] ?? null, output: line, again: false });
    } else {
      rows.push({
        source: from === undefined ? null : (sourceLines[from - 1] ?? null),
        output: line,
        again: from !== undefined,
      });
    }
  }
  for (const rest of sourceLines.slice(shown)) rows.push({ source: rest, output: null, again: false });
  return rows;
}

function lines(text: string): Line[] {
  const all = text.split(/\r?\n/);
  if (all.at(-1) === "") all.pop();
  return all.map((line, index) => ({ number: index + 1, text: line }));
}

/** The source line of an output line: that of its first mapped token. */
function originIn(map: object): (number: number) => number | undefined {
  const mappings = decodedMappings(new TraceMap(map as SourceMapInput));
  return (number) => {
    const mapped = mappings[number - 1]?.find((segment) => segment.length > 1);
    return mapped?.[2] === undefined ? undefined : mapped[2] + 1;
  };
}
