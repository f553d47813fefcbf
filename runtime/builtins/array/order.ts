import type { Callback } from "../check.ts";
import { toNumber, toText } from "../coerce.ts";
import { defineItem } from "../define.ts";

// A stable merge sort in plain loops: runs of at most RUN items by insertion, then merges of neighbours. Items that are in
// order already cost one comparison each. Whatever the comparison says, and however often it switches, every item comes
// out exactly once.

const RUN = 12;

/** Sorts `items`, of which none is undefined, in place. */
export function order(items: unknown[], compare: Callback): void {
  const { length } = items;
  for (let start = 0; start < length; start += RUN) {
    insertionSort(items, start, start + RUN < length ? start + RUN : length, compare);
  }
  if (length > RUN) mergeRuns(items, compare);
}

/** Neighbours of `width` items become one sorted stretch, then of twice as many, from one array into the other and back. */
function mergeRuns(items: unknown[], compare: Callback): void {
  const { length } = items;
  let source = items;
  let target: unknown[] = [];
  for (let k = 0; k < length; k++) defineItem(target, k, items[k]);
  for (let width = RUN; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const middle = start + width < length ? start + width : length;
      const end = middle + width < length ? middle + width : length;
      merge(source, target, start, middle, end, compare);
    }
    const sorted = target;
    target = source;
    source = sorted;
  }
  if (source !== items) copy(source, items, 0, length);
}

/** source[start…middle) and source[middle…end) → target[start…end); equal items keep their order. */
function merge(
  source: unknown[],
  target: unknown[],
  start: number,
  middle: number,
  end: number,
  compare: Callback,
): void {
  if (middle === end || !isAfter(source[middle - 1], source[middle], compare)) {
    copy(source, target, start, end);
    return;
  }
  let left = start;
  let right = middle;
  for (let k = start; k < end; k++) {
    if (left === middle) target[k] = source[right++];
    else if (right === end || !isAfter(source[left], source[right], compare)) target[k] = source[left++];
    else target[k] = source[right++];
  }
}

function copy(source: unknown[], target: unknown[], start: number, end: number): void {
  for (let k = start; k < end; k++) target[k] = source[k];
}

/** items[start…end), each to its place among those before it. */
function insertionSort(items: unknown[], start: number, end: number, compare: Callback): void {
  for (let k = start + 1; k < end; k++) {
    const item = items[k];
    if (!isAfter(items[k - 1], item, compare)) continue;
    const place = placeOf(item, items, start, k - 1, compare);
    for (let hole = k; hole > place; hole--) items[hole] = items[hole - 1];
    items[place] = item;
  }
}

/** Where `item` belongs in items[low…high], after its equals. */
function placeOf(item: unknown, items: unknown[], low: number, high: number, compare: Callback): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAfter(items[middle], item, compare)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** CompareArrayElements (ECMA-262 §23.1.3.30.2) for two defined items: true when x belongs after y. */
function isAfter(x: unknown, y: unknown, compare: Callback): boolean {
  const answer = compare(x, y);
  if (typeof answer === "number") return answer > 0;
  const number = toNumber(answer);
  return number > 0;
}

/** The order of a sort without a comparison. */
export function byText(x: unknown, y: unknown): number {
  const xText = toText(x);
  const yText = toText(y);
  return xText > yText ? 1 : 0;
}
