import { core } from "../../core/core.ts";
import type { AnyGreenlet } from "../../core/index.ts";
import { canNest, nest } from "../../core/nest.ts";
import type { Limit } from "../timeout.ts";
import { parking } from "./channels.ts";
import { isSync } from "./entered.ts";
import { currentGreenlet, hub, hubGreenlet, isWithinBudget, report, type Turn } from "./hub.ts";
import { Links, type Source } from "./links.ts";
import { DONE, DUE, type Stage } from "./stage.ts";
import { Waiter, type Parkable } from "./waiter.ts";

// Who waits for the end of a Green that is about to start, with nobody before it and nobody behind it, gives way to it and is the next
// one to run when it has ended. Then the two may as well share the native stack: nobody can tell, and most often nobody is suspended.
//
//     joiner ──park──► hub ──turn──► green … ends ──► hub ──turn──► joiner        joiner ──call──► green … ends ──► joiner

/** What is needed of a Green. */
interface Joinable extends Turn, Source {
  observed: boolean;
  readonly hasLinks: boolean;
  $stage: Stage;
  $ends: Links | null;
  /** Who waits for its end below it, on the same native stack, and is not in `$ends` yet. */
  $below: Parkable | null;
}

/** How many Greens may lie upon one another: the native stack is not endless. */
const DEEPEST = 50;

/** How many do. */
let depth = 0;

/** Somebody who waits for the end of a Green. */
export class Joiner extends Waiter {
  /** The pass in which a Green tells of its end has nothing to do after the last one. */
  override notify(): void {
    hub.world.leaf = !(this.on as Joinable).hasLinks;
    super.notify();
  }
}

/** On the hub: starts it. */
export function enter(green: AnyGreenlet): void {
  if (currentGreenlet() === hubGreenlet && canNest()) nest(green);
  else green.switch();
}

/** Who is to be told of its end. */
export function linksOf<S extends Source>(green: S & Joinable & { $ends: Links<S> | null }): Links<S> {
  if (green.$ends === null) {
    green.$ends = new Links<S>(green);
    if (green.$below !== null) green.$ends.push(new Joiner(green, green.$below));
  }
  return green.$ends;
}

/** True when `green` has ended, also because it was run right here. */
export function hasEnded(green: Joinable, limit: Limit): boolean {
  green.observed = true;
  return green.$stage >= DONE || (limit === undefined && mayRunHere(green) && runHere(green));
}

/** `green` is all there is in the queue, and the current greenlet all that the hub has to do before. */
function mayRunHere(green: Joinable): boolean {
  const { leaf, ready } = hub.world;
  if (!leaf || ready.size !== 1 || ready.peek() !== green) return false;
  if (green.$stage !== DUE || green.$ends !== null || depth === DEEPEST) return false;
  return canNest() && !parking.hasSubscribers && !isSync() && isWithinBudget();
}

/** Runs it on top of the current greenlet. @returns false when that has to wait on: `green` was suspended, or others come first */
function runHere(green: Joinable): boolean {
  const { world } = hub;
  world.ready.shift();
  green.$below = currentGreenlet();
  depth++;
  try {
    nest(green as Joinable & AnyGreenlet);
  } catch (error) {
    report(error, green);
  }
  if (core.$.state[0] !== 0 || !world.leaf || world.ready.size > 0) linksOf(green);
  green.$below = null;
  depth--;
  return green.$ends === null;
}

/** The current greenlet, as one that waits for the end of `green`: it is among the links if it has just run it here. */
export function joinerOf(green: Joinable): Waiter {
  const links = linksOf(green);
  const { first } = links;
  if (first instanceof Joiner && first.greenlet === currentGreenlet()) {
    if (green.ready()) links.signal();
    return first;
  }
  const joiner = new Joiner(green);
  links.push(joiner);
  return joiner;
}
