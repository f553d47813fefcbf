import { apply } from "../calls.ts";
import { callable, toObject, type Callback, type Indexed } from "../check.ts";
import { toLength } from "../coerce.ts";
import { add, define, nothing } from "../define.ts";
import { isArray } from "../natives.ts";
import { invoke } from "../invoke.ts";
import { constructorOf, createLike, speciesOf } from "../species.ts";
import { get, SUSPENDED, through } from "../through.ts";

const native = Array.prototype.map;

/** `list.map(callback)` at a compiled call. */
export function mapEntry(list: unknown, callee: unknown, callback: unknown): unknown {
  if (callee !== native || !isArray(list) || typeof callback !== "function") return invoke(list, callee, callback);
  const { length } = list;
  if (length >>> 0 !== length) return mapFrom(list as never, length, callback, undefined);
  const { constructor } = list;
  if (constructor !== Array || Array[Symbol.species] !== Array) {
    return mapAs(list as never, length, constructor, callback as Callback, undefined);
  }
  const result: unknown[] = new Array(length);
  for (let k = 0; k < length; k++) {
    if (k in list) {
      let item = list[k];
      if (item === SUSPENDED) item = through(item);
      const value = callback(item, k, list);
      if (k in nothing) define(result as never, k, value);
      else result[k] = value;
    }
  }
  return result;
}

/** `Array.prototype.map` (ECMA-262 §23.1.3.21). */
export function map(this: unknown, callback?: unknown, thisArg?: unknown): unknown {
  const list = toObject(this);
  const length = get(list, "length");
  return mapFrom(list, length, callback, thisArg);
}

function mapFrom(list: Indexed, size: unknown, callback: unknown, thisArg: unknown): unknown {
  const length = toLength(size);
  const visit = callable(callback);
  const constructor = constructorOf(list);
  return mapAs(list, length, constructor, visit, thisArg);
}

function mapAs(list: Indexed, length: number, constructor: unknown, visit: Callback, thisArg: unknown): unknown {
  const species = speciesOf(constructor);
  const result = createLike(species, length);
  for (let k = 0; k < length; k++) {
    if (k in list) {
      const item = get(list, k);
      const value = apply(visit, thisArg, [item, k, list]);
      add(result, k, value, species === undefined);
    }
  }
  return result;
}
