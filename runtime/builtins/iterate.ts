import { $ } from "../iteration/install.ts";
import { apply } from "./calls.ts";
import { isObject } from "../core/object.ts";
import { callable, requireObject, type Indexed } from "./check.ts";
import { methodOf } from "./coerce.ts";
import { defineItem } from "./define.ts";
import { resumable } from "./registry.ts";
import { get } from "./through.ts";

/** An iteration in progress: the Iterator Record of ECMA-262 §7.4.1. */
export interface Iteration {
  readonly iterator: Indexed;
  /** Its `next`, read once. */
  readonly next: unknown;
  /** True after the last value, and after `next` failed: there is nothing to close then. */
  done: boolean;
}

/** GetIterator (§7.4.3) for `for … of`, spread, patterns. @throws TypeError when `iterable` is not iterable */
export function iterate(iterable: unknown): Iteration {
  const method = methodOf(iterable, Symbol.iterator);
  if (method === undefined) throw new TypeError("The value is not iterable");
  return iterateFrom(iterable, method);
}

/** GetIteratorFromMethod (§7.4.2). */
export function iterateFrom(iterable: unknown, method: unknown): Iteration {
  const iterator = requireObject(apply(resumable(method), iterable, []), "The iterator");
  return iterateDirect(iterator);
}

/** GetIteratorDirect (§7.4.4). */
export function iterateDirect(iterator: Indexed): Iteration {
  const next = get(iterator, "next");
  return { iterator, next: resumable(next), done: false };
}

/** IteratorStepValue (§7.4.11): the next value; undefined and `done` set after the last one. */
export function step(iteration: Iteration): unknown {
  // Stays set when one of the three reads below fails: such an iterator is not closed.
  iteration.done = true;
  const result = $.advance(callable(iteration.next), iteration.iterator);
  if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
  const done = get(result, "done");
  if (done) return undefined;
  const value = get(result, "value");
  iteration.done = false;
  return value;
}

/** IteratorClose (§7.4.11) when the loop ends well: an error of `return` counts. */
export function close(iteration: Iteration): void {
  const method = methodOf(iteration.iterator, "return");
  if (method !== undefined) requireObject($.advance(resumable(method), iteration.iterator), "The result of return");
}

/** IteratorClose when the loop ends with an error: that error counts, not one of `return`. */
export function closeQuietly(iteration: Iteration): void {
  try {
    const method = methodOf(iteration.iterator, "return");
    if (method !== undefined) $.advance(resumable(method), iteration.iterator);
  } catch {
    // The error that ended the loop is on its way.
  }
}

/** IteratorToList (§7.4.16): `[...iterable]`. */
export function list(iterable: unknown): unknown[] {
  const method = methodOf(iterable, Symbol.iterator);
  if (method === undefined) throw new TypeError("The value is not iterable");
  return listFrom(iterable, method);
}

/** The values of an iterable whose `Symbol.iterator` was read already. */
export function listFrom(iterable: unknown, method: unknown): unknown[] {
  return rest(iterateFrom(iterable, method));
}

/** The values that are left of an iteration. */
export function rest(iteration: Iteration): unknown[] {
  const values: unknown[] = [];
  for (let k = 0; ; k++) {
    const value = step(iteration);
    if (iteration.done) return values;
    defineItem(values, k, value);
  }
}
