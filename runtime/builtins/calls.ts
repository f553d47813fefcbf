import { turn } from "../core/turn.ts";

// Calls of functions that the program supplies. `Reflect.apply` and `Reflect.construct` hand S through, and unlike
// `callee.call(…)` they read no property of the callee.

const applyNative = Reflect.apply as (callee: unknown, self: unknown, values: readonly unknown[]) => unknown;

/** Calls a function of the program: a suspension point. */
export function apply(callee: unknown, self: unknown, values: readonly unknown[]): unknown {
  // Stress and development builds: what is called is called by code that can be suspended.
  turn.calling = callee as Function;
  return applyNative(callee, self, values);
}

/** `new` of a constructor of the program: a suspension point. */
export const construct: (callee: unknown, values: readonly unknown[], newTarget?: unknown) => unknown =
  Reflect.construct as never;

/** `Reflect.get`: hands on what a getter returns, and S too. A suspension point. */
export const getVia: (object: object, key: PropertyKey, receiver: unknown) => unknown = Reflect.get;
