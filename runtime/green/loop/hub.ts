import { getCurrent, type AnyGreenlet } from "../../core/index.ts";
import { checkedFunction } from "../errors.ts";
import type { Failed } from "./failures.ts";
import { Fifo } from "./fifo.ts";
import { RealHost, type Host } from "./host.ts";
import { List } from "./list.ts";
import { ParkedRegistry } from "./parked.ts";
import { Timers, type Timed } from "./timers.ts";
import type { Waiter } from "./waiter.ts";

// The hub is the host's stack: whatever runs there (these functions, event listeners, promise reactions) must not wait.
//
//     signal ──► ready (one FIFO) ──drain──► greenlets run, and signal …        until it is empty or 5 ms have passed
//     clock  ──► due timers ───────fire────► greenlets run directly, then drain
//
// Whoever signals goes on running: nothing here switches but `turn` and `fire`, and they are called from the host only.

/** Something that waits in the hub's queue. */
export interface Turn {
  /** Called on the host's stack when its turn has come. */
  turn(): void;
}

/** Waiting turns; tests put one in its place that picks at random. */
export interface Ready {
  readonly size: number;
  push(turn: Turn): void;
  shift(): Turn | undefined;
  /** What `shift` would take, when there is only one. */
  peek(): Turn | undefined;
  toArray(): Turn[];
}

/** A function that waits in the hub's queue. */
export class Callback implements Turn {
  /** @internal */ $run: (() => void) | null;

  constructor(run: () => void) {
    this.$run = checkedFunction(run, "A callback of the hub");
  }

  /** True until it has run or was stopped. */
  get pending(): boolean {
    return this.$run !== null;
  }

  /** It will not run any more. */
  stop(): void {
    this.$run = null;
  }

  /** @internal */
  turn(): void {
    const run = this.$run;
    this.$run = null;
    hub.world.leaf = false;
    run?.();
  }
}

/** Everything that happens now or later: there is one such world, and one more for every simulation. */
export class World {
  readonly ready: Ready;
  readonly host: Host;
  readonly timers = new Timers();
  /** Timeouts: they run after everything else that is due at the same moment. */
  readonly late = new Timers();
  readonly parked = new ParkedRegistry();
  /** Greens that `run` started and that have not ended: async code waits for them, so they are kept alive, and told of a deadlock. */
  readonly roots = new Set<AnyGreenlet>();
  /** Errors that nobody has seen yet. */
  readonly unseen: Failed[] = [];
  /** Those who wait until nothing happens any more. */
  readonly drainers = new List<Waiter>();
  /** How many waits something outside will end: promises, callbacks. */
  external = 0;
  draining = false;
  /** A drain is on its way. */
  scheduled = false;
  /** When the host last gave its timers and I/O a turn before us. */
  turned = 0;
  /** How many turns there were: the clock is read at some of them. */
  turns = 0;
  /** The budget is spent: timers and I/O come next. */
  spent = true;
  /** When the greenlet that runs now waits, the hub has nothing else to do than to begin the next turn. */
  leaf = false;

  constructor(ready: Ready, host: Host) {
    this.ready = ready;
    this.host = host;
  }
}

/** The event loop's side of this library, and its settings. */
class Hub {
  /** Milliseconds that ready greenlets may run before timers and I/O get their turn. */
  budget = 5;
  /** Keep the stack of every spawn and of every wait, for the report of a deadlock; costs microseconds each. */
  debug = false;
  /**
   * Told of every error that nobody else will see: of a greenlet that nobody joined, linked or read, of a link, of a callback.
   * @param context what failed
   */
  onError: (error: unknown, context: unknown) => void = (error, context) => {
    console.error(`${String(context)} failed with`, error);
  };

  /** @internal Simulations put their own in its place. */ world = new World(new Fifo<Turn>(), new RealHost());

  /** Runs `run` on the hub, in its turn. It must not wait. */
  callback(run: () => void): Callback {
    const callback = new Callback(run);
    enqueue(callback);
    return callback;
  }

  /** Milliseconds by the hub's clock: virtual in a simulation. */
  now(): number {
    return this.world.host.now();
  }

  toString(): string {
    return "hub";
  }
}

export type { Hub };

/** The one hub of the program. */
export const hub: Hub = new Hub();

function root(greenlet: AnyGreenlet): AnyGreenlet {
  return greenlet.parent === null ? greenlet : root(greenlet.parent);
}

/** The greenlet that the hub runs in: the main one, on the host's own stack. */
export const hubGreenlet: AnyGreenlet = root(getCurrent());

/** The greenlet whose code is running; the hub's own when that is the host's. */
export function currentGreenlet(): AnyGreenlet {
  return getCurrent();
}

/** Puts `turn` at the end of the queue. */
export function enqueue(turn: Turn): void {
  hub.world.ready.push(turn);
  if (!hub.world.draining && !hub.world.scheduled) schedule();
}

/**
 * Sees to it that the queue is drained: at once when timers and I/O had a turn in the last few milliseconds, else after
 * they had one. So a wait for a promise costs no more than `await`, and nobody starves.
 */
function schedule(): void {
  if (!mayDrainHere()) return scheduleLater();
  hub.world.scheduled = true;
  hub.world.host.soon(drain);
}

/** True when ready greenlets may run within the host's current call, provided that nothing but the host is below. */
export function mayDrainHere(): boolean {
  const { world } = hub;
  return !world.draining && !world.scheduled && isWithinBudget();
}

/** Timers and I/O had a turn within the budget. Reading the clock costs as much as a turn, so that is done at every 32nd only. */
export function isWithinBudget(): boolean {
  const { world } = hub;
  if ((++world.turns & 31) === 0 && !world.spent) world.spent = world.host.now() - world.turned >= hub.budget;
  return !world.spent;
}

/** Timers and I/O had their turn. @returns the time */
function startTurn(): number {
  hub.world.spent = false;
  return (hub.world.turned = hub.world.host.now());
}

export function turnAround(): void {
  startTurn();
  drain();
}

/** Runs what is ready, and what that makes ready, until nothing is left or the budget is spent. */
export function drain(): void {
  if (hub.world.draining) return;
  hub.world.scheduled = false;
  hub.world.draining = true;
  const empty = runReady();
  hub.world.draining = hub.world.leaf = false;
  if (!empty) scheduleLater();
  settle();
}

function scheduleLater(): void {
  if (hub.world.scheduled) return;
  hub.world.scheduled = true;
  hub.world.host.later(turnAround);
}

/** Before control goes back to the host: whoever waits for quiet is told, and the host knows when to wake us. */
function settle(): void {
  const { drainers, parked, ready } = hub.world;
  if (ready.size === 0) parked.rest();
  while (drainers.first !== null && isQuiet()) drainers.first.wake(undefined);
  aim();
}

/** @returns whether the queue is empty */
function runReady(): boolean {
  const { world } = hub;
  for (;;) {
    const next = world.ready.shift();
    if (next === undefined) return true;
    world.leaf = true;
    try {
      next.turn();
    } catch (error) {
      report(error, next);
    }
    if (!isWithinBudget()) return world.ready.size === 0;
  }
}

/** Called by the host when the earliest timer is due. */
export function fireTimers(): void {
  const now = startTurn();
  // The host has forgotten when to wake us.
  hub.world.timers.changed = true;
  hub.world.draining = true;
  hub.world.leaf = false;
  for (const timers of [hub.world.timers, hub.world.late]) fireDue(timers, now);
  hub.world.draining = false;
  drain();
}

function fireDue(timers: Timers, now: number): void {
  for (const bucket of timers.due(now)) {
    for (let timer = bucket.shift(); timer !== null; timer = bucket.shift()) {
      try {
        timer.fire();
      } catch (error) {
        report(error, timer);
      }
    }
  }
}

/** Asks the host to wake us for the earliest timer. */
function aim(): void {
  const { host, timers, late } = hub.world;
  if (!timers.changed && !late.changed) return;
  timers.changed = late.changed = false;
  const at = Math.min(timers.next(), late.next());
  host.wakeAt(at, timers.holding + late.holding > 0, fireTimers);
}

/**
 * Arms `timer` to fire in `ms` milliseconds from now.
 * @param late after everything else that is due then
 */
export function arm(timer: Timed, ms: number, late = false): void {
  (late ? hub.world.late : hub.world.timers).arm(timer, hub.world.host.now() + ms);
  if (!hub.world.draining) aim();
}

/** Cancels `timer`; nothing happens when it is not armed. */
export function disarm(timer: Timed): void {
  timer.leave();
  if (!hub.world.draining) settle();
}

/** Hands an error that has no other receiver to `hub.onError`, which may itself fail. */
export function report(error: unknown, context: unknown): void {
  try {
    hub.onError(error, context);
  } catch (failure) {
    console.error("hub.onError failed with", failure, "when told of", error);
  }
}

/** True when nothing is left that could make anything happen, as far as the hub knows. */
export function isQuiet(): boolean {
  const { ready, timers, late, external } = hub.world;
  return ready.size === 0 && timers.holding === 0 && late.holding === 0 && external === 0;
}

/** `ms` when it is a duration. @throws RangeError for a negative or absent number */
export function checkedDuration(ms: number, what: string): number {
  if (typeof ms === "number" && ms >= 0) return ms;
  throw new RangeError(`${what} must be a number of milliseconds, 0 or more, not ${String(ms)}.`);
}
