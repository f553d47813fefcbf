import { Full } from "./errors.ts";
import type { Green } from "./green.ts";
import { Group } from "./group.ts";
import { EXPIRED } from "./loop/waiter.ts";
import { waitOn } from "./by-hand/park.ts";
import { Semaphore } from "./semaphore.ts";
import type { Limit } from "./timeout.ts";

/** A group of limited size: adding or spawning another member waits for a free slot. */
export class Pool extends Group {
  /** @internal */ readonly $slots: Semaphore;

  /** @param size how many members at most; 0: none ever. @throws RangeError when it is negative or not an integer */
  constructor(size = Infinity) {
    super();
    this.$slots = new Semaphore(size);
  }

  /** Free slots. */
  get free(): number {
    return this.$slots.count;
  }

  get full(): boolean {
    return this.free === 0;
  }

  /** @internal */ override get $full(): boolean {
    return this.full;
  }

  /** @throws Full when no slot was free in time */
  override add(green: Green<unknown>, limit?: Limit): void {
    return this.$admit(green, limit, () => undefined);
  }

  /** @internal */ override $admit<R>(green: Green<unknown>, limit: Limit, then: () => R): R {
    if (this.$slots.tryAcquire()) return super.$admit(green, limit, then);
    return waitOn(this.$slots.$links, limit, (value) => {
      if (value === EXPIRED) throw new Full("The pool is full.");
      return this.$admit(green, limit, then);
    });
  }

  /** @internal */ override $release(): void {
    this.$slots.release();
  }

  /** Waits until a slot is free. @returns how many are */
  waitAvailable(limit?: Limit): number {
    return this.full ? waitOn(this.$slots.$links, limit, () => this.free) : this.free;
  }
}
