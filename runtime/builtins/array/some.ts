import { apply } from "../calls.ts";
import { callable, toObject } from "../check.ts";
import { lengthOf, toLength } from "../coerce.ts";
import { isArray } from "../natives.ts";
import { invoke } from "../invoke.ts";
import { get, through } from "../through.ts";

const nativeSome = Array.prototype.some;
const nativeEvery = Array.prototype.every;

/** `list.some(callback)` at a compiled call. */
export function someEntry(list: unknown, callee: unknown, callback: unknown): unknown {
  if (callee !== nativeSome || !isArray(list) || typeof callback !== "function") return invoke(list, callee, callback);
  const size = list.length;
  const length = size >>> 0 === size ? size : toLength(size);
  for (let k = 0; k < length; k++) {
    if (k in list) {
      const item = through(list[k]);
      if (callback(item, k, list)) return true;
    }
  }
  return false;
}

/** `list.every(callback)` at a compiled call. */
export function everyEntry(list: unknown, callee: unknown, callback: unknown): unknown {
  if (callee !== nativeEvery || !isArray(list) || typeof callback !== "function") return invoke(list, callee, callback);
  const size = list.length;
  const length = size >>> 0 === size ? size : toLength(size);
  for (let k = 0; k < length; k++) {
    if (k in list) {
      const item = through(list[k]);
      if (!callback(item, k, list)) return false;
    }
  }
  return true;
}

/** `Array.prototype.some` (ECMA-262 §23.1.3.29). */
export function some(this: unknown, callback?: unknown, thisArg?: unknown): boolean {
  return !everyIs(this, callback, thisArg, false);
}

/** `Array.prototype.every` (§23.1.3.6). */
export function every(this: unknown, callback?: unknown, thisArg?: unknown): boolean {
  return everyIs(this, callback, thisArg, true);
}

/** True when the callback says `wanted` of every item that is there. */
function everyIs(self: unknown, callback: unknown, thisArg: unknown, wanted: boolean): boolean {
  const list = toObject(self);
  const length = lengthOf(list);
  const test = callable(callback);
  for (let k = 0; k < length; k++) {
    if (k in list) {
      const item = get(list, k);
      const answer = apply(test, thisArg, [item, k, list]);
      if (Boolean(answer) !== wanted) return false;
    }
  }
  return true;
}
