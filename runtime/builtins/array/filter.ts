import { apply } from "../calls.ts";
import { callable, toObject, type Callback, type Indexed } from "../check.ts";
import { toLength } from "../coerce.ts";
import { add, defineItem } from "../define.ts";
import { isArray } from "../natives.ts";
import { invoke } from "../invoke.ts";
import { constructorOf, createLike, speciesOf } from "../species.ts";
import { get, SUSPENDED, through } from "../through.ts";

const native = Array.prototype.filter;

/** `list.filter(callback)` at a compiled call. */
export function filterEntry(list: unknown, callee: unknown, callback: unknown): unknown {
  if (callee !== native || !isArray(list) || typeof callback !== "function") return invoke(list, callee, callback);
  const { length } = list;
  if (length >>> 0 !== length) return filterFrom(list as never, length, callback, undefined);
  const { constructor } = list;
  if (constructor !== Array || Array[Symbol.species] !== Array) {
    return filterAs(list as never, length, constructor, callback as Callback, undefined);
  }
  const result: unknown[] = [];
  let count = 0;
  for (let k = 0; k < length; k++) {
    if (k in list) {
      let item = list[k];
      if (item === SUSPENDED) item = through(item);
      if (callback(item, k, list)) defineItem(result, count++, item);
    }
  }
  return result;
}

/** `Array.prototype.filter` (ECMA-262 §23.1.3.8). */
export function filter(this: unknown, callback?: unknown, thisArg?: unknown): unknown {
  const list = toObject(this);
  const length = get(list, "length");
  return filterFrom(list, length, callback, thisArg);
}

function filterFrom(list: Indexed, size: unknown, callback: unknown, thisArg: unknown): unknown {
  const length = toLength(size);
  const visit = callable(callback);
  const constructor = constructorOf(list);
  return filterAs(list, length, constructor, visit, thisArg);
}

function filterAs(list: Indexed, length: number, constructor: unknown, visit: Callback, thisArg: unknown): unknown {
  const species = speciesOf(constructor);
  const result = createLike(species, 0);
  let count = 0;
  for (let k = 0; k < length; k++) {
    if (k in list) {
      const item = get(list, k);
      if (apply(visit, thisArg, [item, k, list])) add(result, count++, item, species === undefined);
    }
  }
  return result;
}
