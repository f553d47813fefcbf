import { Iterating } from "./loop/iterating.ts";
import { listen, type Emitter, type EventSource } from "./loop/listen.ts";
import { after } from "./by-hand/after.ts";
import { wait } from "./wait.ts";
import type { Limit } from "./timeout.ts";

/** The errors of an emitter; none for an EventTarget, or when they are what is listened to. */
function listenForErrors(source: EventSource, type: string | symbol, listener: (error: unknown) => void): () => void {
  return "addEventListener" in source || type === "error" ? () => undefined : listen(source, "error", listener);
}

/**
 * Waits for the next event.
 * @returns the event of an EventTarget; what an EventEmitter emitted, as an array
 * @throws the error, when an EventEmitter emits `error` first; a Timeout when the limit was reached first
 */
export function once(source: EventTarget, type: string, limit?: Limit): globalThis.Event;
export function once(source: Emitter, type: string | symbol, limit?: Limit): unknown[];
export function once(source: EventSource, type: string | symbol, limit?: Limit): unknown {
  return wait((resolve, reject) => {
    const forget = listen(source, type, (...values) => resolve("addEventListener" in source ? values[0] : values));
    const forgetErrors = listenForErrors(source, type, reject);
    return () => {
      forget();
      forgetErrors();
    };
  }, limit);
}

/** Collects events until it is closed; iterating waits for the next one. */
export class Subscription<T> extends Iterating implements IterableIterator<T> {
  /** @internal */ declare readonly $events: T[];
  /** @internal */ declare readonly $forget: (() => void)[];
  /** @internal */ declare $failure: { error: unknown } | null;
  /** @internal */ declare $closed: boolean;
  /** @internal Wakes who waits for an event. */ declare $wake: () => void;

  constructor(source: EventSource, type: string | symbol, end: (string | symbol)[]) {
    super();
    const isTarget = "addEventListener" in source;
    this.$events = [];
    this.$failure = null;
    this.$closed = false;
    this.$wake = () => undefined;
    this.$forget = [
      listen(source, type, (...values) => this.$push((isTarget ? values[0] : values) as T)),
      listenForErrors(source, type, (error) => this.$end({ error })),
      ...end.map((name) => listen(source, name, () => this.$end(null))),
    ];
  }

  /** @internal */ $push(event: T): void {
    this.$events.push(event);
    this.$wake();
  }

  /** @internal Events that are here already are still handed out. */ $end(failure: { error: unknown } | null): void {
    this.$closed = true;
    this.$failure ??= failure;
    this.$forget.forEach((forget) => forget());
    this.$wake();
  }

  next(): IteratorResult<T, undefined> {
    if (this.$events.length > 0) return { done: false, value: this.$events.shift()! };
    if (this.$failure !== null) throw this.$failure.error;
    if (this.$closed) return { done: true, value: undefined };
    return after(
      () => wait<void>((resolve) => void (this.$wake = resolve)),
      () => this.next(),
    );
  }

  return(): IteratorResult<T, undefined> {
    this.$events.length = 0;
    this.$end(null);
    return { done: true, value: undefined };
  }

  [Symbol.dispose](): void {
    this.return();
  }
}

/**
 * All events from now on, as an iterable: `for (const [socket] of on(server, "connection")) …`. Leaving the loop ends the
 * subscription. An EventEmitter's `error` is thrown after the events before it.
 * @param end events that end the iteration
 */
export function on(source: EventTarget, type: string, end?: string[]): Subscription<globalThis.Event>;
export function on(source: Emitter, type: string | symbol, end?: (string | symbol)[]): Subscription<unknown[]>;
export function on(source: EventSource, type: string | symbol, end: (string | symbol)[] = []): Subscription<never> {
  return new Subscription<never>(source, type, end);
}
