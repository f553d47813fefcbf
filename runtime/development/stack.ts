import { core } from "../core/core.ts";
import type { Frame } from "../core/frame.ts";
import type { AnyGreenlet } from "../core/greenlet.ts";
import { view } from "./describe.ts";

const { state } = core;

// Where an error comes from, as the program's author sees it: the native frames that were running, then the frames that
// waited below them in the greenlet, then where the greenlet was created. Development builds only.

/** How many of the waiting frames are shown: a greenlet can have thousands. */
const LIMIT = 20;

/** Where each greenlet was created, as lines of a stack. */
const origins = new WeakMap<AnyGreenlet, readonly string[]>();

/** What waited below each error when it was made or first seen, as lines of a stack. */
const waiting = new WeakMap<object, readonly string[]>();

/** Remembers where `greenlet` was created: below `constructor`, its class. */
export function noteOrigin(greenlet: AnyGreenlet, constructor: Function): void {
  const holder: { stack?: unknown } = {};
  if (Error.captureStackTrace === undefined) holder.stack = new Error().stack;
  else Error.captureStackTrace(holder, constructor);
  // Who takes stacks apart at this moment gives them another type.
  if (typeof holder.stack !== "string") return;
  const native = holder.stack.split("\n").filter((line) => line === CREATED || /^\s+at /.test(line));
  // Where the creator was created in its turn is not repeated: such chains can be long.
  const end = native.indexOf(CREATED);
  origins.set(greenlet, end === -1 ? native : native.slice(0, end));
}

const CREATED = "    created";

/** Remembers what waits when `error` leaves an activation of `greenlet`. The first time counts. */
export function noteError(error: unknown, greenlet: AnyGreenlet, frame: Frame | null): void {
  if (typeof error !== "object" || error === null || waiting.has(error)) return;
  waiting.set(error, linesOf(greenlet, frame));
}

/** {@link noteError} for an error that was just made or caught by the current greenlet. */
export function noteHere(error: unknown): void {
  noteError(error, state.turn.current, waitingFrame());
}

/** The frame of the current greenlet that waits for the activations which are running now. */
function waitingFrame(): Frame | null {
  return state.turn.current.$frame?.next ?? null;
}

function lineOf(frame: Frame): string {
  const known = view(frame);
  const [name] = known === undefined ? frame.resume.name.split("$resume") : [known.function];
  const place = known === undefined ? "<suspended>" : `${known.file}:${known.line}:${(known.column ?? 0) + 1}`;
  return `    at ${name || "<anonymous>"} (${place})`;
}

function linesOf(greenlet: AnyGreenlet, frame: Frame | null): readonly string[] {
  if (greenlet === state.main) return [];
  const lines: string[] = [];
  let next = frame;
  for (; next !== null && lines.length < LIMIT; next = next.next) lines.push(lineOf(next));
  if (next !== null) lines.push("    …");
  const origin = origins.get(greenlet);
  return origin === undefined ? lines : [...lines, CREATED, ...origin];
}

/**
 * What waited below `error`, whose native stack ends in the trampoline above an activation called `root`.
 * An error that nobody has seen yet was most likely made just now; where the current greenlet shows that it was not, nothing is said.
 */
export function linesBelow(error: object, root: string): readonly string[] {
  const noted = waiting.get(error);
  if (noted !== undefined) return noted;
  const { current } = state.turn;
  const running = current.$frame === null ? "" : current.$frame.resume.name;
  const isHere = current !== state.main && !current.dead && (running === "" || running === root);
  return isHere ? linesOf(current, waitingFrame()) : [];
}

/** The logical stack of an error. */
export function fullStack(error: Error): string {
  const own = error.stack ?? String(error);
  const below = waiting.get(error);
  if (below === undefined || below.length === 0 || own.endsWith(below.join("\n"))) return own;
  const lines = own.split("\n");
  return [...lines.slice(0, trampolineLine(lines)), ...below].join("\n");
}

/** Where the native stack reaches the trampoline; everything below belongs to whoever switched last. */
function trampolineLine(lines: readonly string[]): number {
  const line = lines.findIndex((text) => /^(?:\s+at run \(|run@)/.test(text) && /trampoline|core/.test(text));
  return line === -1 ? lines.length : line;
}
