import { Greenlet, type AnyGreenlet } from "../core/index.ts";
import { ensure, unless } from "./ensure.ts";
import { GreenError } from "./errors.ts";
import { parking } from "./loop/channels.ts";
import { arm, checkedDuration, disarm, hub, hubGreenlet } from "./loop/hub.ts";
import type { Links } from "./loop/links.ts";
import { Timed } from "./loop/timers.ts";
import { EXPIRED, Waiter } from "./loop/waiter.ts";
import { isSync } from "./sync.ts";
import { armLimit, type Limit } from "./timeout.ts";

// The one place where greenlets leave for the hub: every blocking function ends up here.

/**
 * Parks the current greenlet until `waiter` is woken or the limit is reached.
 * @returns what it was woken with; EXPIRED when the limit was reached first
 */
export function park(waiter: Waiter, limit?: Limit): unknown {
  if (limit === undefined || limit === null) {
    hub.world.parked.note(waiter);
    return leave(waiter);
  }
  return typeof limit === "number" ? parkFor(waiter, limit) : parkWithin(waiter, limit);
}

/** Parks the current greenlet until `links` are told: behind the others, if that is happening right now. */
export function waitOn(links: Links, limit?: Limit): unknown {
  const waiter = new Waiter(links.source);
  if (links.busy && links.source.ready()) links.pushBehind(waiter);
  else links.push(waiter);
  return park(waiter, limit);
}

/** Ends a wait whose time is up. */
class Expiry extends Timed {
  readonly waiter: Waiter;

  constructor(waiter: Waiter) {
    super();
    this.waiter = waiter;
  }

  get greenlet(): AnyGreenlet {
    return this.waiter.greenlet;
  }

  fire(): void {
    this.waiter.finish(EXPIRED);
  }
}

/** @param holds whether the program stays alive for the limit */
export function parkFor(waiter: Waiter, ms: number, holds = true): unknown {
  const expiry = new Expiry(waiter);
  expiry.holds = holds;
  const body = () => {
    arm(expiry, checkedDuration(ms, "A time limit"), true);
    return leave(waiter);
  };
  return ensure(body, () => {
    waiter.drop();
    disarm(expiry);
  });
}

/** A Timeout's own expiry is an expiry of this wait; the error that it stands for, and a signal's reason, are thrown. */
function parkWithin(waiter: Waiter, limit: Exclude<Limit, number | null | undefined>): unknown {
  let release: (() => void) | undefined;
  const body = () => {
    release = armLimit(limit);
    return leave(waiter);
  };
  const finish = () => {
    waiter.drop();
    release?.();
  };
  return unless(limit, EXPIRED, () => ensure(body, finish));
}

/** Parks the current greenlet; for whoever stands in the clock already. */
export function leave(waiter: Waiter): unknown {
  checkPlace(waiter);
  if (parking.hasSubscribers) parking.publish({ greenlet: waiter.greenlet, on: waiter.on });
  waiter.greenlet.waiting = waiter;
  let sent: unknown;
  try {
    sent = hubGreenlet.switch();
  } finally {
    // An error may have been thrown in past the waiter: then nothing must wake it any more.
    if (sent !== waiter) waiter.drop();
  }
  if (sent !== waiter) throw invalidSwitch(waiter);
  if (waiter.failed) throw waiter.value;
  return waiter.value;
}

/** @throws GreenError `on-hub`, `sync-only` */
export function checkPlace(waiter: Waiter): void {
  const sync = isSync();
  if (!sync && waiter.greenlet !== hubGreenlet) return;
  waiter.drop();
  throw sync ? syncOnly(waiter.on) : onHub(waiter.on);
}

/** Waiting on the host's stack would stop the world. */
export function onHub(on: unknown): GreenError {
  const place = "on the host's stack (the top level of a module, an event listener, an async function)";
  const fix = "Call it in a greenlet: spawn(() => …), or await run(() => …).";
  return new GreenError("on-hub", `Can't wait for ${describe(on)} ${place}: that would stop every greenlet. ${fix}`);
}

function syncOnly(on: unknown): GreenError {
  const fix = "Give this leaf a synchronous form with dual({ sync, async }), or start the call with run() instead.";
  return new GreenError("sync-only", `Can't wait for ${describe(on)} inside runSync(). ${fix}`);
}

function invalidSwitch(waiter: Waiter): GreenError {
  return new GreenError(
    "invalid-switch",
    `${waiter.greenlet} waits for ${describe(waiter.on)}; somebody else switched to it.`,
  );
}

/** What is waited on, in words: a name, or the class of an object. */
export function describe(on: unknown): string {
  if (typeof on !== "object" || on === null || on instanceof Greenlet) return String(on);
  return on.constructor?.name ?? "an object";
}
