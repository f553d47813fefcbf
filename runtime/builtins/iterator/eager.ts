import { apply } from "../calls.ts";
import { requireObject, type Indexed } from "../check.ts";
import { close, closeQuietly, iterateDirect, rest, step, type Iteration } from "../iterate.ts";
import { checkedCallback } from "./lazy.ts";

// Iterator.prototype's methods that run to the end, or to where the answer is known.

/** `toArray` (ECMA-262 §27.1.4.13). */
export function toArray(this: unknown): unknown {
  const iteration = iterateDirect(requireObject(this, "Iterator.prototype.toArray: the receiver"));
  return rest(iteration);
}

/** `forEach` (§27.1.4.7). */
export function forEach(this: unknown, callback?: unknown): void {
  seek(requireObject(this, "Iterator.prototype.forEach: the receiver"), callback, undefined);
}

/** `some` (§27.1.4.11). */
export function some(this: unknown, callback?: unknown): boolean {
  return seek(requireObject(this, "Iterator.prototype.some: the receiver"), callback, true).found;
}

/** `every` (§27.1.4.3). */
export function every(this: unknown, callback?: unknown): boolean {
  return !seek(requireObject(this, "Iterator.prototype.every: the receiver"), callback, false).found;
}

/** `find` (§27.1.4.4). */
export function find(this: unknown, callback?: unknown): unknown {
  return seek(requireObject(this, "Iterator.prototype.find: the receiver"), callback, true).value;
}

interface Found {
  readonly found: boolean;
  readonly value: unknown;
}

const NOTHING: Found = { found: false, value: undefined };

/** The first value of which the callback says `wanted` (undefined: none), with the iterator closed after it. */
function seek(iterator: Indexed, callback: unknown, wanted: boolean | undefined): Found {
  const visit = checkedCallback(iterator, callback);
  const iteration = iterateDirect(iterator);
  let failed = true;
  try {
    for (let count = 0; ; count++) {
      const value = step(iteration);
      if (iteration.done) {
        failed = false;
        return NOTHING;
      }
      const answer = apply(visit, undefined, [value, count]);
      if (wanted !== undefined && Boolean(answer) === wanted) {
        failed = false;
        return closed(iteration, value);
      }
    }
  } finally {
    if (failed && !iteration.done) closeQuietly(iteration);
  }
}

function closed(iteration: Iteration, value: unknown): Found {
  close(iteration);
  return { found: true, value };
}

/** `reduce` (§27.1.4.9). */
export function reduce(this: unknown, callback?: unknown, ...initial: unknown[]): unknown {
  const iterator = requireObject(this, "Iterator.prototype.reduce: the receiver");
  const combine = checkedCallback(iterator, callback);
  const iteration = iterateDirect(iterator);
  let value = initial.length > 0 ? initial[0] : step(iteration);
  if (iteration.done) throw new TypeError("Reduce of a done iterator with no initial value");
  try {
    for (let count = initial.length > 0 ? 0 : 1; ; count++) {
      const item = step(iteration);
      if (iteration.done) return value;
      value = apply(combine, undefined, [value, item, count]);
    }
  } finally {
    if (!iteration.done) closeQuietly(iteration);
  }
}
