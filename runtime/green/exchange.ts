import { Iterating } from "./loop/iterating.ts";
import { toAsync } from "./async.ts";
import { Closed, Empty, Full } from "./errors.ts";
import { currentGreenlet, enqueue, hub, hubGreenlet, type Turn } from "./loop/hub.ts";
import { List } from "./loop/list.ts";
import { EXPIRED, Waiter } from "./loop/waiter.ts";
import { park } from "./by-hand/park.ts";
import { timedOut, type Limit } from "./timeout.ts";

/** In place of an item: there will be none any more. */
export const END: unique symbol = Symbol("end");

/** In place of an item: there is none now. */
export const NONE: unique symbol = Symbol("none");

/** Makes what a call returns, of an item or of the end. */
type Use<T, R> = (item: T | typeof END) => R;

/** Somebody who waits with an item in hand. */
export class Putter<T> extends Waiter {
  readonly item: T;

  constructor(on: unknown, item: T) {
    super(on);
    this.item = item;
  }
}

/**
 * Where some greenlets put items and others get them: what queues and channels have in common.
 * Hand-over happens in one pass on the hub (`turn`), in which getters and putters run one after the other, in the order of arrival.
 */
export abstract class Exchange<T> implements Turn, Iterable<T>, AsyncIterable<T> {
  /** @internal */ declare readonly $getters: List<Waiter>;
  /** @internal */ declare readonly $putters: List<Putter<T>>;
  /** @internal */ declare $scheduled: boolean;
  /** @internal */ declare $closed: boolean;

  constructor() {
    this.$getters = new List();
    this.$putters = new List();
    this.$scheduled = this.$closed = false;
  }

  /** @internal Matches getters and putters. */ abstract $match(): void;
  /** @internal What can be had without waiting. @param peeks it stays there */ abstract $poll(
    peeks: boolean,
  ): T | typeof END | typeof NONE;

  /** @internal */
  turn(): void {
    this.$scheduled = false;
    hub.world.leaf = false;
    this.$match();
  }

  /** @internal Queues a pass. */ $schedule(): void {
    if (this.$scheduled) return;
    this.$scheduled = true;
    enqueue(this);
  }

  /** @internal Waits for an item. @throws Empty, or the Timeout given, when the limit was reached first */ $take<R>(
    limit: Limit,
    use: Use<T, R>,
    peeks = false,
  ): R {
    const item = this.$poll(peeks);
    if (item !== NONE) return use(item);
    const getter = new Waiter(this);
    this.$getters.push(getter);
    if (this.$putters.first !== null) this.$schedule();
    return park(getter, limit, (value) => {
      if (value === EXPIRED) throw timedOut(limit, new Empty());
      return value === NONE ? this.$take(limit, use, peeks) : use(value as T);
    });
  }

  /** @internal Waits until somebody has taken the item. @throws Full, or the Timeout given, when nobody has in time */ $offer(
    item: T,
    limit: Limit,
  ): undefined {
    const putter = new Putter(this, item);
    this.$putters.push(putter);
    if (this.$getters.first !== null) this.$schedule();
    return park(putter, limit, (value) => {
      if (value === EXPIRED) throw timedOut(limit, new Full());
    }) as undefined;
  }

  /** Waits for an item and takes it. @throws Closed at the end; Empty, or the Timeout given, when the limit was reached first */
  get(limit?: Limit): T {
    return this.$take<T>(limit, orClosed);
  }

  /** True after `close()`. */
  get closed(): boolean {
    return this.$closed;
  }

  /** Nothing can be put any more; what is there can still be taken, and then iteration ends. */
  close(): void {
    this.$closed = true;
    [...this.$getters].forEach((getter) => getter.wake(NONE));
    [...this.$putters].forEach((putter) => putter.fail(new Closed()));
  }

  /** @internal */ $checkOpen(): void {
    if (this.$closed) throw new Closed();
  }

  /** Takes items until it is closed and empty. */
  [Symbol.iterator](): Iterator<T, undefined> & Iterable<T> {
    return new Items(this);
  }

  /** The same for async code. */
  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return toAsync(this)[Symbol.asyncIterator]();
  }
}

class Items<T> extends Iterating implements Iterator<T, undefined>, Iterable<T> {
  readonly exchange: Exchange<T>;

  constructor(exchange: Exchange<T>) {
    super();
    this.exchange = exchange;
  }

  next(): IteratorResult<T, undefined> {
    return this.exchange.$take<IteratorResult<T, undefined>>(undefined, orDone);
  }
}

export function orClosed<T>(item: T | typeof END): T {
  if (item === END) throw new Closed();
  return item;
}

function orDone<T>(item: T | typeof END): IteratorResult<T, undefined> {
  return item === END ? { done: true, value: undefined } : { done: false, value: item };
}

/** On the hub nobody can wait. */
export function isOnHub(): boolean {
  return currentGreenlet() === hubGreenlet;
}
