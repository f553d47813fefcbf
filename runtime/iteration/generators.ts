import { core } from "../core/core.ts";
import type { Frame } from "../core/frame.ts";
import { apply } from "../core/natives.ts";
import { through } from "../core/through.ts";
import { WAITING } from "./delegate.ts";

const { $, isUnstarted, swallowed } = core;
const { error: takeError, S, save, state: flag, thrown: THROWN } = $;

// A compiled generator stays a native one. Where its body has to be suspended by a switch it yields S to whoever called
// `next`; `next` called by compiled code comes here, saves a frame for the call, and calls the generator again with what
// arrives: `result = f(); if ($state[0] !== 0) result = $.resumed(yield $.parked(result));`

interface GeneratorObject {
  next(value?: unknown): IteratorResult<unknown>;
  throw(error: unknown): IteratorResult<unknown>;
  return(value?: unknown): IteratorResult<unknown>;
}

export type Method = "next" | "throw" | "return";

/** What all generators inherit from (ECMA-262 §27.5.1). */
export const prototype = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())) as Record<Method, Function>;

/** Generators that wait for a switch to come back: to everybody else they are running. */
const parkedGenerators = new WeakSet<object>();

/** True while a parked generator is being continued by this module, and by nobody else. */
let continuing = false;

/** The generator's side of a switch: S goes out through `yield`. */
export function parked(result: unknown): object {
  if (result !== S && !isUnstarted(result)) throw swallowed();
  return S;
}

/** What arrives where the generator was parked. @throws TypeError when somebody else called `next` meanwhile */
export function resumed(value: unknown): unknown {
  if (!continuing) throw new TypeError("Generator is already running");
  continuing = false;
  return value;
}

/** `generator.next(value)` and the like from compiled code; any other object's method of that name is just called. A suspension point. */
function resumable(method: Method, target: unknown, callee: unknown, values: unknown[]): unknown {
  if (callee !== prototype[method]) return apply(callee as Function, target, values);
  if (parkedGenerators.has(target as object)) throw new TypeError("Generator is already running");
  return accept(target as GeneratorObject, method, apply(prototype[method], target, values));
}

function accept(generator: GeneratorObject, method: Method, result: unknown): unknown {
  if (flag[0] === 0) return result;
  // Parked: the yielded value is S, or (in a delegating `yield*`) the inner result that holds it.
  if (result !== S && (result as IteratorResult<unknown> | null)?.value !== S) throw swallowed();
  parkedGenerators.add(generator);
  // A `return()` that waits below a `yield*` is a `return()` again: the engine must see its end as one.
  const again = result === WAITING && method === "return" ? "return" : "next";
  return save(S, resumeMethod, -1, generator, again);
}

function resumeMethod(frame: Frame, value: unknown): unknown {
  const generator = frame.a as GeneratorObject;
  const again = frame.b as Method;
  parkedGenerators.delete(generator);
  if (value === THROWN && again === "next")
    return accept(generator, "throw", apply(prototype.throw, generator, [takeError()]));
  continuing = value !== THROWN;
  try {
    return accept(generator, again, apply(prototype[again], generator, [value]));
  } finally {
    continuing = false;
  }
}

/** Calls a method of an iterator, which may be a generator that has to be parked. A suspension point. */
export function advance(callee: unknown, target: unknown, ...values: unknown[]): unknown {
  if (callee === prototype.next) return resumable("next", target, callee, values);
  if (callee === prototype.return) return resumable("return", target, callee, values);
  if (callee === prototype.throw) return resumable("throw", target, callee, values);
  return through(callee, target, values);
}
