import { core } from "./core.ts";
import type { AnyGreenlet, Greenlet as OwnGreenlet } from "./greenlet.ts";
import type { GreenletError as OwnError, GreenletExit as OwnExit } from "./errors.ts";

// Classes come from `core`, the first copy of this package in the realm, never from their modules directly.

export const Greenlet: typeof core.Greenlet = core.Greenlet;
export type Greenlet<Sent extends unknown[] = unknown[], Yielded = unknown, Returned = unknown> = OwnGreenlet<
  Sent,
  Yielded,
  Returned
>;

export const GreenletError: typeof core.GreenletError = core.GreenletError;
export type GreenletError = OwnError;

export const GreenletExit: typeof core.GreenletExit = core.GreenletExit;
export type GreenletExit = OwnExit;

/** The greenlet whose code is running; the main greenlet when none was started. */
export function getCurrent(): AnyGreenlet {
  return core.state.turn.current;
}

// These work on the state of `core`, so those of any copy do.

export { atomic } from "./atomic.ts";
export { host } from "./host.ts";
export { logicalStack } from "./logical-stack.ts";
export { resumable } from "./resumable.ts";
export { getTrace, setTrace } from "./trace.ts";
export { Context, keepContexts } from "../node/exports.ts";

export type { FrameView } from "./frame-view.ts";
export type { ErrorClass, GreenletErrorCode } from "./errors.ts";
export type { AnyGreenlet, Body, GreenletState } from "./greenlet.ts";
export type { Steps } from "./resumable.ts";
export type { TraceEvent, Tracer } from "./trace.ts";
