import { core } from "../core/core.ts";
import { $ } from "../language/install.ts";

const { state } = core;

// Calls of functions that the program supplies. `Reflect.apply` and `Reflect.construct` hand S through, and unlike
// `callee.call(…)` they read no property of the callee.

const applyNative = Reflect.apply as (callee: unknown, self: unknown, values: readonly unknown[]) => unknown;

/** Calls a function of the program: a suspension point. */
export function apply(callee: unknown, self: unknown, values: readonly unknown[]): unknown {
  // Stress and development builds: what is called is called by code that can be suspended.
  state.turn.calling = callee as Function;
  return applyNative(callee, self, values);
}

/** `new` of a constructor of the program: a suspension point. One that never mentions `this` leaves making the object to its caller. */
export function construct(callee: unknown, values: readonly unknown[], newTarget: unknown = callee): unknown {
  state.turn.calling = callee as Function;
  const result = $.constructFor(callee as Function, values, newTarget as Function);
  return $.made(result, newTarget as object);
}
