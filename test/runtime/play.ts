// node test/runtime/play.ts [STEPS] [SEED]: plays random switches, throws, calls, deaths and births among a thousand
// greenlets, and compares every arrival with the model's. The programs are compiled by hand.

import { fileURLToPath } from "node:url";
import type { Frame } from "../../runtime/core/frame.ts";
import { type AnyGreenlet, getCurrent, Greenlet, GreenletExit } from "../../runtime/core/index.ts";
import { $ } from "../../runtime/core/internal.ts";
import { heapUsed } from "../semantics/garbage.ts";
import { type Delivery, Model } from "./model.ts";

const $state = $.state;

/** What a greenlet does next. */
type Act =
  | Step
  | { readonly do: "return"; readonly value: unknown }
  | { readonly do: "fail"; readonly value: unknown }
  | { readonly do: "stop" };

/** Something that the activation survives. */
type Step =
  | { readonly do: "switch"; readonly target: number; readonly values: readonly unknown[] }
  | { readonly do: "throw"; readonly target: number; readonly value: unknown }
  | { readonly do: "call"; readonly guarded: boolean };

/** xorshift32: a number from 0 to limit - 1, the same on every machine for one seed. */
function randomFrom(seed: number): (limit: number) => number {
  let bits = seed | 1;
  return (limit) => {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    return (bits >>> 0) % limit;
  };
}

const POPULATION = 1000;
const MAX_DEPTH = 6;

class Game {
  readonly model = new Model((error) => error instanceof GreenletExit);
  readonly greenlets: AnyGreenlet[] = [getCurrent()];
  readonly random: (limit: number) => number;
  steps: number;
  /** The serial number that makes each value different from all others. */
  serial = 0;
  depths: number[] = [0];
  expected: Delivery = { to: 0, kind: "value", value: undefined };

  constructor(steps: number, seed: number) {
    this.steps = steps;
    this.random = randomFrom(seed);
    for (let index = 1; index <= POPULATION; index++) this.create(index, this.random(index));
  }

  create(index: number, parent: number): void {
    this.model.create(index, parent);
    this.greenlets[index] = new Greenlet<unknown[]>(
      (...values) => live(null, this, index, 0, "value", unwrap(values)),
      this.greenlets[parent],
    );
    this.depths[index] = 0;
  }

  /** Control arrived: is it the right greenlet, with the right thing? Then: what does it do? */
  arrive(me: number, depth: number, kind: Delivery["kind"], value: unknown): Act {
    const { expected } = this;
    if (getCurrent() !== this.greenlets[me]) throw new Error(`getCurrent() is not ${me}`);
    if (expected.to !== me || expected.kind !== kind || !isSame(expected.value, value)) {
      throw new Error(`expected ${JSON.stringify(expected)}, but ${kind} ${String(value)} arrived in ${me}`);
    }
    if (this.steps-- <= 0) return this.stop();
    return this.choose(me, depth);
  }

  /** The way home: everybody switches to main, which returns. */
  private stop(): Act {
    return { do: "stop" };
  }

  private choose(me: number, depth: number): Act {
    const roll = this.random(100);
    if (roll < 55) return this.sending(this.target());
    if (roll < 65) return this.throwing(this.target());
    if (roll < 80 && depth < MAX_DEPTH) return this.calling(me);
    if (roll < 85 && (me !== 0 || depth > 0)) return this.ending(me, "return", ++this.serial);
    if (roll < 88 && (me !== 0 || depth > 0)) return this.ending(me, "fail", this.error());
    if (roll < 91) this.reparent();
    else this.rebirth(me);
    return this.sending(this.target());
  }

  private target(): number {
    return this.random(this.greenlets.length);
  }

  private error(): unknown {
    return this.random(2) === 0 ? new GreenletExit(`${++this.serial}`) : new Error(`${++this.serial}`);
  }

  private sending(target: number): Act {
    const count = this.random(3);
    const values = Array.from({ length: count }, () => ++this.serial);
    this.expected = this.model.send(target, "value", unwrap(values));
    return { do: "switch", target, values };
  }

  private throwing(target: number): Act {
    const value = this.error();
    this.expected = this.model.send(target, "error", value);
    return { do: "throw", target, value };
  }

  private calling(me: number): Act {
    // Main's calls are guarded: an error must not end the game.
    const guarded = me === 0 || this.random(2) === 0;
    this.model.call(me, guarded);
    this.expected = { to: me, kind: "value", value: "called" };
    return { do: "call", guarded };
  }

  private ending(me: number, act: "return" | "fail", value: unknown): Act {
    this.expected = this.model[act](me, value);
    return { do: act, value };
  }

  private reparent(): void {
    const child = 1 + this.random(POPULATION);
    const parent = this.target();
    let changed = true;
    try {
      this.greenlets[child]!.parent = this.greenlets[parent]!;
    } catch {
      changed = false;
    }
    if (changed !== this.model.reparent(child, parent)) throw new Error(`parent of ${child} := ${parent}`);
  }

  /** A dead greenlet that nobody descends from leaves its number to a new one. */
  private rebirth(me: number): void {
    const index = 1 + this.random(POPULATION);
    const isParent = this.model.actors.some((actor, child) => actor.parent === index && child !== index);
    if (index === me || this.model.isAlive(index) || isParent) return;
    this.create(index, this.livingParent(index));
  }

  private livingParent(index: number): number {
    const parent = this.target();
    return parent === index ? 0 : parent;
  }
}

/** What `switch(...values)` delivers. */
function unwrap(values: readonly unknown[]): unknown {
  return values.length > 1 ? values : values[0];
}

function isSame(left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return left === right;
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

/** One activation of every greenlet's program; main runs it too, where it is never suspended. */
function live(
  frame: Frame | null,
  game: Game,
  me: number,
  depth: number,
  kind: Delivery["kind"],
  value: unknown,
): unknown {
  for (;;) {
    const act = game.arrive(me, depth, kind, value);
    if (act.do === "stop") return stop(me);
    if (act.do === "fail") throw act.value;
    if (act.do === "return") return act.value;
    const guarded = act.do !== "call" || act.guarded;
    try {
      value = perform(game, me, depth, act);
      if ($state[0] !== 0) {
        const slots = [game, me, depth];
        const label = guarded ? -1 : 2;
        return frame === null ? $.save(value, live$resume, label, slots) : $.resave(value, frame, label, slots);
      }
      kind = "value";
    } catch (error) {
      if (!guarded) throw error;
      kind = "error";
      value = $.caughtExit(error);
      if (value instanceof Mismatch) throw value;
    }
  }
}

function live$resume(frame: Frame, value: unknown): unknown {
  const [game, me, depth] = frame.a as [Game, number, number];
  if (value === $.thrown) return live(frame, game, me, depth, "error", $.error());
  return live(frame, game, me, depth, "value", value);
}

function perform(game: Game, me: number, depth: number, act: Step): unknown {
  if (act.do === "call") return live(null, game, me, depth + 1, "value", "called");
  const target = game.greenlets[act.target]!;
  return act.do === "switch" ? target.switch(...act.values) : target.throw(act.value);
}

/** Ends the game from inside of any greenlet. */
class Mismatch extends Error {}
const OVER = new Mismatch("over");

function stop(me: number): unknown {
  if (me === 0) throw OVER;
  return main.throw(OVER);
}

const main = getCurrent();

/**
 * Plays `steps` steps.
 * @returns how many greenlets ended dead
 * @throws Error at the first difference from the model
 */
export function play(steps: number, seed: number): number {
  const game = new Game(steps, seed);
  try {
    live(null, game, 0, 0, "value", undefined);
  } catch (error) {
    if (error !== OVER) throw error;
  }
  return game.greenlets.filter((greenlet) => greenlet.dead).length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const steps = Number(process.argv[2] ?? 10_000_000);
  const seed = Number(process.argv[3] ?? 1);
  const before = heapUsed();
  const dead = play(steps, seed);
  const grown = (heapUsed() - before) / 1e6;
  console.log(
    `${steps} steps, seed ${seed}: no difference; ${dead} greenlets dead, heap grew by ${grown.toFixed(1)} MB`,
  );
}
