import { apply } from "../calls.ts";
import { callable, type Callback } from "../check.ts";
import { lengthNow, validate } from "./element.ts";

// Methods of `%TypedArray%.prototype` that only visit: the length is read once, elements that are gone are undefined.

/** `forEach` (ECMA-262 §23.2.3.15). */
export function forEach(this: unknown, callback?: unknown, thisArg?: unknown): void {
  const array = validate(this);
  const length = lengthNow(array);
  const visit = callable(callback);
  for (let k = 0; k < length; k++) apply(visit, thisArg, [array[k], k, array]);
}

/** `some` (§23.2.3.28). */
export function some(this: unknown, callback?: unknown, thisArg?: unknown): boolean {
  return !everyIs(this, callback, thisArg, false);
}

/** `every` (§23.2.3.8). */
export function every(this: unknown, callback?: unknown, thisArg?: unknown): boolean {
  return everyIs(this, callback, thisArg, true);
}

function everyIs(self: unknown, callback: unknown, thisArg: unknown, wanted: boolean): boolean {
  const array = validate(self);
  const length = lengthNow(array);
  const test = callable(callback);
  for (let k = 0; k < length; k++) {
    const answer = apply(test, thisArg, [array[k], k, array]);
    if (Boolean(answer) !== wanted) return false;
  }
  return true;
}

/** `find` (§23.2.3.11). */
export function find(this: unknown, callback?: unknown, thisArg?: unknown): unknown {
  return seek(this, callback, thisArg, 1).item;
}

/** `findIndex` (§23.2.3.12). */
export function findIndex(this: unknown, callback?: unknown, thisArg?: unknown): number {
  return seek(this, callback, thisArg, 1).index;
}

/** `findLast` (§23.2.3.13). */
export function findLast(this: unknown, callback?: unknown, thisArg?: unknown): unknown {
  return seek(this, callback, thisArg, -1).item;
}

/** `findLastIndex` (§23.2.3.14). */
export function findLastIndex(this: unknown, callback?: unknown, thisArg?: unknown): number {
  return seek(this, callback, thisArg, -1).index;
}

function seek(self: unknown, callback: unknown, thisArg: unknown, by: 1 | -1): { index: number; item: unknown } {
  const array = validate(self);
  const length = lengthNow(array);
  const test = callable(callback);
  const end = by === 1 ? length : -1;
  for (let k = by === 1 ? 0 : length - 1; k !== end; k += by) {
    const item = array[k];
    if (apply(test, thisArg, [item, k, array])) return { index: k, item };
  }
  return { index: -1, item: undefined };
}

/** `reduce` (§23.2.3.23). */
export function reduce(this: unknown, callback?: unknown, ...initial: unknown[]): unknown {
  return fold(this, callback, initial, 1);
}

/** `reduceRight` (§23.2.3.24). */
export function reduceRight(this: unknown, callback?: unknown, ...initial: unknown[]): unknown {
  return fold(this, callback, initial, -1);
}

function fold(self: unknown, callback: unknown, initial: readonly unknown[], by: 1 | -1): unknown {
  const array = validate(self);
  const length = lengthNow(array);
  const combine: Callback = callable(callback);
  const end = by === 1 ? length : -1;
  let k = by === 1 ? 0 : length - 1;
  if (initial.length === 0 && length === 0) throw new TypeError("Reduce of empty array with no initial value");
  let value = initial[0];
  if (initial.length === 0) {
    value = array[k];
    k += by;
  }
  for (; k !== end; k += by) value = apply(combine, undefined, [value, array[k], k, array]);
  return value;
}
