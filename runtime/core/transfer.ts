import { GreenletError, GreenletExit } from "./errors.ts";
import { swallowed } from "./foreign.ts";
import type { AnyGreenlet } from "./greenlet.ts";
import { flag, state } from "./state.ts";
import { S } from "./suspended.ts";
import { DEAD, STARTED } from "./status.ts";
import { drive } from "./trampoline.ts";

/**
 * Leaves the current greenlet for `target`.
 * On the host's stack this runs the trampoline and returns what comes back. In a greenlet it records the switch, raises
 * the flag and returns S: its compiled callers save their frames, and the trampoline below them does the rest.
 */
export function leave(target: AnyGreenlet, value: unknown, count: number, throwing: boolean): unknown {
  if (state.barrier !== null) throw state.barrier();
  if (flag[0] !== 0) throw swallowed();
  const { turn } = state;
  turn.value = value;
  if (throwing) state.throwing = true;
  turn.target = target.$status === STARTED ? target : destination(target, count);
  // Compared with `false`: V8 would take a bare `!` for a test of any value.
  if (state.driving === false) return drive();
  if (turn.target === turn.current) return stay();
  flag[0] = 1;
  return S;
}

/**
 * `greenlet`, or its nearest ancestor that lives: what is sent to the dead goes there. A GreenletExit thrown at a dead
 * greenlet, or leaving one, is a value from there on.
 */
export function living(greenlet: AnyGreenlet): AnyGreenlet {
  let target = greenlet;
  // The main greenlet ends every chain and never dies, so a dead greenlet has a parent.
  while (target.$status === DEAD) target = target.$parent!;
  if (target !== greenlet && state.throwing && state.turn.value instanceof GreenletExit) state.throwing = false;
  return target;
}

/** Where a switch to a greenlet goes that is dead or was not started. */
function destination(greenlet: AnyGreenlet, count: number): AnyGreenlet {
  const target = living(greenlet);
  state.count = count;
  if (target.$status === STARTED || target.$body !== null) return target;
  // A greenlet without a body can't be started: an error of the caller, and the greenlet stays as it is.
  state.throwing = false;
  throw noBody(target);
}

export function noBody(target: AnyGreenlet): GreenletError {
  return new GreenletError("no-run", `${target} has no run: give it one first.`);
}

/** A greenlet that switches to itself goes nowhere: the value comes straight back. */
function stay(): unknown {
  state.announce?.(state.turn.current, state.turn.current);
  const { value } = state.turn;
  const { throwing } = state;
  state.turn.value = undefined;
  state.turn.target = null;
  state.throwing = false;
  if (throwing) throw value;
  return value;
}
