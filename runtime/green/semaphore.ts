import { after } from "./by-hand/after.ts";
import { ensure } from "./by-hand/ensure.ts";
import { GreenError } from "./errors.ts";
import { Links, type Source, type Target } from "./loop/links.ts";
import { isInTime } from "./loop/waiter.ts";
import { waitOn } from "./by-hand/park.ts";
import type { Limit } from "./timeout.ts";

/** Ends a `using` scope that holds something. */
class Hold implements Disposable {
  declare readonly lock: Lockable;

  constructor(lock: Lockable) {
    this.lock = lock;
  }

  [Symbol.dispose](): void {
    this.lock.release();
  }
}

/** What can be held by one greenlet after the other. */
export abstract class Lockable {
  /** @internal Those who wait for it. */ abstract readonly $links: Links;
  /** Takes it if it is free. */
  abstract tryAcquire(): boolean;
  abstract release(): void;

  /** Waits for it and takes it. @returns false, without it, when the limit was reached first */
  acquire(limit?: Limit): boolean {
    // Whoever was woken may find that a running greenlet was faster.
    return this.tryAcquire() || waitOn(this.$links, limit, (value) => isInTime(value) && this.acquire(limit));
  }

  /** Takes it until the end of the block: `using _ = lock.hold()`. */
  hold(): Disposable {
    return after(
      () => this.acquire(),
      () => new Hold(this),
    );
  }

  /** Runs `fn` while holding it. @returns what `fn` returns */
  with<T>(fn: () => T): T {
    return ensure(
      fn,
      () => this.release(),
      () => this.acquire(),
    );
  }
}

/**
 * `count` slots. Who waits gets one in the order of arrival, but a running greenlet may take a free slot before somebody
 * who was woken and has not run yet (as in gevent).
 */
export class Semaphore extends Lockable implements Source {
  /** Free slots. */
  count: number;
  /** @internal */ readonly $links: Links = new Links<Semaphore>(this);

  /** @throws RangeError when `count` is negative or not an integer */
  constructor(count = 1) {
    super();
    if (!(Number.isInteger(count) && count >= 0) && count !== Infinity)
      throw new RangeError(`A semaphore has 0 or more slots, not ${count}.`);
    this.count = count;
  }

  /** A slot is free. */
  ready(): boolean {
    return this.count > 0;
  }

  /** Takes a slot if one is free. */
  tryAcquire(): boolean {
    if (this.count === 0) return false;
    this.count--;
    return true;
  }

  /** Gives a slot back and wakes the first who waits. */
  release(): void {
    this.count++;
    this.$links.signal();
  }

  /** Waits until a slot is free, without taking it. @returns false when the limit was reached first */
  wait(limit?: Limit): boolean {
    return this.ready() || waitOn(this.$links, limit, isInTime);
  }

  /** Calls `target` once, on the hub, when a slot is free. */
  rawLink(target: Target<this>): void {
    this.$links.link(target as Target<Source>);
  }

  unlink(target: Target<this>): void {
    this.$links.unlink(target as Target<Source>);
  }
}

/** A semaphore that notices when more slots are given back than were taken. */
export class BoundedSemaphore extends Semaphore {
  /** @internal */ readonly $bound: number;

  constructor(count = 1) {
    super(count);
    this.$bound = count;
  }

  /** @throws GreenError `over-released` */
  override release(): void {
    if (this.count >= this.$bound) throw new GreenError("over-released", "The semaphore was released too many times.");
    super.release();
  }
}
