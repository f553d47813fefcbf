import { apply } from "../calls.ts";
import { callable, toObject } from "../check.ts";
import { lengthOf, toLength } from "../coerce.ts";
import { isArray } from "../natives.ts";
import { invoke } from "../invoke.ts";
import { get, through } from "../through.ts";

const native = Array.prototype.forEach;

/** `list.forEach(callback)` at a compiled call. */
export function forEachEntry(list: unknown, callee: unknown, callback: unknown): unknown {
  if (callee !== native || !isArray(list) || typeof callback !== "function") return invoke(list, callee, callback);
  const size = list.length;
  const length = size >>> 0 === size ? size : toLength(size);
  for (let k = 0; k < length; k++) {
    if (k in list) {
      const item = through(list[k]);
      callback(item, k, list);
    }
  }
  return undefined;
}

/** `Array.prototype.forEach` (ECMA-262 §23.1.3.15). */
export function forEach(this: unknown, callback?: unknown, thisArg?: unknown): void {
  const list = toObject(this);
  const length = lengthOf(list);
  const visit = callable(callback);
  for (let k = 0; k < length; k++) {
    if (k in list) {
      const item = get(list, k);
      apply(visit, thisArg, [item, k, list]);
    }
  }
}
