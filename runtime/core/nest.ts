import { core } from "./core.ts";
import type { AnyGreenlet } from "./greenlet.ts";
import { turnBack } from "./host.ts";

const { $, state } = core;
const { S, state: flag } = $;

/** Keeps the greenlet below a nested one from being resumed: its native frames are still on the stack. */
const pin = new core.Frame(turnBack, -1, undefined, undefined, undefined);

/** True where `nest` may be used: where a switch is possible, and nobody wants to be told of it. */
export function canNest(): boolean {
  return !state.watched && state.barrier === null && flag[0] === 0;
}

/**
 * Starts a pending greenlet on top of the current one, on the same native stack: for a scheduler that would start it next
 * and come back here when it has ended. If it ends without having been suspended, nobody was unwound, and no trampoline ran.
 * @returns S when it was suspended: then the current greenlet has been left as well, and must return S. On the host's stack
 * that is what others have switched back with.
 * @throws what its body throws; nothing goes to its parent
 */
export function nest(greenlet: AnyGreenlet): unknown {
  const { driving, turn } = state;
  const { current } = turn;
  const frame = current.$frame;
  if (driving) current.$frame = pin;
  state.driving = state.running = true;
  turn.current = greenlet;
  let isOver = true;
  try {
    state.count = 0;
    const result = core.start(greenlet, undefined);
    isOver = flag[0] === 0;
    if (isOver) return result;
    if (result !== S && !core.isUnstarted(result)) throw core.swallowed();
    greenlet.$frame = turn.head;
    turn.head = turn.tail = null;
  } catch (error) {
    isOver = true;
    throw $.caughtExit(error);
  } finally {
    if (isOver) greenlet.$status = core.DEAD;
    turn.current = current;
    current.$frame = frame;
    state.driving = state.running = driving;
  }
  return driving ? S : onwards();
}

/** From the host's stack to where the greenlet has switched. */
function onwards(): unknown {
  flag[0] = 0;
  return core.drive();
}
