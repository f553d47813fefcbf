import { interrupted, swallowed } from "./foreign.ts";
import { Frame } from "./frame.ts";
import type { AnyGreenlet } from "./greenlet.ts";
import { turnBack } from "./host.ts";
import { flag, S, state } from "./state.ts";
import { DEAD, STARTED } from "./status.ts";
import { isUnstarted } from "./unstarted.ts";

/** Keeps the greenlet below a nested one from being resumed: its native frames are still on the stack. */
const pin = new Frame(turnBack, -1, undefined, undefined, undefined);

/** True where `nest` may be used: in a greenlet that could switch now, with nobody who wants to be told of it. */
export function canNest(): boolean {
  return state.driving && !state.watched && state.barrier === null && flag[0] === 0;
}

/**
 * Starts a pending greenlet on top of the current one, on the same native stack: for a scheduler that would start it next
 * and come back here when it has ended. If it ends without having been suspended, nobody was unwound.
 * @returns S when it was suspended: then the current greenlet has been left as well, and must return S
 * @throws what its body throws; nothing goes to its parent
 */
export function nest(greenlet: AnyGreenlet): unknown {
  const { turn } = state;
  const { current } = turn;
  const frame = current.$frame;
  const body = greenlet.$body!;
  greenlet.$status = STARTED;
  greenlet.$body = null;
  current.$frame = pin;
  turn.current = greenlet;
  // Stress and development builds: the body is entered as the trampoline would enter it.
  turn.calling = body;
  state.below = false;
  try {
    const result: unknown = body.call(greenlet);
    if (flag[0] === 0) greenlet.$status = DEAD;
    else if (result !== S && !isUnstarted(result)) throw swallowed();
    else {
      greenlet.$frame = turn.head;
      turn.head = turn.tail = null;
    }
    return result;
  } catch (error) {
    greenlet.$status = DEAD;
    throw flag[0] === 0 ? error : interrupted(error);
  } finally {
    turn.current = current;
    current.$frame = frame;
  }
}
