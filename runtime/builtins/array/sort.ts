import { core } from "../../core/core.ts";
import { isObject } from "../../core/object.ts";
import { callable, toObject, type Callback, type Indexed } from "../check.ts";
import { toLength } from "../coerce.ts";
import { defineItem } from "../define.ts";
import { invoke } from "../invoke.ts";
import { callNative, deleteProperty, isArray } from "../natives.ts";
import { arrayOf } from "../species.ts";
import { assign, get, set, SUSPENDED, through } from "../through.ts";
import { byText, order } from "./order.ts";

const { state } = core;
const nativeSort = Array.prototype.sort;

/** `list.sort(compare)` at a compiled call. */
export function sortEntry(list: unknown, callee: unknown, compare: unknown): unknown {
  if (callee !== nativeSort || !isArray(list) || typeof compare !== "function") return invoke(list, callee, compare);
  const { length } = list;
  if (length >>> 0 !== length) return sortFrom(list as never, length, marked(compare as Callback));
  const items: unknown[] = [];
  let count = 0;
  for (let k = 0; k < length; k++) {
    if (k in list) {
      let item = list[k];
      if (item === SUSPENDED) item = through(item);
      if (item !== undefined) defineItem(items, items.length, item);
      count++;
    }
  }
  order(items, compare as Callback);
  for (let k = 0; k < count; k++) assign(list, k, k < items.length ? items[k] : undefined);
  if (count < length) removeRest(list as never, count, length);
  return list;
}

/** `Array.prototype.sort` (ECMA-262 §23.1.3.30): holes go last, undefined before them, the rest in stable order. */
export function sort(this: unknown, compare?: unknown): unknown {
  const comparison = comparisonOf(compare);
  const list = toObject(this);
  const length = get(list, "length");
  return sortFrom(list, length, comparison);
}

function sortFrom(list: Indexed, size: unknown, compare: Callback): unknown {
  const length = toLength(size);
  const items: unknown[] = [];
  for (let k = 0; k < length; k++) {
    if (k in list) {
      const item = get(list, k);
      defineItem(items, items.length, item);
    }
  }
  const sorted = sortedItems(items, compare);
  for (let k = 0; k < sorted.length; k++) set(list, k, sorted[k]);
  removeRest(list, sorted.length, length);
  return list;
}

/** `Array.prototype.toSorted` (§23.1.3.34): a new plain array, in which holes are undefined. */
export function toSorted(this: unknown, compare?: unknown): unknown {
  const comparison = comparisonOf(compare);
  const list = toObject(this);
  const size = get(list, "length");
  const length = toLength(size);
  const items = arrayOf(length) as unknown as unknown[];
  for (let k = 0; k < length; k++) {
    const item = get(list, k);
    defineItem(items, k, item);
  }
  return sortedItems(items, comparison);
}

/** The order that a `sort` asks for. @throws TypeError for what can't be called */
function comparisonOf(compare: unknown): Callback {
  return compare === undefined ? byText : marked(callable(compare));
}

/** Stress and development builds: the comparison is called by code that can be suspended. */
export function marked(compare: Callback): Callback {
  return (x, y) => {
    state.turn.calling = compare;
    return compare(x, y);
  };
}

/** As many holes at the end as there were before. */
function removeRest(list: Indexed, count: number, length: number): void {
  for (let k = count; k < length; k++) {
    if (k in list && !deleteProperty(list, k)) throw new TypeError(`Cannot delete property '${k}'`);
  }
}

/** `items` sorted: undefined last, the others by `compare`. */
export function sortedItems(items: readonly unknown[], compare: Callback): unknown[] {
  const sorted: unknown[] = [];
  let objects = false;
  for (let k = 0; k < items.length; k++) {
    const item = items[k];
    if (item === undefined) continue;
    defineItem(sorted, sorted.length, item);
    if (isObject(item)) objects = true;
  }
  // Texts of primitive values run no code of the program.
  if (compare === byText && !objects) callNative(nativeSort, sorted, []);
  else order(sorted, compare);
  while (sorted.length < items.length) defineItem(sorted, sorted.length, undefined);
  return sorted;
}
