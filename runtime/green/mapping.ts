import { Iterating } from "./loop/iterating.ts";
import { GreenletExit } from "../core/index.ts";
import { after } from "./by-hand/after.ts";
import { each } from "./by-hand/each.ts";
import { rescue } from "./by-hand/ensure.ts";
import { END } from "./exchange.ts";
import { Green } from "./green.ts";
import type { Group } from "./group.ts";
import { Queue } from "./queue.ts";
import { Semaphore } from "./semaphore.ts";

/** How many results are made in advance. */
export interface MapOptions {
  /** Results that nobody has asked for yet, at most. */
  ahead?: number;
}

/** How one item ended. */
interface Result<O> {
  index: number;
  value?: O;
  error?: unknown;
  failed: boolean;
}

/** The results of a task for every item, computed by the members of a group. A feeder hands them the items. */
export class Mapping<I, O> extends Iterating implements IterableIterator<O> {
  /** @internal */ readonly $results: Queue<Result<O>> = new Queue<Result<O>>();
  /** @internal Results that came before their turn. */ readonly $early: Map<number, Result<O>> = new Map();
  /** @internal */ readonly $ahead: Semaphore;
  /** @internal */ readonly $ordered: boolean;
  /** @internal */ readonly $feeder: Green<void>;
  /** @internal How many items are being worked on. */ $running = 0;
  /** @internal All items were handed out. */ $fed = false;
  /** @internal */ $next = 0;

  constructor(
    group: Group,
    task: (item: I) => O,
    items: Iterable<I>,
    ordered: boolean,
    { ahead = Infinity }: MapOptions = {},
  ) {
    super();
    this.$ordered = ordered;
    this.$ahead = new Semaphore(ahead);
    this.$feeder = new Green(() => this.$feed(group, task, items)).start();
  }

  /** @internal */ $feed(group: Group, task: (item: I) => O, items: Iterable<I>): void {
    let count = 0;
    const begin = (item: I) => {
      const index = count++;
      this.$running++;
      return after(
        () => group.spawn(() => task(item)),
        (green) => green.rawLink(() => this.$ended(index, green)),
      );
    };
    const feed = (item: I) =>
      after(
        () => this.$ahead.acquire(),
        () => begin(item),
      );
    const fail = (error: unknown) => {
      if (error instanceof GreenletExit) throw error;
      this.$results.putNowait({ index: count, error, failed: true });
    };
    const end = () => {
      this.$fed = true;
      this.$closeIfDone();
    };
    return after(() => rescue(() => each(items, feed), fail), end);
  }

  /** @internal */ $ended(index: number, green: Green<O>): void {
    this.$running--;
    if (this.$results.closed) return;
    const failed = !green.successful();
    this.$results.putNowait(
      failed ? { index, error: green.error, failed } : { index, value: green.value as O, failed },
    );
    this.$closeIfDone();
  }

  /** @internal */ $closeIfDone(): void {
    if (this.$fed && this.$running === 0) this.$results.close();
  }

  next(): IteratorResult<O, undefined> {
    const early = this.$early.get(this.$next);
    if (early !== undefined) return this.$deliver(early);
    return this.$results.$take<IteratorResult<O, undefined>>(undefined, (result) => {
      if (result === END) return { done: true, value: undefined };
      if (!this.$ordered || result.index === this.$next) return this.$deliver(result);
      this.$early.set(result.index, result);
      return this.next();
    });
  }

  /** @internal */ $deliver({ failed, error, value }: Result<O>): IteratorResult<O, undefined> {
    this.$early.delete(this.$next++);
    this.$ahead.release();
    if (failed) throw error;
    return { done: false, value: value as O };
  }

  /** Leaving early: no more items are handed out. */
  return(): IteratorResult<O, undefined> {
    this.$feeder.kill(undefined, { block: false });
    this.$results.close(true);
    return { done: true, value: undefined };
  }
}
