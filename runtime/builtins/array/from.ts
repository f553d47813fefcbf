import { apply, construct } from "../calls.ts";
import { isConstructor } from "../../core/constructor.ts";
import { callable, toObject, type Callback, type Indexed } from "../check.ts";
import { lengthOf, methodOf } from "../coerce.ts";
import { add } from "../define.ts";
import { closeQuietly, iterateFrom, step } from "../iterate.ts";
import { arrayOf } from "../species.ts";
import { get, set } from "../through.ts";

/** `Array.from` (ECMA-262 §23.1.2.1). */
export function from(this: unknown, items?: unknown, mapper?: unknown, thisArg?: unknown): unknown {
  const visit = mapper === undefined ? undefined : callable(mapper);
  const method = methodOf(items, Symbol.iterator);
  return method === undefined
    ? fromList(this, toObject(items), visit, thisArg)
    : fromIterable(this, items, method, visit, thisArg);
}

function fromIterable(
  C: unknown,
  items: unknown,
  method: unknown,
  visit: Callback | undefined,
  thisArg: unknown,
): unknown {
  const isOurs = C === Array || !isConstructor(C);
  const result = (isOurs ? [] : construct(C, [])) as Indexed;
  const iteration = iterateFrom(items, method);
  let k = 0;
  try {
    for (; ; k++) {
      const item = step(iteration);
      if (iteration.done) break;
      const value = visit === undefined ? item : apply(visit, thisArg, [item, k]);
      add(result, k, value, isOurs);
    }
  } finally {
    if (!iteration.done) closeQuietly(iteration);
  }
  set(result, "length", k);
  return result;
}

function fromList(C: unknown, list: Indexed, visit: Callback | undefined, thisArg: unknown): unknown {
  const length = lengthOf(list);
  const isOurs = C === Array || !isConstructor(C);
  const result = isOurs ? arrayOf(length) : (construct(C, [length]) as Indexed);
  for (let k = 0; k < length; k++) {
    const item = get(list, k);
    const value = visit === undefined ? item : apply(visit, thisArg, [item, k]);
    add(result, k, value, isOurs);
  }
  set(result, "length", length);
  return result;
}
