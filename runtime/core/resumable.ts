import { core } from "./core.ts";
import type { Frame } from "./frame.ts";

/** The body of a resumable function: every call that may switch is handed out as `yield () => call`. */
export type Steps<Result> = Generator<() => unknown, Result, unknown>;

/**
 * Makes a function that calls back resumable by hand, where it can't be compiled (a library that ships as it is):
 *
 *     const each = resumable(function* (list, visit) {
 *       for (const item of list) yield () => visit(item);
 *     });
 *
 * `yield` gives what the call returns and throws what it throws, so `try`, `finally` and loops work as ever. Only what is
 * handed out may switch. The greenlet protocol is the one of compiled code (docs/architecture.md).
 *
 * @param body a generator function; its parameters and its result are those of the function
 * @returns a plain function that runs it to its end
 */
export function resumable<This, Values extends unknown[], Result>(
  body: (this: This, ...values: Values) => Steps<Result>,
): (this: This, ...values: Values) => Result {
  return function (this: This, ...values: Values): Result {
    const steps = body.apply(this, values);
    return proceed(steps, steps.next()) as Result;
  };
}

/** Makes the calls that the body hands out, until it ends or one of them is suspended. */
function proceed(steps: Steps<unknown>, first: IteratorResult<() => unknown, unknown>): unknown {
  const { $, state } = core;
  const { below } = state;
  let step = first;
  while (!step.done) {
    let value: unknown;
    let failed = false;
    try {
      // Stress and development builds: what is handed out is called by code that can be suspended.
      state.turn.calling = true;
      state.below = below;
      value = (0, step.value)();
    } catch (error) {
      value = $.caughtExit(error);
      failed = true;
    }
    if ($.state[0] !== 0) return $.save(value, resume, -1, steps);
    step = failed ? steps.throw(value) : steps.next(value);
  }
  return step.value;
}

/** The call that the body waits for has come to its end. */
function resume(frame: Frame, value: unknown): unknown {
  const { $ } = core;
  const steps = frame.a as Steps<unknown>;
  return proceed(steps, value === $.thrown ? steps.throw($.error()) : steps.next(value));
}
