import { apply } from "../calls.ts";
import { isObject } from "../../core/object.ts";
import type { Indexed } from "../check.ts";
import { close, type Iteration } from "../iterate.ts";
import { drop, helperNext, helperReturn } from "./natives.ts";
import { callNative } from "../natives.ts";

// The lazy helpers of Iterator.prototype. Each returns a real helper object of the host, made over a source of ours that
// does the work: uncompiled code drives it as any other. Compiled code finds the source again and drives that itself, so
// that it can be suspended.

/** One lazy helper: where its values come from and how far it is. */
export interface Source {
  readonly iteration: Iteration;
  /** The next value; sets `iteration.done` after the last one. */
  readonly produce: () => unknown;
  /** What has to be closed beside the iteration, as `flatMap` has. */
  readonly closeInner: (() => void) | undefined;
  started: boolean;
  running: boolean;
  done: boolean;
}

const sources = new WeakMap<object, Source>();

/** A helper object over a source. */
export function helper(iteration: Iteration, produce: () => unknown, closeInner?: () => void): object {
  const source: Source = { iteration, produce, closeInner, started: false, running: false, done: false };
  const iterator = { next: () => advance(source), return: () => finish(source) };
  const object = callNative(drop, iterator, [0]) as object;
  sources.set(object, source);
  return object;
}

function result(value: unknown, done: boolean): IteratorResult<unknown> {
  return { value, done };
}

/** One value further. An error ends the helper for good, as it ends a generator. */
function advance(source: Source): IteratorResult<unknown> {
  if (source.running) throw new TypeError("Generator is already running");
  if (source.done) return result(undefined, true);
  source.running = source.started = true;
  let failed = true;
  try {
    const value = source.produce();
    failed = false;
    source.done = source.iteration.done;
    return source.done ? result(undefined, true) : result(value, false);
  } finally {
    source.running = false;
    if (failed) source.done = true;
  }
}

/** `return()`: closes what the values come from, the inner iteration first. */
function finish(source: Source): IteratorResult<unknown> {
  if (source.running) throw new TypeError("Generator is already running");
  if (source.done) return result(undefined, true);
  source.done = source.running = true;
  try {
    if (source.started && source.closeInner !== undefined) source.closeInner();
    else close(source.iteration);
  } finally {
    source.running = false;
  }
  return result(undefined, true);
}

/** `%IteratorHelperPrototype%.next` (ECMA-262 §27.1.2.1.1). */
export function next(this: unknown): unknown {
  const source = isObject(this) ? sources.get(this as Indexed) : undefined;
  return source === undefined ? apply(helperNext, this, []) : advance(source);
}

/** `%IteratorHelperPrototype%.return` (§27.1.2.1.2). */
export function returnMethod(this: unknown): unknown {
  const source = isObject(this) ? sources.get(this as Indexed) : undefined;
  return source === undefined ? apply(helperReturn, this, []) : finish(source);
}
