import { Iterating } from "./loop/iterating.ts";
import { after } from "./by-hand/after.ts";
import { collect } from "./by-hand/each.ts";
import { checkedDuration, hub } from "./loop/hub.ts";
import type { Source, Target } from "./loop/links.ts";
import { EXPIRED, Waiter } from "./loop/waiter.ts";
import { park } from "./by-hand/park.ts";
import { Timeout, type Limit } from "./timeout.ts";

/** What can be waited for together with others: Green, Event, AsyncResult, Semaphore. */
export interface Waitable extends Source {
  rawLink(target: Target<this>): void;
  unlink(target: Target<this>): void;
}

/** How to wait for several. */
export interface WaitOptions {
  /** How long to wait at most, in all. */
  timeout?: Limit;
  /** How many are enough. */
  count?: number | undefined;
}

/**
 * Hands out objects as they become ready; the consumer may wait between two of them. Leaving the loop early, or the end of
 * a `using` scope, takes the links back.
 */
class ReadyIterator<O extends Waitable> extends Iterating implements IterableIterator<O> {
  declare readonly objects: O[];
  declare readonly arrived: O[];
  declare waiter: Waiter | null;
  declare left: number;
  declare limit: Limit;
  /** By the hub's clock; NaN when the limit is not a number. */
  declare deadline: number;

  constructor(objects: O[], { timeout, count }: WaitOptions) {
    super();
    this.arrived = [];
    this.waiter = null;
    this.objects = objects;
    this.left = Math.min(count ?? Infinity, this.objects.length);
    this.limit = timeout;
    this.deadline = typeof timeout === "number" ? hub.now() + checkedDuration(timeout, "A time limit") : NaN;
    if (timeout instanceof Timeout && !timeout.pending) timeout.start();
    this.objects.forEach((object) => object.rawLink(this));
  }

  /** @internal On the hub: one more is ready. */
  notify(object: O): void {
    this.arrived.push(object);
    this.waiter?.finish(undefined);
  }

  next(): IteratorResult<O, undefined> {
    if (this.left === 0) return this.return();
    if (this.arrived.length === 0) return this.await();
    this.left--;
    return { done: false, value: this.arrived.shift()! };
  }

  await(): IteratorResult<O, undefined> {
    const waiter = (this.waiter = new Waiter(this));
    return park(waiter, this.remaining(), (value) => (value === EXPIRED ? this.return() : this.next()));
  }

  remaining(): Limit {
    return typeof this.limit === "number" ? Math.max(0, this.deadline - hub.now()) : this.limit;
  }

  return(): IteratorResult<O, undefined> {
    this.left = 0;
    if (this.limit instanceof Timeout) this.limit.cancel();
    this.objects.forEach((object) => object.unlink(this));
    this.objects.length = 0;
    return { done: true, value: undefined };
  }

  [Symbol.dispose](): void {
    this.return();
  }

  override toString(): string {
    return `${this.left} of ${this.objects.length} others`;
  }
}

/** An iterator over `objects` in the order in which they become ready; it ends early when the time is up. */
export function iwait<O extends Waitable>(
  objects: Iterable<O>,
  options: WaitOptions = {},
): IterableIterator<O> & Disposable {
  return after(
    () => collect(objects, same),
    (list) => new ReadyIterator(list, options),
  );
}

/** Waits until all are ready. @returns those that are, in the order in which they became ready */
export function waitAll<O extends Waitable>(objects: Iterable<O>, options: WaitOptions = {}): O[] {
  return gather(objects, options, same);
}

/** What `map` makes of each, in the order in which they become ready. */
export function gather<O extends Waitable, R>(objects: Iterable<O>, options: WaitOptions, map: (object: O) => R): R[] {
  return after(
    () => iwait(objects, options),
    (ready) => collect(ready, map),
  );
}

const same = <T>(value: T): T => value;
