import { Heap } from "./heap.ts";
import { Entry, List } from "./list.ts";

/** What a clock calls when its time has come, on the host's stack. */
export abstract class Timed extends Entry {
  /** False: waiting for it does not keep the program alive. */
  holds = true;
  abstract fire(): void;
}

/** Everybody who waits for the same millisecond, in the order of arming. */
class Bucket extends List<Timed> {
  readonly owner: Timers;
  constructor(owner: Timers) {
    super();
    this.owner = owner;
  }

  override remove(entry: Timed): void {
    super.remove(entry);
    this.owner.count(entry, -1);
  }
}

/**
 * Timers by the millisecond they are due at: 100,000 sleepers are a few thousand buckets and one host timer.
 *
 *     ticks (heap)  1003 1005 1009        buckets  1003 → a ⇄ b,  1005 → c,  1009 → (empty: all cancelled)
 */
export class Timers {
  declare readonly $ticks: Heap<number>;
  declare readonly $buckets: Map<number, Bucket>;
  /** A timer was armed, or was cancelled or fired, since the host was told when to wake us. */
  declare changed: boolean;
  /** How many of them keep the program alive. */
  declare holding: number;

  constructor() {
    this.$ticks = new Heap((a, b) => a < b);
    this.$buckets = new Map();
    this.changed = false;
    this.holding = 0;
  }

  /** Arms `timer` for the first whole millisecond at or after `at`. */
  arm(timer: Timed, at: number): void {
    const tick = Math.ceil(at);
    let bucket = this.$buckets.get(tick);
    if (bucket === undefined) {
      this.$buckets.set(tick, (bucket = new Bucket(this)));
      this.$ticks.push(tick);
    }
    bucket.push(timer);
    this.count(timer, 1);
  }

  count(timer: Timed, change: 1 | -1): void {
    this.changed = true;
    if (timer.holds) this.holding += change;
  }

  /** The millisecond of the earliest timer; Infinity when there is none. */
  next(): number {
    for (;;) {
      const tick = this.$ticks.peek();
      if (tick === undefined) return Infinity;
      if (!this.$buckets.get(tick)!.empty) return tick;
      this.$buckets.delete(this.$ticks.shift()!);
    }
  }

  /** Takes everything that is due at `now` out of the clock: a timer that is armed again meanwhile has its turn later. */
  due(now: number): List<Timed>[] {
    const due: List<Timed>[] = [];
    while (this.next() <= now) {
      const tick = this.$ticks.shift()!;
      due.push(this.$buckets.get(tick)!);
      this.$buckets.delete(tick);
    }
    return due;
  }

  *[Symbol.iterator](): Generator<Timed, void, undefined> {
    for (const bucket of this.$buckets.values()) yield* bucket;
  }
}
