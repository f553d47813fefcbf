import { Greenlet, resumable, type AnyGreenlet } from "../core/index.ts";
import { Green } from "./green.ts";
import { currentGreenlet, hub } from "./loop/hub.ts";
import { isInTime, Waiter } from "./loop/waiter.ts";
import { park } from "./by-hand/park.ts";
import { sleep } from "./sleep.ts";
import { joinAll, kill } from "./spawn.ts";

/**
 * Waits until nothing is ready, no timer runs and nobody waits for a promise or an event (gevent's `wait()`).
 * @param ms how long at most
 * @returns false when it took longer
 */
export function drain(ms = Infinity): boolean {
  const waiter = new Waiter("quiet");
  waiter.holds = false;
  hub.world.drainers.push(waiter);
  return park(waiter, ms, isInTime);
}

/** How `shutdown` goes about it. */
export interface ShutdownOptions {
  /** Milliseconds that the greenlets have to clean up. */
  grace?: number;
  /** What is thrown in them; a GreenletExit by default. */
  error?: unknown;
}

/**
 * Kills every greenlet that waits or is about to run, so that their `finally` blocks run, and those that are spawned
 * meanwhile. The caller is spared.
 * @returns a promise of whether all have ended within the grace
 */
export function shutdown({ grace = 5000, error }: ShutdownOptions = {}): Promise<boolean> {
  const caller = currentGreenlet();
  return new Green(() => end(new Set([caller, currentGreenlet()]), grace, error)).start().promise;
}

const end = resumable(function* (spared: Set<AnyGreenlet>, grace: number, error: unknown) {
  const deadline = hub.now() + grace;
  const struck = new Set<AnyGreenlet>();
  for (let left = living(spared); left.length > 0; left = living(spared)) {
    if (hub.now() >= deadline) return false;
    for (const greenlet of left) if (!struck.has(greenlet)) kill(greenlet, error);
    left.forEach((greenlet) => struck.add(greenlet));
    // Greens tell when they have ended; other greenlets have to be looked at again.
    const greens = left.filter((greenlet) => greenlet instanceof Green);
    yield () => (greens.length > 0 ? joinAll(greens, { timeout: deadline - hub.now() }) : sleep(1));
  }
  return true;
});

/** Every greenlet that is about to run, sleeps or waits. */
function living(spared: Set<AnyGreenlet>): AnyGreenlet[] {
  const { ready, timers, late, parked, roots } = hub.world;
  const places = [...ready.toArray(), ...timers, ...late, ...parked.waiters(), ...roots];
  const greenlets = new Set(places.map(ownerOf).filter((greenlet) => greenlet !== undefined));
  return [...greenlets].filter((greenlet) => !greenlet.dead && !spared.has(greenlet));
}

function ownerOf(place: object): AnyGreenlet | undefined {
  return place instanceof Greenlet ? (place as AnyGreenlet) : (place as { greenlet?: AnyGreenlet }).greenlet;
}

interface SignalHost {
  process?: {
    on(signal: string, listener: () => void): void;
    off(signal: string, listener: () => void): void;
    exit(code: number): never;
  };
}

/** What shells report for a program ended by the signal: 128 + its number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Lets the first of these signals shut the program down, with its `finally` blocks, and the second end it at once.
 * @returns what takes that back
 */
export function shutdownOn(
  signals: (keyof typeof EXIT_CODES)[] = ["SIGINT", "SIGTERM"],
  options: ShutdownOptions = {},
): () => void {
  const { process } = globalThis as SignalHost;
  let asked = false;
  const listeners = signals.map((signal) => {
    const exit = () => process?.exit(EXIT_CODES[signal]);
    const listener = () => {
      if (asked) exit();
      asked = true;
      void shutdown(options).then(exit, exit);
    };
    process?.on(signal, listener);
    return listener;
  });
  return () => signals.forEach((signal, index) => process?.off(signal, listeners[index]!));
}
