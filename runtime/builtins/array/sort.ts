import { callable, isObject, toObject, type Callback, type Indexed } from "../check.ts";
import { lengthOf } from "../coerce.ts";
import { defineItem } from "../define.ts";
import { callNative, deleteProperty } from "../natives.ts";
import { arrayOf } from "../species.ts";
import { get, set } from "../through.ts";
import { order } from "./order.ts";

const native = Array.prototype.sort;

/** `Array.prototype.sort` (ECMA-262 §23.1.3.30): holes go last, undefined before them, the rest in stable order. */
export function sort(this: unknown, compare?: unknown): unknown {
  const comparison = checkedComparison(compare);
  const list = toObject(this);
  const length = lengthOf(list);
  const items: unknown[] = [];
  for (let k = 0; k < length; k++) {
    if (k in list) {
      const item = get(list, k);
      defineItem(items, items.length, item);
    }
  }
  const sorted = sortedItems(items, comparison);
  for (let k = 0; k < sorted.length; k++) set(list, k, sorted[k]);
  removeRest(list, sorted.length, length);
  return list;
}

/** `Array.prototype.toSorted` (§23.1.3.34): a new plain array, in which holes are undefined. */
export function toSorted(this: unknown, compare?: unknown): unknown {
  const comparison = checkedComparison(compare);
  const list = toObject(this);
  const length = lengthOf(list);
  const items = arrayOf(length) as unknown as unknown[];
  for (let k = 0; k < length; k++) {
    const item = get(list, k);
    defineItem(items, k, item);
  }
  return sortedItems(items, comparison);
}

function checkedComparison(compare: unknown): Callback | undefined {
  return compare === undefined ? undefined : callable(compare);
}

/** As many holes at the end as there were before. */
function removeRest(list: Indexed, count: number, length: number): void {
  for (let k = count; k < length; k++) {
    if (k in list && !deleteProperty(list, k)) throw new TypeError(`Cannot delete property '${k}'`);
  }
}

/** `items` sorted: undefined last, the others by `compare`. */
export function sortedItems(items: unknown[], compare: Callback | undefined): unknown[] {
  const sorted: unknown[] = [];
  let objects = false;
  for (let k = 0; k < items.length; k++) {
    const item = items[k];
    if (item === undefined) continue;
    defineItem(sorted, sorted.length, item);
    if (isObject(item)) objects = true;
  }
  if (compare !== undefined || objects) order(sorted, compare);
  else callNative(native, sorted, []);
  while (sorted.length < items.length) defineItem(sorted, sorted.length, undefined);
  return sorted;
}
