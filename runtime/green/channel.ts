import { Empty, Full } from "./errors.ts";
import { END, Exchange, isOnHub, NONE } from "./exchange.ts";
import type { Limit } from "./timeout.ts";

/** A meeting place that holds nothing: `put` waits until somebody has taken the item. */
export class Channel<T> extends Exchange<T> {
  /** Hands over an item. @throws Closed; Full, or the Timeout given, when nobody took it in time */
  put(item: T, limit?: Limit): void {
    this.$checkOpen();
    return this.$offer(item, limit);
  }

  /** Hands over an item, if somebody waits for one. @throws Full when nobody does */
  putNowait(item: T): void {
    if (!isOnHub()) return this.put(item, 0);
    this.$checkOpen();
    const getter = this.$getters.shift();
    if (getter === null) throw new Full();
    getter.finish(item);
  }

  /** Takes an item, if somebody holds one out. @throws Empty when nobody does */
  getNowait(): T {
    if (!isOnHub()) return this.get(0);
    const putter = this.$putters.shift();
    if (putter === null) throw new Empty();
    putter.finish(undefined);
    return putter.item;
  }

  /** @internal */ $poll(): typeof END | typeof NONE {
    return this.$closed ? END : NONE;
  }

  /** @internal */ $match(): void {
    while (this.$getters.first !== null && this.$putters.first !== null) {
      const putter = this.$putters.shift()!;
      this.$getters.shift()!.finish(putter.item);
      putter.finish(undefined);
    }
  }
}
