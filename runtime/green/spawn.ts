import type { AnyGreenlet } from "../core/index.ts";
import { after } from "./by-hand/after.ts";
import { each } from "./by-hand/each.ts";
import { Green, toError, type KillOptions, type SpawnOptions } from "./green.ts";
import { currentGreenlet, hubGreenlet } from "./loop/hub.ts";
import { strike } from "./loop/strike.ts";
import { gather } from "./ready.ts";
import { timedOut, type Limit } from "./timeout.ts";

/**
 * Queues `task` to run in a Green of its own; the caller goes on.
 * @throws TypeError, at once, when `task` is no function
 */
export function spawn<T, A extends unknown[] = []>(task: (...args: A) => T, options?: SpawnOptions<A>): Green<T> {
  return new Green<T>(task, options as SpawnOptions).start();
}

/** Like `spawn`, to start in `ms` milliseconds. */
export function spawnLater<T, A extends unknown[] = []>(
  ms: number,
  task: (...args: A) => T,
  options?: SpawnOptions<A>,
): Green<T> {
  return new Green<T>(task, options as SpawnOptions).startLater(ms);
}

/** How `joinAll` waits. */
export interface JoinOptions {
  /** How long to wait at most. */
  timeout?: Limit;
  /** Return when that many have ended. */
  count?: number;
  /** Throw the error of the first that fails, as soon as it does; the others run on. */
  raise?: boolean;
}

/** Waits until all have ended. @returns those that have, in the order of their end */
export function joinAll<T>(
  greens: Iterable<Green<T>>,
  { timeout, count, raise = false }: JoinOptions = {},
): Green<T>[] {
  return gather(greens, { timeout, count }, (green) => {
    if (raise && green.failure !== undefined) throw green.failure;
    return green;
  });
}

/**
 * Kills all of them, in order; by default waits until all have ended.
 * @throws Timeout when that took too long
 */
export function killAll(greens: Iterable<AnyGreenlet>, error?: unknown, options: KillOptions = {}): void {
  const { block = currentGreenlet() !== hubGreenlet, timeout } = options;
  const all = new Set<AnyGreenlet>();
  const killEach = () => {
    for (const greenlet of all) kill(greenlet, error);
    const waited = [...all].filter((greenlet) => greenlet instanceof Green);
    const check = ({ length }: unknown[]) => {
      if (length < waited.length) throw timedOut(timeout);
    };
    if (block) return after(() => joinAll(waited, { timeout }), check);
  };
  return after(() => each(greens, (greenlet) => void all.add(greenlet)), killEach);
}

/** Kills a greenlet of any kind without waiting: at its next wait when it has none now. */
export function kill(greenlet: AnyGreenlet, error?: unknown): void {
  if (greenlet instanceof Green) greenlet.kill(error, { block: false });
  else if (greenlet.started) strike(greenlet, toError(error));
  else greenlet.run = () => undefined;
}
