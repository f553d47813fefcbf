/**
 * functions — what the compiler found in a file: the functions that may switch, where, and with what they keep alive.
 *
 *   In     source text
 *   Out    each function's suspension points in source order; the names of the functions that stay plain
 */
import { parseSync, type InputOptions } from "@babel/core";
import type { File, Node } from "@babel/types";
import { parentsOf } from "../places.ts";
import { readKnowledge } from "../knowledge.ts";
import { settle, type Options } from "../options.ts";
import { parserPlugins } from "../parsing.ts";
import { compileProgram } from "../pipeline.ts";
import { eachPoint } from "../steps.ts";
import { inferredName } from "../surroundings.ts";
import { isFunction, walk, type FunctionNode } from "../walk.ts";

/** A place where a function may be suspended. */
export interface SuspensionPoint {
  /** The call (or loop, or spread) as written: its first line. */
  text: string;
  /** From 1. */
  line: number;
  /** From 1, as editors count. */
  column: number;
  /** The locals that a suspended greenlet keeps here. */
  live: string[];
  /** True for `return f(x)`: a switch passes through without a frame. */
  tail: boolean;
}

/** A function that may switch. */
export interface SwitchingFunction {
  name: string;
  line: number;
  column: number;
  points: SuspensionPoint[];
}

export interface Found {
  /** In source order. */
  functions: SwitchingFunction[];
  /** The names of the other functions, in source order. */
  plain: string[];
}

type Located = { node: FunctionNode; name: string; points: SuspensionPoint[] };

/** Finds what may switch. @throws what the compiler throws for what it refuses */
export function findFunctions(source: string, filename: string, options: Options): Found {
  const framed = observe(source, filename, { ...options, stress: false, dev: false });
  // Development builds look at every call, tail calls too; what only they see has no frame.
  const all = observe(source, filename, { ...options, stress: false, dev: true });
  const functions = all.map((fn) =>
    merge(
      fn,
      framed.find((other) => other.node.start === fn.node.start),
    ),
  );
  const compiled = new Set(all.map(({ node }) => node.start));
  return {
    functions,
    plain: namedFunctions(parse(source, filename))
      .filter(({ node }) => !compiled.has(node.start))
      .map(({ name }) => name),
  };
}

function merge({ node, name, points }: Located, framed: Located | undefined): SwitchingFunction {
  const kept = new Map((framed?.points ?? []).map((point) => [placeOf(point), point]));
  const { line, column } = positionOf(node);
  return {
    name,
    line,
    column,
    points: points.map((point) => kept.get(placeOf(point)) ?? { ...point, live: [], tail: true }),
  };
}

/** The functions that one compilation gives two bodies. */
function observe(source: string, filename: string, options: Options): Located[] {
  const found: Located[] = [];
  const settings = settle(options);
  compileProgram(parse(source, filename).program, settings, {
    knowledge: readKnowledge(settings.facts, filename, source),
    observe(pass, node, name, steps) {
      if (pass !== "liveness") return;
      const points: SuspensionPoint[] = [];
      eachPoint(steps, ({ origin, live }) =>
        points.push({ text: firstLine(source, origin), ...positionOf(origin), live: [...live], tail: false }),
      );
      found.push({ node, name, points: distinct(points) });
    },
  });
  return found.sort((left, right) => (left.node.start ?? 0) - (right.node.start ?? 0));
}

/** A loop is suspended at its iterator's `next` and `return`: for the reader, one place. */
function distinct(points: SuspensionPoint[]): SuspensionPoint[] {
  const byPlace = new Map<string, SuspensionPoint>();
  for (const point of points) {
    const known = byPlace.get(placeOf(point));
    byPlace.set(placeOf(point), known ? { ...known, live: [...new Set([...known.live, ...point.live])] } : point);
  }
  return [...byPlace.values()].sort((left, right) => left.line - right.line || left.column - right.column);
}

const placeOf = ({ line, column }: SuspensionPoint): string => `${line}:${column}`;

function positionOf(node: Node): { line: number; column: number } {
  return { line: node.loc?.start.line ?? 0, column: (node.loc?.start.column ?? -1) + 1 };
}

function firstLine(source: string, node: Node): string {
  const [first = "", ...more] = source.slice(node.start ?? 0, node.end ?? 0).split("\n");
  return more.length > 0 ? `${first.trimEnd()} …` : first;
}

function namedFunctions(file: File): { node: FunctionNode; name: string }[] {
  const parents = parentsOf(file.program);
  const found: { node: FunctionNode; name: string }[] = [];
  walk(
    file.program,
    (node) => void (isFunction(node) && node.body && found.push({ node, name: inferredName(node, parents) })),
  );
  return found;
}

function parse(source: string, filename: string): File {
  const languages = /\.[cm]?tsx?$/.test(filename) ? ["typescript", ...(filename.endsWith("x") ? ["jsx"] : [])] : [];
  const options = {
    filename,
    babelrc: false,
    configFile: false,
    sourceType: "unambiguous",
    parserOpts: { plugins: [...parserPlugins(filename), ...languages], createImportExpressions: true },
  };
  return parseSync(source, options as unknown as InputOptions) as File;
}
