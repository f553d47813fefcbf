import { after } from "./by-hand/after.ts";
import type { AnyGreenlet } from "../core/index.ts";
import { GreenError } from "./errors.ts";
import { currentGreenlet } from "./loop/hub.ts";
import { Links, type Source } from "./loop/links.ts";
import { Lockable } from "./semaphore.ts";

/** A lock that its owner may take again; it is free when it was released as often. */
export class RLock extends Lockable implements Source {
  /** @internal */ declare readonly $links: Links;
  /** @internal */ declare $owner: AnyGreenlet | null;
  /** @internal */ declare $depth: number;

  constructor() {
    super();
    this.$links = new Links<RLock>(this);
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

  /** @internal Nobody holds it. */
  ready(): boolean {
    return this.$depth === 0;
  }

  /** Takes it if nobody else holds it. */
  tryAcquire(): boolean {
    if (this.locked && !this.owned) return false;
    this.$owner = currentGreenlet();
    this.$depth++;
    return true;
  }

  /** @throws GreenError `not-owner` */
  release(): void {
    this.$check();
    if (--this.$depth > 0) return;
    this.$owner = null;
    this.$links.signal();
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
    return after(
      () => this.acquire(),
      () => void (this.$depth = depth),
    );
  }

  /** @internal */ $check(): void {
    if (!this.owned)
      throw new GreenError("not-owner", "Only the greenlet that holds a lock can release it or wait on it.");
  }
}
