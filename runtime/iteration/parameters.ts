import { core } from "../core/core.ts";
import type { Frame } from "../core/frame.ts";
import { apply } from "../core/natives.ts";
import { through } from "../core/through.ts";

const { $, foreignFrame, state } = core;

// The parameters of a compiled generator are evaluated by its call, before there is a generator. If that is suspended, the
// engine still makes the generator, and the call returns it with the flag up. It is then what S is elsewhere (unstarted.ts),
// and what the call returns in the end.

/** The parameters of one generator, once they are there. */
interface Parameters {
  values: unknown[] | null;
  generator: unknown;
}

/** A key that no object has: what stands under it is always the default. */
export const nowhere: symbol = Symbol("nowhere");

const { toString: tagOf } = Object.prototype;

function take(result: Parameters, generator: unknown): true {
  result.generator = generator;
  return true;
}

/** Evaluates a generator's parameters. @param evaluate returns them, or S */
export function parameters(evaluate: Function, values: ArrayLike<unknown>): Parameters {
  const result: Parameters = { values: null, generator: undefined };
  const evaluated = through(evaluate, undefined, values as unknown[]);
  if ($.state[0] === 0) result.values = evaluated as unknown[];
  else {
    $.save(evaluated, complete, 1, result);
    state.expecting = (generator) => apply(tagOf, generator, []) === "[object Generator]" && take(result, generator);
  }
  return result;
}

function complete(frame: Frame, values: unknown): unknown {
  const result = frame.a as Parameters;
  result.values = values as unknown[];
  return result.generator;
}

/** First thing in the generator. @throws GreenletError when code that was not compiled went on with it too early */
export function parametersOf({ values }: Parameters): unknown[] {
  if (values === null) throw foreignFrame();
  return values;
}
