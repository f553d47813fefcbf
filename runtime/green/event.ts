import { Links, type Source, type Target } from "./loop/links.ts";
import { isInTime, type Made } from "./loop/waiter.ts";
import { waitOn } from "./by-hand/park.ts";
import type { Limit } from "./timeout.ts";

/** A flag that greenlets wait for; everybody who waits when it is set is woken, even if it is cleared at once. */
export class Event implements Source {
  /** @internal */ $set = false;
  /** @internal */ readonly $links = new Links<this>(this, true);

  /** True between `set()` and `clear()`. */
  ready(): boolean {
    return this.$set;
  }

  /** Wakes everybody who waits; nobody runs before the caller waits or ends. */
  set(): void {
    this.$set = true;
    this.$links.signal();
  }

  clear(): void {
    this.$set = false;
  }

  /** Waits until it is set. @returns false when the limit was reached first */
  wait(limit?: Limit): boolean {
    return this.$await(limit, isInTime);
  }

  /** @internal */ $await<R>(limit: Limit, made: Made<R>): R {
    if (this.$set && !this.$links.busy) return made(undefined);
    return waitOn(this.$links, limit, made);
  }

  /** Calls `target` once, on the hub, when it is set. */
  rawLink(target: Target<this>): void {
    this.$links.link(target);
  }

  unlink(target: Target<this>): void {
    this.$links.unlink(target);
  }
}
