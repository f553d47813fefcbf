import { core } from "./core.ts";
import type { Frame } from "./frame.ts";

/**
 * A callback for code that can't be compiled and calls back at once: inside of it, switches work as they do on the host's
 * own stack. The greenlet that was running when the callback began is its root: a switch runs other greenlets on top of
 * the foreign frame until one of them switches back to the root.
 *
 *     foreignSort(list, host((a, b) => ask(a, b)));
 *
 * What lies below the foreign frame has to wait: a switch to the main greenlet (or a greenlet that ends there) before the
 * callback has returned arrives in the root as a GreenletError `foreign-frame`, with what was sent as its `cause`.
 * May be entered again while it runs.
 *
 * @param callback what the foreign code calls
 * @returns a function that does the same, to be handed to the foreign code
 */
export function host<This, Values extends unknown[], Result>(
  callback: (this: This, ...values: Values) => Result,
): (this: This, ...values: Values) => Result {
  return function (this: This, ...values: Values): Result {
    const { $, state, swallowed } = core;
    if ($.state[0] !== 0) throw swallowed();
    return state.driving ? runAsRoot(() => callback.apply(this, values)) : callback.apply(this, values);
  };
}

/** The current greenlet plays the part of the main one; the real one must not be resumed in the meantime. */
function runAsRoot<Result>(body: () => Result): Result {
  const { state } = core;
  const { below, main, running, turn } = state;
  const { current } = turn;
  const pin = new core.Frame(turnBack, -1, undefined, undefined, undefined);
  pin.next = main.$frame;
  main.$frame = pin;
  state.main = current;
  state.driving = state.running = false;
  // Stress and development builds: from here on nothing foreign is below.
  turn.calling = true;
  state.below = false;
  try {
    return body();
  } finally {
    state.main = main;
    state.below = below;
    // The trampoline below holds on to the turn that it began with.
    state.turn = turn;
    turn.current = current;
    state.driving = true;
    state.running = running;
    main.$frame = pin.next;
  }
}

/** Stands on the stack of a greenlet that can't be resumed: sends an error to the root, and stays where it is. */
export function turnBack(frame: Frame, value: unknown): unknown {
  const { $, state } = core;
  const cause = value === $.thrown ? $.error() : value;
  const error = new core.GreenletError(
    "foreign-frame",
    "A greenlet below a callback of host() can't be resumed before that callback has returned.",
    { cause },
  );
  return $.resave(state.main.throw(error), frame, -1);
}
