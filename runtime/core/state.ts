import type { AnyGreenlet } from "./greenlet.ts";
import type { Contexts, Development } from "./hooks.ts";
import type { Tracer } from "./trace.ts";
import { Turn } from "./turn.ts";

/**
 * Element 0 is the flag: 0 running; 1 unwinding; 2 unwinding, and the frame that was resumed stays where it is. `switch()`
 * raises it, every compiled caller tests it, the trampoline lowers it. Element 1 is the trampoline's: how many transfers are
 * left to the present turn. With a buffer of its own, outside V8's heap: then the address is part of the compiled code, and
 * a test is one comparison.
 */
export const flag: Int32Array = new Int32Array(new ArrayBuffer(8));

/** The flag once the frame that was resumed is saved again: it stays in its place. */
export const KEPT = 2;

/** Delivered instead of a value: the resume body then throws {@link takeError}'s error at its suspension point. */
export const THROWN: object = Object.freeze(Object.create(null));

/** Everything that is ambient: one object of fixed shape. What every switch writes is in turn.ts. */
export interface State {
  /** What the present switch writes; only the trampoline replaces it, and only between two transfers. */
  turn: Turn;
  /** The greenlet of the host's own stack; the root of every chain of parents. */
  main: AnyGreenlet;
  /** How many values a greenlet is started with; more than one are an array in `value`. */
  count: number;
  /** True when the switch in progress delivers an error; lowered by whoever takes it. */
  throwing: boolean;
  /** The error on its way into a resume body, between the trampoline's call and `$.error()`. */
  error: unknown;
  /** Why nobody may switch at this moment (a cancelled switch is being cleaned up, a tracer runs); null: anybody may. */
  barrier: (() => Error) | null;
  /** True while the trampoline runs: the current greenlet is not the main one, and switching means unwinding. */
  driving: boolean;
  /** True while a greenlet is in the middle of something: not between two transfers. */
  running: boolean;
  /** True when every transfer must reach `drive`: for the tracer, a development build, or contexts that are kept. */
  watched: boolean;
  /** The one tracer of the process; null when nobody traces. */
  tracer: Tracer | null;
  /** Tells the tracer of a transfer; null when nobody traces. */
  announce: ((origin: AnyGreenlet, target: AnyGreenlet) => void) | null;
  /** Null as long as nobody could want contexts. */
  contexts: Contexts | null;
  /** True when each greenlet keeps its own asynchronous context. */
  keepsContexts: boolean;
  /** From the first code of a development build on, for which greenlets remember more; null: there is none. */
  development: Development | null;
  /** Told of the generator that comes back next, with the flag up; null when none is expected. @returns whether it is one */
  expecting: ((result: unknown) => boolean) | null;
  /** Stress and development builds: a foreign frame is below the call that is about to be made. */
  below: boolean;
}

export const state: State = {
  turn: new Turn(null as unknown as AnyGreenlet, undefined),
  main: null as unknown as AnyGreenlet,
  count: 0,
  throwing: false,
  error: undefined,
  barrier: null,
  driving: false,
  running: false,
  watched: false,
  tracer: null,
  announce: null,
  contexts: null,
  keepsContexts: false,
  development: null,
  expecting: null,
  below: false,
};

/** The error being delivered, forgotten as it is handed out: `throw $.error()` in a resume body. */
export function takeError(): unknown {
  const error = state.error;
  state.error = undefined;
  return error;
}
