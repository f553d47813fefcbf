import { enqueue, type Turn } from "./hub.ts";
import type { Parkable } from "./waiter.ts";

/** What a greenlet carries while `shield` protects it. */
export interface Shield {
  depth: number;
  /** What it will be told when the depth is down to `level` again. */
  deferred: { error: unknown; level: number } | null;
}

/** True when the error has to wait until the shields above `level` are gone. */
function deferred({ shield }: Parkable, error: unknown, level: number): boolean {
  if (!shield || shield.depth <= level) return false;
  if (shield.deferred === null || level < shield.deferred.level) shield.deferred = { error, level };
  return true;
}

/** Waits in the queue with an error for a greenlet. */
class Strike implements Turn {
  readonly greenlet: Parkable;
  readonly error: unknown;

  constructor(greenlet: Parkable, error: unknown) {
    this.greenlet = greenlet;
    this.error = error;
  }

  turn(): void {
    strikeNow(this.greenlet, this.error);
  }
}

/** Throws `error` in `target` where it waits, in its turn; one that does not wait gets it at its next wait. */
export function strike(target: Parkable, error: unknown): void {
  if (target.dead || deferred(target, error, 0)) return;
  if (target.waiting) target.waiting.fail(error);
  else enqueue(new Strike(target, error));
}

/**
 * On the hub: throws `error` in `target` where it is suspended.
 * @param level how many shields of the target do not matter
 */
export function strikeNow(target: Parkable, error: unknown, level = 0): void {
  if (target.dead || deferred(target, error, level)) return;
  if (target.waiting) target.waiting.interrupt(error);
  else target.throw(error);
}
