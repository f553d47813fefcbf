import { core } from "./core.ts";
import type { AnyGreenlet } from "./greenlet.ts";
import { updateWatched } from "./watch.ts";

/** What a tracer is told: control went from `origin` to `target`, with a value or with an error. */
export type TraceEvent = "switch" | "throw";

/**
 * Called at every transfer, in the target, before any of its code runs. Told of any other event in the future, a tracer
 * must ignore it.
 */
export type Tracer = (event: TraceEvent, origin: AnyGreenlet, target: AnyGreenlet) => void;

/** @returns the tracer, null when there is none */
export function getTrace(): Tracer | null {
  return core.state.tracer;
}

/**
 * Sets or (null) removes the tracer.
 * A tracer that throws is removed, and its error is thrown in the target of the transfer. It must not switch.
 * @returns the previous tracer
 */
export function setTrace(next: Tracer | null): Tracer | null {
  const { state } = core;
  const previous = state.tracer;
  state.tracer = next;
  state.announce = next === null ? null : announce;
  updateWatched();
  return previous;
}

function inTracer(): Error {
  return new core.GreenletError("tracing", "A tracer must not switch.");
}

/** Tells the tracer of the transfer in progress; the error of a tracer takes the place of what is being delivered. */
function announce(origin: AnyGreenlet, target: AnyGreenlet): void {
  const { state } = core;
  const { barrier, tracer } = state;
  state.barrier = inTracer;
  try {
    tracer?.(state.throwing ? "throw" : "switch", origin, target);
  } catch (error) {
    setTrace(null);
    state.turn.value = error;
    state.throwing = true;
  } finally {
    state.barrier = barrier;
  }
}
