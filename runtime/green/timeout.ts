import { ensure, rescue } from "./by-hand/ensure.ts";
import { GreenError } from "./errors.ts";
import { currentGreenlet, arm, checkedDuration, disarm, hubGreenlet } from "./loop/hub.ts";
import { listen } from "./loop/listen.ts";
import { strike, strikeNow } from "./loop/strike.ts";
import { Timed } from "./loop/timers.ts";
import type { Parkable } from "./loop/waiter.ts";

/**
 * How long a blocking call may take: milliseconds, a Timeout (shared by several calls), or an AbortSignal. Without one it
 * takes as long as it takes. When it is reached, a call that returns whether it succeeded returns that; one that returns a
 * value throws. The reason of a signal is always thrown.
 */
export type Limit = number | Timeout | AbortSignal | null | undefined;

type ErrorClass = new () => Error;

/** Throws an error in a greenlet at its time. */
class Alarm extends Timed {
  readonly greenlet: Parkable = currentGreenlet();
  readonly error: unknown;
  /** Shields that were up already protect the code around us, not against us. */
  readonly level: number = this.greenlet.shield?.depth ?? 0;

  constructor(error: unknown) {
    super();
    this.error = error;
  }

  fire(): void {
    strikeNow(this.greenlet, this.error, this.level);
  }
}

/**
 * After `start()`, throws itself into the greenlet that started it, wherever that waits by then, unless cancelled before.
 * Code that never waits is never interrupted. Compare identities to know whose timeout was caught (gevent's `Timeout`).
 */
export class Timeout extends Error {
  /** Milliseconds; null: never. */
  declare readonly ms: number | null;
  /** @internal */ declare readonly $error: Error | ErrorClass | undefined;
  /** @internal */ declare $alarm: Alarm | null;

  /**
   * @param ms milliseconds; null or absent: it never fires
   * @param instead what is thrown in its place: an error or a class of errors; a string is added to the message
   * @throws RangeError for a negative duration, TypeError when `instead` is no error
   */
  constructor(ms?: number | null, instead?: string | Error | ErrorClass) {
    super(message(ms, instead));
    this.$alarm = null;
    this.ms = ms === undefined || ms === null ? null : checkedDuration(ms, "A timeout");
    this.$error = typeof instead === "string" ? undefined : checkedError(instead);
  }

  /** True between `start()` and its end. */
  get pending(): boolean {
    return this.$alarm !== null && this.$alarm.list !== null;
  }

  /**
   * Starts it, for the current greenlet.
   * @throws GreenError `in-use` when it is pending, `on-hub` on the host's stack
   */
  start(): this {
    if (this.pending) throw new GreenError("in-use", `${this} is pending already; cancel it first.`);
    if (currentGreenlet() === hubGreenlet)
      throw new GreenError("on-hub", "A timeout interrupts a greenlet; start it in one.");
    if (this.ms === null) return this;
    this.$alarm = new Alarm(this.$thrown());
    arm(this.$alarm, this.ms, true);
    return this;
  }

  /** It won't fire. It may be started again. */
  cancel(): void {
    if (this.$alarm !== null) disarm(this.$alarm);
  }

  /** Cancels it: `using timeout = new Timeout(100).start()`. */
  [Symbol.dispose](): void {
    this.cancel();
  }

  /** @internal */ $thrown(): Error {
    const error = this.$error;
    return error === undefined ? this : typeof error === "function" ? new error() : error;
  }
}

Timeout.prototype.name = "Timeout";

function message(ms: number | null | undefined, instead: unknown): string {
  const duration = ms === undefined || ms === null ? "no time limit" : `${ms} ms have passed`;
  return typeof instead === "string" ? `${duration}: ${instead}` : duration;
}

function checkedError(instead: Error | ErrorClass | undefined): Error | ErrorClass | undefined {
  if (instead === undefined || instead instanceof Error || typeof instead === "function") return instead;
  throw new TypeError(`A timeout can only throw an error or a class of errors, not ${String(instead)}.`);
}

/** Arms a Timeout (unless it is pending: then others share it) or a signal for the current greenlet. @returns what disarms it */
export function armLimit(limit: Timeout | AbortSignal): (() => void) | undefined {
  if (!(limit instanceof Timeout)) return armSignal(limit);
  if (limit.pending) return undefined;
  limit.start();
  return () => limit.cancel();
}

function armSignal(signal: AbortSignal): () => void {
  signal.throwIfAborted();
  const greenlet = currentGreenlet();
  return listen(signal, "abort", () => strike(greenlet, signal.reason));
}

/** What a call that returns a value throws when its limit was reached: the Timeout given, else `error`. */
export function timedOut(limit: Limit, error?: Error): Error {
  if (limit instanceof Timeout) return limit;
  return error ?? new Timeout(limit as number);
}

/**
 * Runs `fn`, for as long as `limit` allows.
 * @param limit milliseconds, a Timeout or an AbortSignal
 * @param fallback returned when the time was up; without one, the Timeout is thrown. Other timeouts pass through.
 * @returns what `fn` returns
 */
export function withTimeout<T, F = never>(limit: Limit, fn: () => T, ...fallback: [] | [fallback: F]): T | F {
  const own = typeof limit === "object" && limit !== null ? limit : new Timeout(limit);
  const release = armLimit(own) ?? (() => undefined);
  if (fallback.length === 0) return ensure(fn, release);
  const otherwise = (error: unknown): F => {
    if (error === own) return fallback[0] as F;
    throw error;
  };
  return rescue(() => ensure(fn, release), otherwise);
}
