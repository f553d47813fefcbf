import { apply } from "../calls.ts";
import { callable, toObject, type Indexed } from "../check.ts";
import { toLength } from "../coerce.ts";
import { isArray } from "../natives.ts";
import { invoke } from "../invoke.ts";
import { get, SUSPENDED, through } from "../through.ts";

const nativeFind = Array.prototype.find;
const nativeFindIndex = Array.prototype.findIndex;

/** `list.find(callback)` at a compiled call. Unlike its sisters, `find` also visits holes. */
export function findEntry(list: unknown, callee: unknown, callback: unknown): unknown {
  if (callee !== nativeFind || !isArray(list) || typeof callback !== "function") return invoke(list, callee, callback);
  const { length } = list;
  if (length >>> 0 !== length) return seek(list as never, length, callback, undefined, 1).item;
  for (let k = 0; k < length; k++) {
    let item = list[k];
    if (item === SUSPENDED) item = through(item);
    if (callback(item, k, list)) return item;
  }
  return undefined;
}

/** `list.findIndex(callback)` at a compiled call. */
export function findIndexEntry(list: unknown, callee: unknown, callback: unknown): unknown {
  if (callee !== nativeFindIndex || !isArray(list) || typeof callback !== "function") {
    return invoke(list, callee, callback);
  }
  const { length } = list;
  if (length >>> 0 !== length) return seek(list as never, length, callback, undefined, 1).index;
  for (let k = 0; k < length; k++) {
    let item = list[k];
    if (item === SUSPENDED) item = through(item);
    if (callback(item, k, list)) return k;
  }
  return -1;
}

/** `Array.prototype.find` (ECMA-262 §23.1.3.9). */
export function find(this: unknown, callback?: unknown, thisArg?: unknown): unknown {
  return seekIn(this, callback, thisArg, 1).item;
}

/** `Array.prototype.findIndex` (§23.1.3.10). */
export function findIndex(this: unknown, callback?: unknown, thisArg?: unknown): number {
  return seekIn(this, callback, thisArg, 1).index;
}

/** `Array.prototype.findLast` (§23.1.3.11). */
export function findLast(this: unknown, callback?: unknown, thisArg?: unknown): unknown {
  return seekIn(this, callback, thisArg, -1).item;
}

/** `Array.prototype.findLastIndex` (§23.1.3.12). */
export function findLastIndex(this: unknown, callback?: unknown, thisArg?: unknown): number {
  return seekIn(this, callback, thisArg, -1).index;
}

interface Found {
  readonly index: number;
  readonly item: unknown;
}

const NOTHING: Found = { index: -1, item: undefined };

function seekIn(self: unknown, callback: unknown, thisArg: unknown, by: 1 | -1): Found {
  const list = toObject(self);
  const length = get(list, "length");
  return seek(list, length, callback, thisArg, by);
}

/** FindViaPredicate (§23.1.3.12.1), forwards or backwards. */
function seek(list: Indexed, size: unknown, callback: unknown, thisArg: unknown, by: 1 | -1): Found {
  const length = toLength(size);
  const test = callable(callback);
  const end = by === 1 ? length : -1;
  for (let k = by === 1 ? 0 : length - 1; k !== end; k += by) {
    const item = get(list, k);
    if (apply(test, thisArg, [item, k, list])) return { index: k, item };
  }
  return NOTHING;
}
