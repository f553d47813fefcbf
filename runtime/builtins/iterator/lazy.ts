import { apply } from "../calls.ts";
import { isObject } from "../../core/object.ts";
import { callable, requireObject, describe, type Callback, type Indexed } from "../check.ts";
import { methodOf, toNumber } from "../coerce.ts";
import { close, closeQuietly, iterateDirect, iterateFrom, step, type Iteration } from "../iterate.ts";
import { trunc } from "../natives.ts";
import { helper } from "./helper.ts";

// Iterator.prototype's methods that return an iterator. What is wrong with an argument closes the iterator that the
// method was called on (ECMA-262 since 2025), so `next` is read after that.

/** `map` (ECMA-262 §27.1.4.8). */
export function map(this: unknown, callback?: unknown): unknown {
  const iterator = requireObject(this, "Iterator.prototype.map: the receiver");
  const visit = checkedCallback(iterator, callback);
  const iteration = iterateDirect(iterator);
  let count = 0;
  return helper(iteration, () => {
    const value = step(iteration);
    return iteration.done ? undefined : closing(iteration, visit, [value, count++]);
  });
}

/** `filter` (§27.1.4.5). */
export function filter(this: unknown, callback?: unknown): unknown {
  const iterator = requireObject(this, "Iterator.prototype.filter: the receiver");
  const test = checkedCallback(iterator, callback);
  const iteration = iterateDirect(iterator);
  let count = 0;
  return helper(iteration, () => {
    for (;;) {
      const value = step(iteration);
      if (iteration.done) return undefined;
      if (closing(iteration, test, [value, count++])) return value;
    }
  });
}

/** `take` (§27.1.4.12): closes the iterator when it has given enough. */
export function take(this: unknown, limit?: unknown): unknown {
  const iterator = requireObject(this, "Iterator.prototype.take: the receiver");
  let remaining = checkedCount(iterator, limit);
  const iteration = iterateDirect(iterator);
  return helper(iteration, () => {
    if (remaining === 0) return end(iteration);
    remaining--;
    return step(iteration);
  });
}

function end(iteration: Iteration): undefined {
  iteration.done = true;
  close(iteration);
  return undefined;
}

/** `drop` (§27.1.4.2). */
export function drop(this: unknown, limit?: unknown): unknown {
  const iterator = requireObject(this, "Iterator.prototype.drop: the receiver");
  let remaining = checkedCount(iterator, limit);
  const iteration = iterateDirect(iterator);
  return helper(iteration, () => {
    for (; remaining > 0; remaining--) {
      step(iteration);
      if (iteration.done) return undefined;
    }
    return step(iteration);
  });
}

/** `flatMap` (§27.1.4.6). */
export function flatMap(this: unknown, callback?: unknown): unknown {
  const iterator = requireObject(this, "Iterator.prototype.flatMap: the receiver");
  const visit = checkedCallback(iterator, callback);
  const iteration = iterateDirect(iterator);
  const inner: Inner = { iteration: undefined, count: 0 };
  return helper(
    iteration,
    () => flatten(iteration, visit, inner),
    () => closeBoth(iteration, inner.iteration),
  );
}

/** The iteration that `flatMap` is in the middle of, and how many it has begun. */
interface Inner {
  iteration: Iteration | undefined;
  count: number;
}

function flatten(outer: Iteration, visit: Callback, inner: Inner): unknown {
  for (;;) {
    if (inner.iteration === undefined) {
      const value = step(outer);
      if (outer.done) return undefined;
      inner.iteration = opened(outer, visit, [value, inner.count++]);
    }
    const value = steppedIn(outer, inner.iteration);
    if (!inner.iteration.done) return value;
    inner.iteration = undefined;
  }
}

/** What the callback returns, ready to be iterated; any error closes the outer iteration. */
function opened(outer: Iteration, visit: Callback, values: readonly unknown[]): Iteration {
  let failed = true;
  try {
    const mapped = apply(visit, undefined, values);
    const iteration = flattenable(mapped, false);
    failed = false;
    return iteration;
  } finally {
    if (failed) closeQuietly(outer);
  }
}

function steppedIn(outer: Iteration, iteration: Iteration): unknown {
  let failed = true;
  try {
    const value = step(iteration);
    failed = false;
    return value;
  } finally {
    if (failed) closeQuietly(outer);
  }
}

function closeBoth(outer: Iteration, inner: Iteration | undefined): void {
  let failed = true;
  try {
    if (inner !== undefined) close(inner);
    failed = false;
  } finally {
    if (failed) closeQuietly(outer);
  }
  close(outer);
}

/** GetIteratorFlattenable (§7.4.5). */
export function flattenable(value: unknown, strings: boolean): Iteration {
  if (!isObject(value) && !(strings && typeof value === "string")) {
    throw new TypeError(`${describe(value)} is not an object`);
  }
  const method = methodOf(value, Symbol.iterator);
  return method === undefined ? iterateDirect(requireObject(value, "The iterator")) : iterateFrom(value, method);
}

/** A callback's answer; an error closes the iteration. */
function closing(iteration: Iteration, callback: Callback, values: readonly unknown[]): unknown {
  let failed = true;
  try {
    const answer = apply(callback, undefined, values);
    failed = false;
    return answer;
  } finally {
    if (failed) closeQuietly(iteration);
  }
}

/** An iteration of which only the iterator is known yet: enough to close it. */
const unread = (iterator: Indexed): Iteration => ({ iterator, next: undefined, done: false });

/** @throws TypeError, after closing the iterator, unless the callback is a function */
export function checkedCallback(iterator: Indexed, callback: unknown): Callback {
  if (typeof callback !== "function") closeQuietly(unread(iterator));
  return callable(callback);
}

/** @throws RangeError, after closing the iterator, unless `limit` is a number from 0 up */
function checkedCount(iterator: Indexed, limit: unknown): number {
  let failed = true;
  try {
    const number = toNumber(limit);
    if (!(number > -1)) throw new RangeError(`${number} must be positive`);
    failed = false;
    return trunc(number);
  } finally {
    if (failed) closeQuietly(unread(iterator));
  }
}
