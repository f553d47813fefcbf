import { each } from "./by-hand/each.ts";
import { Empty, Full, GreenError } from "./errors.ts";
import { Event } from "./event.ts";
import { END, Exchange, isOnHub, NONE, orClosed, type Putter } from "./exchange.ts";
import { Fifo } from "./loop/fifo.ts";
import { Heap } from "./loop/heap.ts";
import type { Limit } from "./timeout.ts";

/** Where a queue keeps its items; decides which one leaves first. */
export interface Store<T> {
  readonly size: number;
  push(item: T): void;
  /** Takes the next item; called when there is one. */
  shift(): T | undefined;
  /** The next item; called when there is one. */
  peek(): T | undefined;
}

/** First in, first out, unless its store says otherwise. A getter with an item there, a putter with room, never waits. */
export class Queue<T> extends Exchange<T> {
  /** How many items it holds at most. */
  declare readonly capacity: number;
  /** @internal */ declare readonly $store: Store<T>;
  /** @internal Items that were put and not yet reported done. */ declare $unfinished: number;
  /** @internal */ declare readonly $finished: Event;

  /**
   * @param capacity 1 or more
   * @throws RangeError for another capacity; Full when there are more `items`
   */
  constructor(capacity = Infinity, items: Iterable<T> = [], store: Store<T> = new Fifo<T>()) {
    super();
    if (!(capacity >= 1)) throw new RangeError(`A queue holds 1 item or more, not ${capacity}; a Channel holds none.`);
    this.capacity = capacity;
    this.$store = store;
    this.$unfinished = 0;
    this.$finished = new Event();
    this.$finished.set();
    each(items, (item) => this.putNowait(item));
  }

  /** How many items are there. */
  get size(): number {
    return this.$store.size;
  }

  get empty(): boolean {
    return this.size === 0;
  }

  get full(): boolean {
    return this.size >= this.capacity;
  }

  /** Adds an item, when there is room. @throws Closed; Full, or the Timeout given, when the limit was reached first */
  put(item: T, limit?: Limit): void {
    this.$checkOpen();
    return this.$makeRoom() ? this.$add(item) : this.$offer(item, limit);
  }

  /** Adds an item. @throws Full when there is no room */
  putNowait(item: T): void {
    this.$checkOpen();
    if (!this.$makeRoom()) throw new Full();
    this.$add(item);
  }

  /** Takes the next item. @throws Empty when there is none */
  getNowait(): T {
    if (!this.$makeItem()) throw new Empty();
    return this.$remove();
  }

  /** Waits for an item and leaves it there. @throws like `get` */
  peek(limit?: Limit): T {
    return this.$take<T>(limit, orClosed, true);
  }

  /** The next item, which stays there. @throws Empty when there is none */
  peekNowait(): T {
    if (!this.$makeItem()) throw new Empty();
    return this.$store.peek() as T;
  }

  /** Says that the work on one item is done. @throws GreenError `over-released` when there were not as many items */
  taskDone(): void {
    if (this.$unfinished === 0) throw new GreenError("over-released", "taskDone() was called too many times.");
    if (--this.$unfinished === 0) this.$finished.set();
  }

  /** Waits until the work on every item is done. @returns false when the limit was reached first */
  join(limit?: Limit): boolean {
    return this.$finished.wait(limit);
  }

  /** @param drop forget the items too, as if they were done */
  override close(drop = false): void {
    while (drop && this.size > 0) {
      this.$store.shift();
      if (this.$unfinished > 0) this.taskDone();
    }
    super.close();
  }

  /** @internal */ $poll(peeks: boolean): T | typeof END | typeof NONE {
    if (this.size > 0) return peeks ? (this.$store.peek() as T) : this.$remove();
    return this.$closed ? END : NONE;
  }

  /** @internal */ $add(item: T): void {
    this.$store.push(item);
    if (this.$unfinished++ === 0) this.$finished.clear();
    if (this.$getters.first !== null) this.$schedule();
  }

  /** @internal */ $remove(): T {
    const item = this.$store.shift() as T;
    if (this.$putters.first !== null) this.$schedule();
    return item;
  }

  /** @internal On the hub, where nobody can wait, those who could make room get their turn first. */ $makeRoom(): boolean {
    if (this.full && isOnHub()) this.$match();
    return !this.full;
  }

  /** @internal The same for an item. */ $makeItem(): boolean {
    if (this.empty && isOnHub()) this.$match();
    return !this.empty;
  }

  /** @internal */ $match(): void {
    for (let busy = true; busy;) {
      busy = false;
      if (!this.full && this.$putters.first !== null) busy = this.$admit(this.$putters.shift()!);
      if (!this.empty && this.$getters.first !== null) {
        busy = true;
        this.$getters.shift()!.finish(NONE);
      }
    }
  }

  /** @internal Puts the item of somebody who waits; an error of the store is theirs. */ $admit(
    putter: Putter<T>,
  ): true {
    try {
      this.$add(putter.item);
    } catch (error) {
      putter.interrupt(error);
      return true;
    }
    putter.finish(undefined);
    return true;
  }
}

/** The top of a pile leaves first. */
class Stack<T> implements Store<T> {
  readonly items: T[] = [];

  get size(): number {
    return this.items.length;
  }

  push(item: T): void {
    this.items.push(item);
  }

  shift(): T | undefined {
    return this.items.pop();
  }

  peek(): T | undefined {
    return this.items[this.items.length - 1];
  }
}

/** Last in, first out. */
export class LifoQueue<T> extends Queue<T> {
  constructor(capacity?: number, items?: Iterable<T>) {
    super(capacity, items, new Stack<T>());
  }
}

/** The least leaves first. */
export class PriorityQueue<T> extends Queue<T> {
  /** @param before whether `a` leaves before `b`; by default `a < b`. It must not wait. */
  constructor(capacity?: number, items?: Iterable<T>, before: (a: T, b: T) => boolean = (a, b) => a < b) {
    super(capacity, items, new Heap<T>(before));
  }
}
