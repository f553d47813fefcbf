import { apply, callOf } from "./natives.ts";
import { isObject } from "./object.ts";

/**
 * Calls `callee` with `self` as `this`.
 * @throws TypeError, in the ordinary words, when `callee` is not callable
 */
export function call(callee: unknown, self: unknown, ...values: unknown[]): unknown {
  return callWith(callee, self, values);
}

// With a list of arguments, V8 can't see through to the function that is called, so few arguments are passed as such.

/** {@link call} without arguments. */
export function call0(callee: unknown, self: unknown): unknown {
  return callOf(callable(callee), self);
}

/** {@link call} with one argument. */
export function call1(callee: unknown, self: unknown, a: unknown): unknown {
  return callOf(callable(callee), self, a);
}

/** {@link call} with two arguments. */
export function call2(callee: unknown, self: unknown, a: unknown, b: unknown): unknown {
  return callOf(callable(callee), self, a, b);
}

/** {@link call} with three arguments. */
export function call3(callee: unknown, self: unknown, a: unknown, b: unknown, c: unknown): unknown {
  return callOf(callable(callee), self, a, b, c);
}

/** {@link call} with the arguments in an array. */
export function callWith(callee: unknown, self: unknown, values: unknown[]): unknown {
  return apply(callable(callee), self, values);
}

function callable(callee: unknown): Function {
  if (typeof callee === "function") return callee;
  throw new TypeError(`${describe(callee)} is not a function`);
}

/** A value as an error message names it, without running any of its code. */
export function describe(value: unknown): string {
  return isObject(value) ? typeof value : String(value);
}
