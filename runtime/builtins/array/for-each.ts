import { apply } from "../calls.ts";
import { callable, toObject, type Callback, type Indexed } from "../check.ts";
import { toLength } from "../coerce.ts";
import { isArray } from "../natives.ts";
import { invoke } from "../invoke.ts";
import { get, SUSPENDED, through } from "../through.ts";

const native = Array.prototype.forEach;

/** `list.forEach(callback)` at a compiled call. */
export function forEachEntry(list: unknown, callee: unknown, callback: unknown): unknown {
  if (callee !== native || !isArray(list) || typeof callback !== "function") return invoke(list, callee, callback);
  const { length } = list;
  if (length >>> 0 !== length) return forEachFrom(list as never, length, callback as Callback, undefined);
  for (let k = 0; k < length; k++) {
    if (k in list) {
      let item = list[k];
      if (item === SUSPENDED) item = through(item);
      callback(item, k, list);
    }
  }
  return undefined;
}

/** `Array.prototype.forEach` (ECMA-262 §23.1.3.15). */
export function forEach(this: unknown, callback?: unknown, thisArg?: unknown): unknown {
  const list = toObject(this);
  const length = get(list, "length");
  return forEachFrom(list, length, callback, thisArg);
}

function forEachFrom(list: Indexed, size: unknown, callback: unknown, thisArg: unknown): void {
  const length = toLength(size);
  const visit = callable(callback);
  for (let k = 0; k < length; k++) {
    if (k in list) {
      const item = get(list, k);
      apply(visit, thisArg, [item, k, list]);
    }
  }
}
