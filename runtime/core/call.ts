import { apply } from "./natives.ts";

/**
 * Calls `callee` with `self` as `this`.
 * @throws TypeError, in the ordinary words, when `callee` is not callable
 */
export function call(callee: unknown, self: unknown, ...values: unknown[]): unknown {
  return callWith(callee, self, values);
}

/** {@link call} with the arguments in an array. */
export function callWith(callee: unknown, self: unknown, values: unknown[]): unknown {
  if (typeof callee !== "function") throw new TypeError(`${describe(callee)} is not a function`);
  return apply(callee, self, values);
}

/** A value as an error message names it, without running any of its code. */
export function describe(value: unknown): string {
  if (typeof value === "object" && value !== null) return "object";
  return typeof value === "function" ? "function" : String(value);
}
