import { after } from "./by-hand/after.ts";
import { ensure } from "./by-hand/ensure.ts";
import { Links, type Source } from "./loop/links.ts";
import { isInTime } from "./loop/waiter.ts";
import { waitOn } from "./by-hand/park.ts";
import { RLock } from "./rlock.ts";
import { Lockable } from "./semaphore.ts";
import { shield } from "./shield.ts";
import type { Limit } from "./timeout.ts";

/** A lock with a place to wait until somebody says that things have changed (Python's `threading.Condition`). */
export class Condition extends Lockable implements Source {
  /** @internal */ declare readonly $lock: RLock;
  /** @internal */ declare readonly $links: Links;
  /** @internal Those who wait to be notified. */ declare readonly $waiting: Links<this>;
  /** @internal Notifications that nobody has received yet. */ declare $due: number;

  /** @param lock one of its own by default */
  constructor(lock?: RLock) {
    super();
    this.$lock = lock ?? new RLock();
    this.$links = this.$lock.$links;
    this.$waiting = new Links<this>(this);
    this.$due = 0;
  }

  tryAcquire(): boolean {
    return this.$lock.tryAcquire();
  }

  release(): void {
    this.$lock.release();
  }

  /**
   * Releases the lock, waits to be notified, takes the lock again.
   * @returns false when the limit was reached first
   * @throws GreenError `not-owner` when the current greenlet does not hold the lock
   */
  wait(limit?: Limit): boolean {
    const depth = this.$lock.$releaseAll();
    // Those who were notified and left early (killed, late) leave no notification behind for others.
    if (this.$due > 0) this.$due = Math.min(this.$due, this.$waiting.count);
    // Whoever leaves, even killed, leaves with the lock: the code around this call will release it.
    return ensure(
      () => waitOn(this.$waiting, limit, (value) => this.$received(value)),
      () => shield(() => this.$lock.$reacquire(depth)),
    );
  }

  /** @internal */ $received(value: unknown): boolean {
    if (isInTime(value)) this.$due--;
    return isInTime(value);
  }

  /** Waits until `test()` is true, testing after every notification. @returns what the last test returned */
  waitFor<T>(test: () => T, limit?: Limit): T {
    return after(test, (result) =>
      result
        ? result
        : after(
            () => this.wait(limit),
            (notified) => (notified ? this.waitFor(test, limit) : result),
          ),
    );
  }

  /** @internal Somebody is to be woken. */
  ready(): boolean {
    return this.$due > 0;
  }

  /** Wakes the first `count` who wait; they go on when the lock is free. */
  notify(count = 1): void {
    this.$lock.$check();
    this.$due = Math.min(this.$due + count, this.$waiting.count);
    this.$waiting.signal();
  }

  /** Wakes everybody who waits. */
  notifyAll(): void {
    this.notify(Infinity);
  }
}
