import { type Indexed } from "./check.ts";
import { defineProperty } from "./natives.ts";

/**
 * CreateDataPropertyOrThrow (ECMA-262 §7.3.6).
 * A property that is new, and that no prototype knows, comes out the same from an assignment, which is fast; but an
 * assignment would also go to a setter, and to the inherited one of an element.
 */
export function define(object: Indexed, key: PropertyKey, value: unknown): void {
  const created = defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  if (!created) throw new TypeError(`Cannot define property ${String(key)}`);
}

/** Has no elements of its own: what is found in it, a prototype has. */
export const nothing: readonly unknown[] = [];

/**
 * `define` for an element that an array of ours doesn't have yet. It can be assigned unless a prototype has one, and
 * asking an array that is always the same is quicker than asking arrays of all kinds.
 */
export function defineItem(array: unknown[], index: number, value: unknown): void {
  if (index in nothing) define(array as unknown as Indexed, index, value);
  else array[index] = value;
}

/** CreateDataPropertyOrThrow for a new item of what a method makes: an array of ours, or what a constructor of the program made. */
export function add(result: Indexed, index: number, value: unknown, isOurs: boolean): void {
  if (isOurs && !(index in nothing)) result[index] = value;
  else define(result, index, value);
}
