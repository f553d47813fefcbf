import { toAsync } from "./async.ts";
import { Closed } from "./errors.ts";
import { enqueue, type Turn } from "./loop/hub.ts";
import { List } from "./loop/list.ts";
import { Waiter } from "./loop/waiter.ts";
import type { Limit } from "./timeout.ts";

/** What `take` returns when the exchange is closed and has no more items. */
export const END: unique symbol = Symbol("end");

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
  /** @internal */ readonly $getters = new List<Waiter>();
  /** @internal */ readonly $putters = new List<Putter<T>>();
  /** @internal */ $scheduled = false;
  /** @internal */ $closed = false;

  /** @internal Matches getters and putters. */ abstract $match(): void;
  /** @internal Waits for an item. @throws when the limit was reached first */ abstract $take(
    limit?: Limit,
  ): T | typeof END;

  /** @internal */
  turn(): void {
    this.$scheduled = false;
    this.$match();
  }

  /** @internal Queues a pass. */ $schedule(): void {
    if (this.$scheduled) return;
    this.$scheduled = true;
    enqueue(this);
  }

  /** Waits for an item and takes it. @throws Closed at the end; Empty, or the Timeout given, when the limit was reached first */
  get(limit?: Limit): T {
    const item = this.$take(limit);
    if (item === END) throw new Closed();
    return item;
  }

  /** True after `close()`. */
  get closed(): boolean {
    return this.$closed;
  }

  /** Nothing can be put any more; what is there can still be taken, and then iteration ends. */
  close(): void {
    this.$closed = true;
    [...this.$getters].forEach((getter) => getter.wake(END));
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

class Items<T> implements Iterator<T, undefined>, Iterable<T> {
  readonly exchange: Exchange<T>;

  constructor(exchange: Exchange<T>) {
    this.exchange = exchange;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<T, undefined> {
    const item = this.exchange.$take();
    return item === END ? { done: true, value: undefined } : { done: false, value: item };
  }
}
