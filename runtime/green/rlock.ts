import type { AnyGreenlet } from "../core/index.ts";
import { GreenError } from "./errors.ts";
import { currentGreenlet } from "./loop/hub.ts";
import { Lockable, Semaphore } from "./semaphore.ts";
import type { Limit } from "./timeout.ts";

/** A lock that its owner may take again; it is free when it was released as often. */
export class RLock extends Lockable {
  /** @internal */ declare readonly $slot: Semaphore;
  /** @internal */ declare $owner: AnyGreenlet | null;
  /** @internal */ declare $depth: number;

  constructor() {
    super();
    this.$slot = new Semaphore(1);
    this.$owner = null;
    this.$depth = 0;
  }

  /** Somebody holds it. */
  get locked(): boolean {
    return this.$depth > 0;
  }

  /** The current greenlet holds it. */
  get owned(): boolean {
    return this.$owner === currentGreenlet();
  }

  acquire(limit?: Limit): boolean {
    if (!this.owned && !this.$slot.acquire(limit)) return false;
    this.$take(1);
    return true;
  }

  /** Takes it if nobody else holds it. */
  tryAcquire(): boolean {
    if (!this.owned && !this.$slot.tryAcquire()) return false;
    this.$take(1);
    return true;
  }

  /** @throws GreenError `not-owner` */
  release(): void {
    this.$check();
    if (--this.$depth > 0) return;
    this.$owner = null;
    this.$slot.release();
  }

  /** @internal Lets go of it altogether. @returns how often it was taken */
  $releaseAll(): number {
    this.$check();
    const depth = this.$depth;
    this.$depth = 1;
    this.release();
    return depth;
  }

  /** @internal Takes it back as often as it was taken. */
  $reacquire(depth: number): void {
    this.$slot.acquire();
    this.$take(depth);
  }

  /** @internal */ $take(times: number): void {
    this.$owner = currentGreenlet();
    this.$depth += times;
  }

  /** @internal */ $check(): void {
    if (!this.owned)
      throw new GreenError("not-owner", "Only the greenlet that holds a lock can release it or wait on it.");
  }
}
