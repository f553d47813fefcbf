import { after } from "./by-hand/after.ts";
import { ensure } from "./by-hand/ensure.ts";
import { Green } from "./green.ts";
import { drain, hub, mayDrainHere, type World } from "./loop/hub.ts";
import { EXPIRED, Waiter, type Made } from "./loop/waiter.ts";
import { checkPlace, park } from "./by-hand/park.ts";
import { timedOut, type Limit } from "./timeout.ts";

/** Starts something that ends with a callback. @returns what is called when the wait is over, however it ended */
export type Starter<T> = (resolve: (value: T) => void, reject: (error: unknown) => void) => void | (() => void);

/** A wait that the outside ends. */
class OutsideWaiter extends Waiter {
  /** Where it is counted, until it is over. */
  world: World | null = hub.world;

  constructor(on: unknown) {
    super(on);
    hub.world.external++;
  }

  override drop(): void {
    if (this.world !== null) this.world.external--;
    this.world = null;
    super.drop();
  }

  /** On the bare host's stack, in a promise's reaction: the greenlet may go on right there. */
  settle(outcome: unknown, failed: boolean): void {
    const here = mayDrainHere();
    if (here) hub.world.scheduled = true;
    if (failed) this.fail(outcome);
    else this.wake(outcome);
    if (here) drain();
  }
}

/**
 * Parks the current greenlet, and only it, until a promise settles or the callback handed to `start` is called.
 *
 *     const page = wait(fetch(url));
 *     const bytes = wait<Buffer>((resolve, reject) => readFile(path, (error, data) => (error ? reject(error) : resolve(data))));
 *
 * @returns what the promise resolves to; anything else than a promise or a function comes back at once
 * @throws the reason of the rejection; a Timeout when `limit` was reached first; GreenError `on-hub` on the host's stack
 */
export function wait<T>(start: Starter<T>, limit?: Limit): T;
export function wait<T>(source: T | PromiseLike<T>, limit?: Limit): T;
export function wait<T>(source: T | PromiseLike<T> | Starter<T>, limit?: Limit): T {
  if (source instanceof Green) return source.get(limit) as T;
  if (typeof source === "function") return waitForCallback(source as Starter<T>, limit);
  if (!isThenable(source)) return source as T;
  const waiter = new OutsideWaiter("a promise");
  Promise.resolve(source).then(
    (value) => waiter.settle(value, false),
    (error) => waiter.settle(error, true),
  );
  return park(waiter, limit, within(limit)) as T;
}

/** True for a promise, and for whatever behaves like one. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

function waitForCallback<T>(start: Starter<T>, limit: Limit): T {
  const waiter = new OutsideWaiter("a callback");
  checkPlace(waiter);
  let finish: void | (() => void) = undefined;
  const begin = () =>
    start(
      (value) => void waiter.wake(value),
      (error) => waiter.fail(error),
    );
  const rest = (end: void | (() => void)) => {
    finish = end;
    return park(waiter, limit, within(limit)) as T;
  };
  return ensure(
    () => after(begin, rest),
    () => {
      waiter.drop();
      if (finish) return finish();
    },
  );
}

/** Made of what a wait was ended with. */
function within(limit: Limit): Made<unknown> {
  return (value) => {
    if (value === EXPIRED) throw timedOut(limit);
    return value;
  };
}
