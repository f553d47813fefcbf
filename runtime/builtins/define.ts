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

/** `define` for an array that this module made: nobody else has it, so an element can be assigned unless a prototype has one. */
export function defineItem(array: unknown[], index: number, value: unknown): void {
  if (index in array) define(array as unknown as Indexed, index, value);
  else array[index] = value;
}
