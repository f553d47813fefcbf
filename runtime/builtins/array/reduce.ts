import { apply } from "../calls.ts";
import { callable, toObject, type Callback, type Indexed } from "../check.ts";
import { lengthOf, toLength } from "../coerce.ts";
import { isArray } from "../natives.ts";
import { invoke } from "../invoke.ts";
import { get, SUSPENDED, through } from "../through.ts";

const native = Array.prototype.reduce;

/** `list.reduce(callback, initial)` at a compiled call. */
export function reduceEntry(list: unknown, callee: unknown, callback: unknown, initial: unknown): unknown {
  if (callee !== native || !isArray(list) || typeof callback !== "function") {
    return invoke(list, callee, callback, initial);
  }
  const { length } = list;
  if (length >>> 0 !== length) return reduceFrom(list as never, length, callback, [initial]);
  let value = initial;
  for (let k = 0; k < length; k++) {
    if (k in list) {
      let item = list[k];
      if (item === SUSPENDED) item = through(item);
      value = callback(value, item, k, list);
    }
  }
  return value;
}

/** `list.reduce(callback)` at a compiled call. */
export function reduceFirstEntry(list: unknown, callee: unknown, callback: unknown): unknown {
  if (callee !== native || !isArray(list) || typeof callback !== "function") return invoke(list, callee, callback);
  const { length } = list;
  if (length >>> 0 !== length || !(0 in list)) return reduceFrom(list as never, length, callback, []);
  let value = through(list[0]);
  for (let k = 1; k < length; k++) {
    if (k in list) {
      let item = list[k];
      if (item === SUSPENDED) item = through(item);
      value = callback(value, item, k, list);
    }
  }
  return value;
}

/** `Array.prototype.reduce` (ECMA-262 §23.1.3.24). */
export function reduce(this: unknown, callback?: unknown, ...initial: unknown[]): unknown {
  const list = toObject(this);
  const length = get(list, "length");
  return reduceFrom(list, length, callback, initial);
}

function reduceFrom(list: Indexed, size: unknown, callback: unknown, initial: readonly unknown[]): unknown {
  const length = toLength(size);
  const combine = callable(callback);
  return initial.length > 0 ? fold(list, combine, initial[0], 0, length, 1) : foldFirst(list, combine, 0, length, 1);
}

/** `Array.prototype.reduceRight` (§23.1.3.25). */
export function reduceRight(this: unknown, callback?: unknown, ...initial: unknown[]): unknown {
  const list = toObject(this);
  const length = lengthOf(list);
  const combine = callable(callback);
  return initial.length > 0
    ? fold(list, combine, initial[0], length - 1, -1, -1)
    : foldFirst(list, combine, length - 1, -1, -1);
}

/** Without an initial value: the first item that is there takes its place. */
function foldFirst(list: Indexed, combine: Callback, from: number, end: number, by: number): unknown {
  for (let k = from; k !== end; k += by) {
    if (k in list) {
      const value = get(list, k);
      return fold(list, combine, value, k + by, end, by);
    }
  }
  throw new TypeError("Reduce of empty array with no initial value");
}

function fold(list: Indexed, combine: Callback, first: unknown, from: number, end: number, by: number): unknown {
  let value = first;
  for (let k = from; k !== end; k += by) {
    if (k in list) {
      const item = get(list, k);
      value = apply(combine, undefined, [value, item, k, list]);
    }
  }
  return value;
}
