/** matchers — for `expect.extend` of Vitest and Jest; each takes what `compile` returns. */
import { originalPositionFor, TraceMap, type SourceMapInput } from "@jridgewell/trace-mapping";
import { Compiled } from "./compiled.ts";
import type { SuspensionPoint } from "./functions.ts";

export interface Verdict {
  pass: boolean;
  message(): string;
}

/**
 * Passes if a function can't be suspended: nothing in it may switch, so it is left as it was written.
 * @param name all functions of the file without it
 */
export function toStayPlain(received: unknown, name?: string): Verdict {
  const result = compiledOf(received);
  const switching = result.functions.filter((fn) => name === undefined || fn.name === name);
  const exists = name === undefined || switching.length > 0 || result.plain.includes(name);
  if (!exists)
    return {
      pass: false,
      message: () =>
        `${result.filename} has no function ${name}. It has: ${[...result.functions.map((fn) => fn.name), ...result.plain].join(", ")}`,
    };
  const subject = name ?? result.filename;
  return verdict(
    switching.length === 0,
    `${subject} stays plain`,
    `${subject} may switch`,
    switching.flatMap((fn) => fn.points.map((point) => `${fn.name}: ${pointLine(result, point)}`)),
  );
}

/** Passes if there is a suspension point on a line, `walk.ts:12`, or exactly there, `walk.ts:12:3`. Lines and columns from 1. */
export function toSwitchAt(received: unknown, place: string): Verdict {
  const result = compiledOf(received);
  const [, file, line, column] = /^(?:(.*[^\d:].*?):)?(\d+)(?::(\d+))?$/.exec(place) ?? [];
  if (line === undefined)
    throw new TypeError(
      `toSwitchAt takes a place such as "walk.ts:12" or "walk.ts:12:3", not ${JSON.stringify(place)}`,
    );
  const points = result.functions.flatMap((fn) => fn.points);
  const inFile = file === undefined || result.filename === file || result.filename.endsWith(`/${file}`);
  const pass =
    inFile &&
    points.some((point) => point.line === Number(line) && (column === undefined || point.column === Number(column)));
  return verdict(
    pass,
    `a switch may happen at ${place}`,
    `no switch may happen at ${place}`,
    points.map((point) => pointLine(result, point)),
  );
}

/** Passes if each text's every occurrence in the output maps to its place in the source: `[["walk(node.left)", "4:3"]]`. */
export function toMapTo(received: unknown, pairs: readonly (readonly [text: string, place: string])[]): Verdict {
  const result = compiledOf(received);
  const wrong = pairs.flatMap(([text, place]) => {
    const places = mappedPlaces(result, text);
    if (places.length === 0) return [`${JSON.stringify(text)} is not in the output`];
    return places
      .filter((found) => found !== place)
      .map((found) => `${JSON.stringify(text)} maps to ${found}, not to ${place}`);
  });
  return verdict(wrong.length === 0, "the source map leads to these places", "the source map leads elsewhere", wrong);
}

function mappedPlaces({ code, map }: Compiled, text: string): string[] {
  const trace = map === null ? null : new TraceMap(map as unknown as SourceMapInput);
  const places: string[] = [];
  for (let at = code.indexOf(text); at >= 0; at = code.indexOf(text, at + 1)) {
    const before = code.slice(0, at).split("\n");
    const here = { line: before.length, column: before.at(-1)?.length ?? 0 };
    // Without a map, the output is the source.
    const { line, column } = trace ? originalPositionFor(trace, here) : here;
    places.push(line === null || column === null ? "nowhere" : `${line}:${column + 1}`);
  }
  return places;
}

/** @throws TypeError for what `compile` did not return */
export function compiledOf(received: unknown): Compiled {
  if (received instanceof Compiled) return received;
  throw new TypeError("This matcher takes what compile() of greenlets-plugin/testing returns");
}

function pointLine({ filename }: Compiled, { text, line, column }: SuspensionPoint): string {
  return `${filename}:${line}:${column}  ${text}`;
}

function verdict(pass: boolean, expected: string, unexpected: string, details: string[]): Verdict {
  return {
    pass,
    message: () =>
      [`Expected that ${pass ? unexpected : expected}.`, ...details.map((detail) => `  ${detail}`)].join("\n"),
  };
}
