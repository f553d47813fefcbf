import { ensure } from "./by-hand/ensure.ts";
import { currentGreenlet } from "./loop/hub.ts";
import type { Shield } from "./loop/strike.ts";
import type { Parkable } from "./loop/waiter.ts";

/**
 * Runs `fn` protected: a kill, and a timeout that was started outside of it, wait until `fn` has ended and are thrown
 * then. Timeouts started inside work as usual.
 * @returns what `fn` returns
 */
export function shield<T>(fn: () => T): T {
  const greenlet: Parkable = currentGreenlet();
  const shield = (greenlet.shield ??= { depth: 0, deferred: null });
  shield.depth++;
  return ensure(fn, () => lower(shield));
}

/** Throws what was held back, if this was the shield that held it. */
function lower(shield: Shield): void {
  shield.depth--;
  const held = shield.deferred;
  if (held === null || shield.depth > held.level) return;
  shield.deferred = null;
  throw held.error;
}
