import { GreenletError, GreenletExit } from "./errors.ts";
import type { Frame } from "./frame.ts";
import type { AnyGreenlet } from "./greenlet.ts";
import { save } from "./save.ts";
import { flag, state, takeError, THROWN } from "./state.ts";
import { DEAD } from "./status.ts";
import { leave } from "./transfer.ts";

/**
 * Ends a greenlet as Python does when its last reference goes: GreenletExit is thrown into it, with the current greenlet
 * as its parent for as long as it takes to die.
 */
export function close(greenlet: AnyGreenlet): unknown {
  if (greenlet.$status === DEAD) return undefined;
  const parent = greenlet.$parent;
  if (greenlet !== state.turn.current) greenlet.parent = state.turn.current;
  let result: unknown;
  try {
    result = leave(greenlet, new GreenletExit(), 1, true);
  } catch (error) {
    greenlet.$parent = parent;
    throw error;
  }
  // A frame by hand: the rest of this function runs when control is back. Its label is inside a try.
  return flag[0] !== 0 ? save(result, closed, -1, greenlet, parent) : finished(greenlet, parent);
}

function closed(frame: Frame, value: unknown): void {
  const greenlet = frame.a as AnyGreenlet;
  if (value !== THROWN) return finished(greenlet, frame.b as AnyGreenlet);
  greenlet.$parent = frame.b as AnyGreenlet;
  throw takeError();
}

function finished(greenlet: AnyGreenlet, parent: AnyGreenlet | null): void {
  greenlet.$parent = parent;
  if (greenlet.$status !== DEAD) throw new GreenletError("survived", `GreenletExit did not kill ${greenlet}.`);
}
