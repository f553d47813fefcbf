import type { AnyGreenlet } from "../../core/index.ts";
import { currentGreenlet, enqueue, hub, type Turn } from "./hub.ts";
import type { Shield } from "./strike.ts";
import type { Limit } from "../timeout.ts";
import { Timed } from "./timers.ts";

/** What a wait returns when its time was up first. */
export const EXPIRED: unique symbol = Symbol("expired");

const WAITING = 0;
const READY = 1;
const OVER = 2;

/** A greenlet, and what it waits for at this moment. */
export type Parkable = AnyGreenlet & { waiting?: Waiter | null; shield?: Shield | null };

/**
 * What a blocking call returns.
 * @param value what the wait was ended with; EXPIRED when its limit was reached first
 */
export type Made<R> = (value: unknown) => R;

/** Of a call that says whether it succeeded. */
export function isInTime(value: unknown): boolean {
  return value !== EXPIRED;
}

/**
 * One wait of one greenlet. It ends exactly once: by `notify` or `fire` on the hub, which run the greenlet at once, by `wake`
 * or `fail` from anywhere, which queue it. It stands in a list of links or in the clock, and leaves it when the wait ends,
 * so that nobody is woken who does not wait.
 *
 *     WAITING ──wake──► READY ──turn──► OVER        fail replaces a wake-up that was not delivered yet
 */
export class Waiter extends Timed implements Turn {
  readonly greenlet: Parkable;
  /** What it waits for, for reports. */
  readonly on: unknown;
  phase: typeof WAITING | typeof READY | typeof OVER = WAITING;
  value: unknown = undefined;
  failed = false;
  /** How long it may take. */
  limit: Limit = undefined;
  /** Takes the limit back. */
  release: (() => void) | undefined = undefined;
  /** Makes what the blocking call returns. */
  made: Made<unknown> | undefined = undefined;
  /** Hub's debug mode: the stack of the wait. */
  declare stack?: string | undefined;

  constructor(on: unknown, greenlet: Parkable = currentGreenlet()) {
    super();
    this.on = on;
    this.greenlet = greenlet;
    if (hub.debug) this.stack = new Error("parked").stack;
  }

  get over(): boolean {
    return this.phase === OVER;
  }

  /** Ends the wait with `value`, in the greenlet's turn. @returns false when it had ended before */
  wake(value: unknown): boolean {
    if (this.phase !== WAITING) return false;
    this.$settle(value, false);
    enqueue(this);
    return true;
  }

  /** Ends the wait with an error, in the greenlet's turn; a value that is on its way is lost. */
  fail(error: unknown): void {
    const { phase } = this;
    if (phase === OVER) return;
    this.$settle(error, true);
    if (phase === WAITING) enqueue(this);
  }

  /** On the hub: ends the wait and runs the greenlet now. */
  notify(): void {
    this.finish(undefined);
  }

  /** On the hub, when a sleep is over. */
  fire(): void {
    this.finish(undefined);
  }

  /** On the hub: ends the wait with `value` and runs the greenlet now. */
  finish(value: unknown): void {
    if (this.phase !== WAITING) return;
    this.$settle(value, false);
    this.turn();
  }

  /** On the hub: ends the wait with an error and runs the greenlet now. */
  interrupt(error: unknown): void {
    const { phase } = this;
    this.fail(error);
    if (phase === WAITING && this.phase === READY) this.turn();
  }

  /** @internal Its turn on the hub: continues the greenlet. */
  turn(): void {
    if (this.phase !== READY) return;
    this.drop();
    this.greenlet.switch(this);
  }

  /** The wait is over, however it ended. */
  drop(): void {
    this.phase = OVER;
    this.leave();
    this.release?.();
    this.release = undefined;
    if (this.greenlet.waiting === this) this.greenlet.waiting = null;
  }

  /** What the blocking call returns. @throws what it throws */
  outcome(): unknown {
    const expired = this.failed && this.value === this.limit;
    if (this.failed && !expired) throw this.value;
    return this.made?.(expired ? EXPIRED : this.value);
  }

  /** @internal */ $settle(value: unknown, failed: boolean): void {
    this.leave();
    this.phase = READY;
    this.value = value;
    this.failed = failed;
  }

  override toString(): string {
    return this.greenlet.toString();
  }
}
