import type { AnyGreenlet } from "../core/index.ts";
import { Deadlock } from "./errors.ts";
import { Green } from "./green.ts";
import { hub } from "./loop/hub.ts";
import type { Waiter } from "./loop/waiter.ts";
import { describe } from "./by-hand/park.ts";

/** What is known of a parked greenlet. */
export interface Parked {
  greenlet: AnyGreenlet;
  /** What it waits for, in words. */
  on: string;
  /** The functions that are suspended, innermost first, as far as their names are known. */
  frames: string[];
  /** In the hub's debug mode: the stack of the wait. */
  stack: string | undefined;
  /** In the hub's debug mode: the stack of its spawn. */
  spawnedAt: string | undefined;
}

/** Every greenlet that waits for somebody else's signal, oldest wait first. */
export function parked(): Parked[] {
  return hub.world.parked.waiters().map(inspect);
}

function inspect({ greenlet, on, stack }: Waiter): Parked {
  const spawnedAt = greenlet instanceof Green ? greenlet.spawnedAt : undefined;
  return { greenlet, on: describe(on), frames: framesOf(greenlet), stack, spawnedAt };
}

/** The functions that wait, with their places where those are known (development builds). */
function framesOf(greenlet: AnyGreenlet): string[] {
  const theirs = greenlet.frames().filter(({ function: name }) => !OURS.has(name));
  return theirs.map(
    ({ function: name, file, line }) => (name || "anonymous") + (file === undefined ? "" : ` (${file}:${line})`),
  );
}

/** Where every wait passes through: says nothing about who waits. */
const OURS = new Set(["parked", "resume", "run"]);

function line({ greenlet, on, frames, stack, spawnedAt }: Parked): string {
  const where = frames.length > 0 ? `, in ${frames.join(" ← ")}` : "";
  const stacks = [stack, spawnedAt].map((text) => (text === undefined ? "" : `\n    ${text.replace(/\n/g, "\n    ")}`));
  return `  ${greenlet} waits for ${on}${where}${stacks.join("")}`;
}

/** The error that says who is stuck, where, on what. */
export function deadlock(): Deadlock {
  const lines = parked().map(line);
  return new Deadlock(["Nothing is left that could end these waits:", ...lines].join("\n"));
}

interface ExitHost {
  process?: { on?(event: "beforeExit", listener: () => void): void };
}

/** Whether the host was asked to tell us when it has nothing left to do. */
let watching = false;

/** When the host is about to exit, whoever `run` started is stuck for ever: they are told. */
export function watchForDeadlock(): void {
  if (watching) return;
  watching = true;
  (globalThis as ExitHost).process?.on?.("beforeExit", () => {
    // Something to do for the host, or else it exits after the microtasks, without asking again.
    if (breakDeadlock()) hub.world.host.later(() => undefined);
  });
}

/** Throws a Deadlock into every Green that `run` started. @returns false when there is none */
export function breakDeadlock(): boolean {
  if (hub.world.roots.size === 0) return false;
  const error = deadlock();
  hub.world.roots.forEach((root) => (root as Green).strike(error));
  return true;
}
