import { Greenlet } from "../../core/index.ts";
import type { Frame } from "../../core/frame.ts";
import { $ } from "../../core/internal.ts";
import { GreenError } from "../errors.ts";
import { parking } from "../loop/channels.ts";
import { arm, checkedDuration, disarm, hub, hubGreenlet } from "../loop/hub.ts";
import type { Links } from "../loop/links.ts";
import { Timed } from "../loop/timers.ts";
import { EXPIRED, Waiter, type Made, type Parkable } from "../loop/waiter.ts";
import { isSync } from "../loop/entered.ts";
import { armLimit, type Limit } from "../timeout.ts";

// The one place where greenlets leave for the hub. Every blocking function ends in a tail call of one of these, so that it needs no
// frame of its own; what it returns is made when the wait is over. This file is not compiled: its one suspension point, which every
// wait passes, is written by hand.

/**
 * Parks the current greenlet until `waiter` is woken or the limit is reached.
 * @returns what `made` makes of what it was woken with, or of EXPIRED when the limit was reached first
 */
export function park<R>(waiter: Waiter, limit: Limit, made: Made<R>): R {
  waiter.made = made;
  if (limit === undefined || limit === null) hub.world.parked.note(waiter);
  else waiter.limit = limit;
  return leave(waiter) as R;
}

/** Parks the current greenlet until `links` are told: behind the others, if that is happening right now. */
export function waitOn<R>(links: Links, limit: Limit, made: Made<R>): R {
  const waiter = new Waiter(links.source);
  if (links.busy && links.source.ready()) links.pushBehind(waiter);
  else links.push(waiter);
  return park(waiter, limit, made);
}

/** Parks the current greenlet; for whoever stands in the clock already. */
export function leave(waiter: Waiter): unknown {
  let sent: unknown = $.S;
  try {
    begin(waiter);
    // When a greenlet that was nested in this one was suspended, this one is being left already.
    if ($.state[0] === 0) sent = hubGreenlet.switch();
  } catch (error) {
    waiter.drop();
    throw error;
  }
  return $.save(sent, parked, -1, waiter);
}

function begin(waiter: Waiter): void {
  checkPlace(waiter);
  if (waiter.limit !== undefined && waiter.limit !== null) waiter.release = startLimit(waiter, waiter.limit);
  if (parking.hasSubscribers) parking.publish({ greenlet: waiter.greenlet, on: waiter.on });
  waiter.greenlet.waiting = waiter;
}

/** The frame of everybody who waits: continues with what was sent. */
function parked({ a }: Frame, sent: unknown): unknown {
  const waiter = a as Waiter;
  // Also when an error was thrown in past the waiter: then nothing must wake it any more.
  waiter.drop();
  if (sent === $.thrown) throw $.error();
  if (sent !== waiter) throw invalidSwitch(waiter);
  return waiter.outcome();
}

/** Ends a wait whose time is up. */
class Expiry extends Timed {
  readonly waiter: Waiter;
  readonly greenlet: Parkable;

  constructor(waiter: Waiter) {
    super();
    this.waiter = waiter;
    this.greenlet = waiter.greenlet;
    this.holds = waiter.holds;
  }

  fire(): void {
    this.waiter.finish(EXPIRED);
  }
}

/** @returns what takes it back */
function startLimit(waiter: Waiter, limit: NonNullable<Limit>): (() => void) | undefined {
  if (typeof limit === "object") return armLimit(limit);
  const expiry = new Expiry(waiter);
  arm(expiry, checkedDuration(limit, "A time limit"), true);
  return () => disarm(expiry);
}

/** @throws GreenError `on-hub`, `sync-only` */
export function checkPlace(waiter: Waiter): void {
  const sync = isSync();
  if (!sync && waiter.greenlet !== hubGreenlet) return;
  waiter.drop();
  throw sync ? syncOnly(waiter.on) : onHub(waiter.on);
}

/** Waiting on the host's stack would stop the world. */
function onHub(on: unknown): GreenError {
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
