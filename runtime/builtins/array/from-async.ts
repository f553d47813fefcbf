import { $ } from "../../iteration/install.ts";
import { apply, construct } from "../calls.ts";
import { isConstructor } from "../../core/constructor.ts";
import { callable, requireObject, toObject, type Callback, type Indexed } from "../check.ts";
import { lengthOf, methodOf } from "../coerce.ts";
import { define } from "../define.ts";
import { iterateDirect, type Iteration } from "../iterate.ts";
import { resumable } from "../registry.ts";
import { arrayOf } from "../species.ts";
import { get, set } from "../through.ts";

const { asyncIterator, iterator } = Symbol;

/**
 * `Array.fromAsync` (ECMA-262 §23.1.2.2). What it does before its first wait belongs to the caller, and can be suspended;
 * the rest is run by the host.
 */
export function fromAsync(this: unknown, items?: unknown, mapper?: unknown, thisArg?: unknown): Promise<unknown> {
  try {
    return begin(this, items, mapper, thisArg);
  } catch (error) {
    return Promise.reject(error);
  }
}

function begin(C: unknown, items: unknown, mapper: unknown, thisArg: unknown): Promise<unknown> {
  const visit = mapper === undefined ? undefined : callable(mapper);
  const asyncMethod = methodOf(items, asyncIterator);
  const method = asyncMethod === undefined ? methodOf(items, iterator) : undefined;
  if (asyncMethod === undefined && method === undefined) return beginList(C, toObject(items), visit, thisArg);
  const result = (isConstructor(C) ? construct(C, []) : []) as Indexed;
  const source = requireObject(apply(resumable(asyncMethod ?? method), items, []), "The iterator");
  const iteration = iterateDirect(source);
  const first = firstResult(iteration);
  return asyncMethod === undefined
    ? drainSync(result, iteration, first, visit, thisArg)
    : drain(result, iteration, first, visit, thisArg);
}

function firstResult(iteration: Iteration): unknown {
  return $.advance(callable(iteration.next), iteration.iterator);
}

function beginList(C: unknown, list: Indexed, visit: Callback | undefined, thisArg: unknown): Promise<unknown> {
  const length = lengthOf(list);
  const result = (isConstructor(C) ? construct(C, [length]) : arrayOf(length)) as Indexed;
  const first = length > 0 ? get(list, 0) : undefined;
  return fill(result, list, length, first, visit, thisArg);
}

async function fill(
  result: Indexed,
  list: Indexed,
  length: number,
  first: unknown,
  visit: Callback | undefined,
  thisArg: unknown,
): Promise<unknown> {
  for (let k = 0; k < length; k++) {
    const item = await (k === 0 ? first : list[k]);
    define(result, k, visit === undefined ? item : await apply(visit, thisArg, [item, k]));
  }
  set(result, "length", length);
  return result;
}

/** The values of an async iterator, each waited for after the mapper. */
async function drain(
  result: Indexed,
  iteration: Iteration,
  first: unknown,
  visit: Callback | undefined,
  thisArg: unknown,
): Promise<unknown> {
  let pending = first;
  for (let k = 0; ; k++) {
    const answer = requireObject(await pending, "The iterator result");
    if (get(answer, "done")) return finished(result, k);
    const item = get(answer, "value");
    try {
      define(result, k, visit === undefined ? item : await apply(visit, thisArg, [item, k]));
    } catch (error) {
      await closeAsync(iteration);
      throw error;
    }
    pending = firstResult(iteration);
  }
}

/** The values of an ordinary iterator, each waited for (CreateAsyncFromSyncIterator, §27.1.6.1). */
async function drainSync(
  result: Indexed,
  iteration: Iteration,
  first: unknown,
  visit: Callback | undefined,
  thisArg: unknown,
): Promise<unknown> {
  let answer = requireObject(first, "The iterator result");
  for (let k = 0; ; k++) {
    const done = get(answer, "done");
    const pending = get(answer, "value");
    if (done) {
      await pending;
      return finished(result, k);
    }
    try {
      const item = await pending;
      define(result, k, visit === undefined ? item : await apply(visit, thisArg, [item, k]));
    } catch (error) {
      await closeAsync(iteration);
      throw error;
    }
    answer = requireObject(firstResult(iteration), "The iterator result");
  }
}

function finished(result: Indexed, length: number): Indexed {
  set(result, "length", length);
  return result;
}

/** AsyncIteratorClose (§7.4.13) after an error, which counts more than one of `return`. */
async function closeAsync(iteration: Iteration): Promise<void> {
  try {
    const method = methodOf(iteration.iterator, "return");
    if (method !== undefined) await apply(method, iteration.iterator, []);
  } catch {
    // The error that ended the loop is on its way.
  }
}
