import { apply } from "../calls.ts";
import { callable, toObject, type Indexed } from "../check.ts";
import { toLength } from "../coerce.ts";
import { isArray } from "../natives.ts";
import { invoke } from "../invoke.ts";
import { get, SUSPENDED, through } from "../through.ts";

const nativeSome = Array.prototype.some;
const nativeEvery = Array.prototype.every;

/** `list.some(callback)` at a compiled call. */
export function someEntry(list: unknown, callee: unknown, callback: unknown): unknown {
  if (callee !== nativeSome || !isArray(list) || typeof callback !== "function") return invoke(list, callee, callback);
  const { length } = list;
  if (length >>> 0 !== length) return isFound(list as never, length, callback, undefined, true);
  for (let k = 0; k < length; k++) {
    if (k in list) {
      let item = list[k];
      if (item === SUSPENDED) item = through(item);
      if (callback(item, k, list)) return true;
    }
  }
  return false;
}

/** `list.every(callback)` at a compiled call. */
export function everyEntry(list: unknown, callee: unknown, callback: unknown): unknown {
  if (callee !== nativeEvery || !isArray(list) || typeof callback !== "function") return invoke(list, callee, callback);
  const { length } = list;
  if (length >>> 0 !== length) return !isFound(list as never, length, callback, undefined, false);
  for (let k = 0; k < length; k++) {
    if (k in list) {
      let item = list[k];
      if (item === SUSPENDED) item = through(item);
      if (!callback(item, k, list)) return false;
    }
  }
  return true;
}

/** `Array.prototype.some` (ECMA-262 §23.1.3.29). */
export function some(this: unknown, callback?: unknown, thisArg?: unknown): boolean {
  const list = toObject(this);
  const length = get(list, "length");
  return isFound(list, length, callback, thisArg, true);
}

/** `Array.prototype.every` (§23.1.3.6). */
export function every(this: unknown, callback?: unknown, thisArg?: unknown): boolean {
  const list = toObject(this);
  const length = get(list, "length");
  return !isFound(list, length, callback, thisArg, false);
}

/** True when the callback says `wanted` of an item that is there. */
function isFound(list: Indexed, size: unknown, callback: unknown, thisArg: unknown, wanted: boolean): boolean {
  const length = toLength(size);
  const test = callable(callback);
  for (let k = 0; k < length; k++) {
    if (k in list) {
      const item = get(list, k);
      const answer = apply(test, thisArg, [item, k, list]);
      if (Boolean(answer) === wanted) return true;
    }
  }
  return false;
}
