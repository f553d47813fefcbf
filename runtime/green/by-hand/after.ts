import { core } from "../../core/core.ts";
import type { Frame } from "../../core/frame.ts";

// One thing after the other, where the first may wait. By hand, because a compiled function has a second body for that:
//
//     const list = collect(items); return f(list);      ──►      return after(() => collect(items), f);

const { $, state } = core;

/** @returns what `rest` makes of what `first` returns; both may wait */
export function after<T, R>(first: () => T, rest: (value: T) => R): R {
  const { below } = state;
  mark(first, below);
  const value = first();
  if ($.state[0] !== 0) return $.save(value, goOn, 1, rest) as R;
  mark(rest, below);
  return rest(value);
}

/** The frame of `after`: `first` has come to its end. */
function goOn({ a }: Frame, value: unknown): unknown {
  const rest = a as (value: unknown) => unknown;
  mark(rest, false);
  return rest(value);
}

/** Stress and development builds: `called`, if it was compiled for one, is called by code that can be suspended. */
function mark(called: Function, below: boolean): void {
  state.turn.calling = called;
  state.below = below;
}
