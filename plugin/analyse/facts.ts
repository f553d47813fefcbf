/**
 * facts — the bridge between the whole-program analysis and everything that asks about one file.
 *
 *   In     the facts of a project (JSON), a path and the text the asker holds
 *   Out    may this function switch? is this call a suspension point? for what reason?
 *   Needs  nothing but `node:` modules: the compiler may load this file without loading TypeScript
 *   Keeps  facts are used only for the very text they were made from (content hash)
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const FACTS_ABI = 1;

/** What makes a node a suspension point. `docs/analysis.md` says which node's position is recorded for each kind. */
export type PointKind = "call" | "new" | "tag" | "get" | "set" | "iterate" | "jsx" | "using" | "decorator" | "coerce";

/** The edge that made something "may switch": what it leads to, and where that is, if it has a place in the project. */
export interface Reason {
  readonly text: string;
  readonly file?: string;
  readonly start?: number;
  readonly end?: number;
}

export interface FunctionFact {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly maySwitch: boolean;
  readonly reason?: Reason;
}

export interface PointFact {
  readonly start: number;
  readonly end: number;
  readonly kind: PointKind;
  readonly reason: Reason;
}

/** An `atomic(fn)` call; `reason` says why something inside may switch, and is absent when nothing does. */
export interface AtomicFact {
  readonly start: number;
  readonly end: number;
  readonly reason?: Reason;
}

/** A callback that may switch, given to code that is not compiled. */
export interface ForeignFact {
  readonly start: number;
  readonly end: number;
  readonly callee: string;
  readonly reason: Reason;
}

export interface FileFacts {
  readonly hash: string;
  readonly functions: readonly FunctionFact[];
  readonly points: readonly PointFact[];
  readonly atomics: readonly AtomicFact[];
  readonly foreign: readonly ForeignFact[];
}

export interface Facts {
  readonly abi: number;
  /** Changes exactly when an answer for some file changes: the value to put into a plugin option for per-file caches. */
  readonly hash: string;
  /** The type checker that answered, with its version. */
  readonly backend: string;
  /** Paths are relative to the folder of the tsconfig, with `/`. */
  readonly files: Readonly<Record<string, FileFacts>>;
}

/** The answers for one text. Positions are UTF-16 offsets, as in Babel's `node.start` and `node.end`. */
export interface FileAnswers {
  /** Nothing in the file may switch: it can be left byte-identical. */
  readonly plain: boolean;
  /** May the function at this position switch? A position the analysis does not know may. */
  maySwitch(start: number, end: number): boolean;
  isPoint(start: number, end: number): boolean;
  /** A member access that runs a getter or setter which may switch. */
  isAccessorPoint(start: number, end: number): boolean;
  isSetterPoint(start: number, end: number): boolean;
  /** Is there a function fact at exactly this position? */
  knows(start: number, end: number): boolean;
  pointAt(start: number, end: number, kind?: PointKind): PointFact | undefined;
  reason(start: number, end: number): Reason | undefined;
}

export class FactsError extends Error {
  readonly code: "facts-abi" | "facts-corrupt";
  constructor(code: "facts-abi" | "facts-corrupt", message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "FactsError";
    this.code = code;
  }
}

/** The hash that ties facts to a text: the first 16 hex digits of its SHA-256. */
export function sourceHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The hash of all answers. Files are taken in the order of their paths, so the order of analysis does not matter. */
export function factsHash(files: Facts["files"]): string {
  const hash = createHash("sha256").update(String(FACTS_ABI));
  for (const path of Object.keys(files).sort()) hash.update(`\0${path}\0${JSON.stringify(files[path])}`);
  return hash.digest("hex").slice(0, 16);
}

/** Where the facts of the project in `root` (the folder of its tsconfig) are kept. */
export function factsPath(root: string): string {
  return join(root, "node_modules", ".cache", "greenlets", "facts.json");
}

/** The facts of the nearest project around a folder; undefined when none of the folders above has any. */
export function nearestFacts(folder: string): string | undefined {
  const file = factsPath(folder);
  if (existsSync(file)) return file;
  return dirname(folder) === folder ? undefined : nearestFacts(dirname(folder));
}

/** The folder that the paths in a facts file are relative to: the other way round from {@link factsPath}. */
export function factsRoot(file: string): string {
  return dirname(dirname(dirname(dirname(file))));
}

/**
 * The two options of the Babel plugin for the facts of a project: `plugins: [["greenlets-plugin/babel", factsOptions(import.meta.dirname)]]`.
 * The hash is there for caches that see only options and one file's text.
 *
 * @param root the folder of the tsconfig
 * @returns {} where there are no facts
 */
export function factsOptions(root: string): { readonly facts?: string; readonly factsHash?: string } {
  const facts = factsPath(root);
  const factsHash = readFacts(facts)?.hash;
  return factsHash === undefined ? {} : { facts, factsHash };
}

/**
 * Reads a facts file.
 * @returns undefined when there is none
 * @throws FactsError `facts-corrupt` when it is not JSON of the right shape, `facts-abi` when another version wrote it
 */
export function readFacts(file: string): Facts | undefined {
  const text = readIfThere(file);
  return text === undefined ? undefined : checkFacts(parseFacts(text, file), file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function parseFacts(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FactsError(
      "facts-corrupt",
      `The facts file ${file} is not JSON. Run \`greenlets check\` to write it again.`,
      { cause },
    );
  }
}

function checkFacts(value: unknown, file: string): Facts {
  if (typeof value !== "object" || value === null || !("abi" in value) || !("files" in value)) {
    throw new FactsError("facts-corrupt", `${file} is not a facts file. Run \`greenlets check\` to write it again.`);
  }
  if (value.abi !== FACTS_ABI) {
    throw new FactsError(
      "facts-abi",
      `${file} has facts of version ${String(value.abi)}, this is version ${FACTS_ABI}. Run \`greenlets check\` again.`,
    );
  }
  return value as Facts;
}

/** Writes the facts so that a reader sees either the old file or the new one, never half of it. */
export function writeFacts(file: string, facts: Facts): void {
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.part`;
  writeFileSync(beside, `${JSON.stringify(facts)}\n`);
  renameSync(beside, file);
}

/** Does the analysis know this file, and with this text? */
export function factsState(facts: Facts, path: string, text: string): "fresh" | "stale" | "absent" {
  const file = own(facts.files, path);
  if (file === undefined) return "absent";
  return file.hash === sourceHash(text) ? "fresh" : "stale";
}

/** The answers for `text`, or undefined when the file is unknown or was analysed with another text. */
export function factsOf(facts: Facts, path: string, text: string): FileAnswers | undefined {
  const file = own(facts.files, path);
  return file !== undefined && file.hash === sourceHash(text) ? answers(file) : undefined;
}

function own(files: Facts["files"], path: string): FileFacts | undefined {
  return Object.hasOwn(files, path) ? files[path] : undefined;
}

function answers(file: FileFacts): FileAnswers {
  const functions = new Map(file.functions.map((fact) => [place(fact.start, fact.end), fact]));
  const points = pointsByPlace(file.points);
  const pointAt = (start: number, end: number, kind?: PointKind): PointFact | undefined =>
    points.get(place(start, end))?.find((point) => kind === undefined || point.kind === kind);
  return {
    plain: file.points.length === 0 && !file.functions.some((fact) => fact.maySwitch),
    maySwitch: (start, end) => functions.get(place(start, end))?.maySwitch ?? true,
    isPoint: (start, end) => points.has(place(start, end)),
    isAccessorPoint: (start, end) => (pointAt(start, end, "get") ?? pointAt(start, end, "set")) !== undefined,
    isSetterPoint: (start, end) => pointAt(start, end, "set") !== undefined,
    knows: (start, end) => functions.has(place(start, end)),
    pointAt,
    reason: (start, end) => functions.get(place(start, end))?.reason ?? pointAt(start, end)?.reason,
  };
}

function pointsByPlace(points: readonly PointFact[]): Map<number, PointFact[]> {
  const byPlace = new Map<number, PointFact[]>();
  for (const point of points) {
    const there = byPlace.get(place(point.start, point.end));
    if (there === undefined) byPlace.set(place(point.start, point.end), [point]);
    else there.push(point);
  }
  return byPlace;
}

/** A position as one number: texts are shorter than 2²⁶ characters. */
function place(start: number, end: number): number {
  return start * 0x4000000 + end;
}
