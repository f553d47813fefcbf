import { Empty, Full } from "./errors.ts";
import { END, Exchange, Putter } from "./exchange.ts";
import { currentGreenlet, hubGreenlet } from "./loop/hub.ts";
import { EXPIRED, Waiter } from "./loop/waiter.ts";
import { park } from "./park.ts";
import { timedOut, type Limit } from "./timeout.ts";

/** A meeting place that holds nothing: `put` waits until somebody has taken the item. */
export class Channel<T> extends Exchange<T> {
  /** Hands over an item. @throws Closed; Full, or the Timeout given, when nobody took it in time */
  put(item: T, limit?: Limit): void {
    this.$checkOpen();
    const putter = new Putter(this, item);
    this.$putters.push(putter);
    if (this.$getters.first !== null) this.$schedule();
    if (park(putter, limit) === EXPIRED) throw timedOut(limit, new Full("Nobody took the item in time."));
  }

  /** Hands over an item, if somebody waits for one. @throws Full when nobody does */
  putNowait(item: T): void {
    if (currentGreenlet() !== hubGreenlet) return this.put(item, 0);
    this.$checkOpen();
    const getter = this.$getters.shift();
    if (getter === null) throw new Full("Nobody waits for an item.");
    getter.finish(item);
  }

  /** Takes an item, if somebody holds one out. @throws Empty when nobody does */
  getNowait(): T {
    if (currentGreenlet() !== hubGreenlet) return this.get(0);
    const putter = this.$putters.shift();
    if (putter === null) throw new Empty("Nobody holds out an item.");
    putter.finish(undefined);
    return putter.item;
  }

  /** @internal */ $take(limit?: Limit): T | typeof END {
    if (this.$closed) return END;
    const getter = new Waiter(this);
    this.$getters.push(getter);
    if (this.$putters.first !== null) this.$schedule();
    const item = park(getter, limit);
    if (item === EXPIRED) throw timedOut(limit, new Empty("Nobody held out an item in time."));
    return item as T | typeof END;
  }

  /** @internal */ $match(): void {
    while (this.$getters.first !== null && this.$putters.first !== null) {
      const putter = this.$putters.shift()!;
      this.$getters.shift()!.finish(putter.item);
      putter.finish(undefined);
    }
  }
}
