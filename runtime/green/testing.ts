import { breakDeadlock, deadlock } from "./deadlock.ts";
import { GreenError } from "./errors.ts";
import { Green } from "./green.ts";
import { Fifo } from "./loop/fifo.ts";
import type { Host } from "./loop/host.ts";
import { currentGreenlet, fireTimers, hub, hubGreenlet, turnAround, World, type Ready, type Turn } from "./loop/hub.ts";

// Time that passes only when nobody is ready, and a queue whose order a seed decides.

/** After how many looks at a clock that stands still it moves a millisecond: so a loop that never sleeps gets somewhere. */
const PATIENCE = 100;

/** A clock that stands still while anybody is ready. */
class VirtualHost implements Host {
  time = 0;
  looks = 0;
  readonly next = new Fifo<() => void>();
  readonly tasks = new Fifo<() => void>();
  wakeUp: { at: number; task: () => void } = { at: Infinity, task: fireTimers };

  now(): number {
    if (++this.looks % PATIENCE === 0) this.time++;
    return this.time;
  }

  soon(task: () => void): void {
    this.next.push(task);
  }

  later(task: () => void): void {
    this.tasks.push(task);
  }

  wakeAt(at: number, _holds: boolean, task: () => void): void {
    this.wakeUp = { at, task };
  }

  get idle(): boolean {
    return this.next.size + this.tasks.size === 0;
  }

  /** Does the next thing: timers that are due come before tasks for later. @returns false when nothing is left to do */
  step(): boolean {
    const task = this.next.shift() ?? (this.wakeUp.at <= this.time ? this.wakeUp.task : this.tasks.shift());
    if (task === undefined) return this.jump();
    task();
    return true;
  }

  /** To the next timer. */
  private jump(): boolean {
    const { at, task } = this.wakeUp;
    if (at === Infinity) return false;
    this.time = Math.max(this.time, at);
    this.looks = 0;
    task();
    return true;
  }
}

/** Mulberry32: numbers from 0 to 1 that a seed decides. */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Hands out a turn at random: any of them could be the next one. */
class Shuffled implements Ready {
  private readonly turns: Turn[] = [];
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = randomFrom(seed);
  }

  get size(): number {
    return this.turns.length;
  }

  push(turn: Turn): void {
    this.turns.push(turn);
  }

  shift(): Turn | undefined {
    const [turn] = this.turns.splice(Math.floor(this.random() * this.turns.length), 1);
    return turn;
  }

  peek(): Turn | undefined {
    return this.turns[0];
  }

  toArray(): Turn[] {
    return this.turns.slice();
  }
}

/** How a simulation runs. */
export interface SimulateOptions {
  /** Decides who runs next whenever several could; without one, first come, first served, as in real life. */
  seed?: number | undefined;
}

class Simulation<T> {
  readonly host = new VirtualHost();
  readonly outside: World = hub.world;
  readonly green: Green<T>;

  constructor(task: () => T, { seed }: SimulateOptions) {
    if (currentGreenlet() !== hubGreenlet)
      throw new GreenError("simulation", "A simulation has an event loop of its own; start it outside of greenlets.");
    hub.world = new World(seed === undefined ? new Fifo<Turn>() : new Shuffled(seed), this.host);
    this.green = new Green(task);
    this.green.observed = true;
    hub.world.roots.add(this.green);
    this.green.start();
  }

  /** One step. @throws Deadlock when there is nothing left to do. */
  advance(): void {
    if (this.host.step()) return;
    breakDeadlock();
    // Behind a shield nothing can be thrown in.
    if (this.host.idle) throw deadlock();
  }

  result(): T {
    if (this.green.successful()) return this.green.value as T;
    throw this.green.failure;
  }

  /** Back to the real world, where a drain may have been missed. */
  end(): void {
    hub.world = this.outside;
    if (this.outside.scheduled) this.outside.host.later(turnAround);
  }
}

/**
 * Runs `task` to its end in a world of its own, where sleeping takes no time: the clock jumps to the next timer as soon as
 * nobody is ready. The same seed gives the same run. Greenlets that are left when `task` ends go no further.
 * @returns what `task` returns
 * @throws its error; a Deadlock, thrown where `task` waits, when nothing could end its wait. Promises can't settle in here:
 * use `simulateAsync`.
 */
export function simulate<T>(task: () => T, options: SimulateOptions = {}): T {
  const simulation = new Simulation(task, options);
  try {
    while (!simulation.green.ready()) simulation.advance();
    return simulation.result();
  } finally {
    simulation.end();
  }
}

/** Like `simulate`, for code that waits for promises as well: what the host settles in its next turn settles before the clock moves. Run one at a time. */
export async function simulateAsync<T>(task: () => T, options: SimulateOptions = {}): Promise<T> {
  const simulation = new Simulation(task, options);
  try {
    while (!simulation.green.ready()) await settleThenAdvance(simulation);
    return simulation.result();
  } finally {
    simulation.end();
  }
}

async function settleThenAdvance({ host, outside }: Simulation<unknown>): Promise<void> {
  if (!host.idle) return void host.step();
  await new Promise<void>((resolve) => outside.host.later(resolve));
  if (!host.idle || hub.world.ready.size > 0) return;
  if (!host.step() && hub.world.external === 0) breakDeadlock();
}

/** Which schedules to explore. */
export interface ExploreOptions {
  /** How many. */
  runs?: number;
  /** The first seed; the others follow it. */
  seed?: number;
}

/**
 * Simulates `task` under many schedules, until one fails.
 * @throws GreenError `simulation` that names the seed: `simulate(task, { seed })` runs that schedule again; the error is its cause
 */
export function explore(task: () => unknown, { runs = 100, seed = 1 }: ExploreOptions = {}): void {
  for (let current = seed; current < seed + runs; current++) {
    try {
      simulate(task, { seed: current });
    } catch (cause) {
      throw new GreenError(
        "simulation",
        `Seed ${current} fails: ${String(cause)}. simulate(task, { seed: ${current} }) runs it again.`,
        { cause },
      );
    }
  }
}
