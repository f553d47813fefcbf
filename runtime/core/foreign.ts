import { GreenletError, GreenletExit } from "./errors.ts";
import type { Frame } from "./frame.ts";
import { builtinIn, placeOf } from "./place.ts";
import { flag, state, THROWN } from "./state.ts";
import { SUSPENDED } from "./super.ts";

// A switch below a frame that was not compiled can't be carried out: that frame would never run to its end. It is
// noticed where compiled code gets control back with the flag up and something else than S in its hands.

const WAY_OUT = "Compile it too, call a resumable version of it, or collect its results and switch afterwards.";

/** @param cause the exception that left the foreign frame, if one did: its stack names the frame */
export function foreignFrame(cause?: unknown): GreenletError {
  const witness = cause instanceof Error ? cause : new Error();
  const builtin = builtinIn(witness);
  const callee = builtin === undefined ? "a function that" : `${builtin}, which`;
  const place = placeOf(witness);
  const near = place === undefined ? "" : ` (at ${place})`;
  const message = `A switch can't be carried out below ${callee} is not compiled${near}. ${WAY_OUT}`;
  return new GreenletError("foreign-frame", message, cause === undefined ? undefined : { cause });
}

/** Cancels the switch in progress after compiled code was handed `result` instead of S; returns the error to throw. */
export function swallowed(): GreenletError {
  const error = foreignFrame();
  cancel(error);
  return error;
}

/**
 * Lets the frames collected so far see `error` at the switch that they are suspended at, so that their `catch` and
 * `finally` run. What comes out at the end has no receiver any more (the foreign frame went on with S): a value is
 * dropped, another error becomes the cause.
 */
export function cancel(error: GreenletError): void {
  const { barrier } = state;
  const { head } = state.turn;
  const last = state.turn.tail ?? head;
  flag[0] = 0;
  state.turn.head = state.turn.tail = state.turn.target = null;
  state.turn.value = undefined;
  state.throwing = false;
  state.barrier = () => foreignFrame();
  try {
    const outcome = head === null ? error : finish(head, last, error);
    if (outcome !== undefined && outcome !== error && error.cause === undefined) error.cause = outcome;
  } finally {
    state.barrier = barrier;
  }
}

/** Runs the frames to their end, starting with an error; returns the error that left the last one, undefined if none did. */
function finish(first: Frame, last: Frame | null, error: unknown): unknown {
  let throwing = true;
  let value = error;
  for (let frame: Frame | null = first, next; frame !== null; frame = frame === last ? null : next) {
    next = frame.next;
    try {
      if (!throwing) value = frame.resume(frame, value);
      else if (frame.label < 0) {
        state.error = value;
        value = frame.resume(frame, THROWN);
        throwing = false;
      }
    } catch (thrown) {
      value = thrown;
      throwing = true;
    }
  }
  return throwing ? value : undefined;
}

/** `RangeError: Maximum call stack size exceeded` (V8, JavaScriptCore) or `InternalError: too much recursion` (Firefox). */
function isStackOverflow(error: unknown): error is Error {
  return error instanceof Error && /call stack|recursion/i.test(error.message);
}

/**
 * An exception arrived with the flag up, so it left a foreign frame in the middle of a switch (`sort` coercing S, say).
 * Cancels the switch and returns the error that takes the exception's place; a stack overflow stays itself.
 */
export function interrupted(thrown: unknown): unknown {
  const error = foreignFrame(thrown);
  cancel(error);
  return isStackOverflow(thrown) ? thrown : error;
}

/** First thing in a finaliser, and in a `catch` clause that mentions GreenletExit: the error that is really there. */
export function caughtExit(error: unknown): unknown {
  if (flag[0] !== 0 && error === SUSPENDED) throw error;
  const actual = flag[0] !== 0 ? interrupted(error) : error;
  state.development?.seen(actual);
  return actual;
}

/**
 * First thing in any other `catch` clause of compiled code: `catch (error) { let e = $.caught(error); … }`.
 * A GreenletExit passes such a clause, as it passes `except Exception` in Python.
 */
export function caught(error: unknown): unknown {
  const actual = caughtExit(error);
  if (actual instanceof GreenletExit) throw actual;
  return actual;
}
