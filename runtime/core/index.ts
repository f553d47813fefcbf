import { core } from "./core.ts";
import type { Context as OwnContext } from "./context.ts";
import type { Greenlet as OwnGreenlet } from "./greenlet.ts";
import type { GreenletError as OwnError, GreenletExit as OwnExit } from "./errors.ts";

// Everything comes from `core`, the first copy of this package in the realm, never from the modules directly.

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

export const atomic: typeof core.atomic = core.atomic;

export const Context: typeof core.Context = core.Context;
export type Context = OwnContext;

export const host: typeof core.host = core.host;
export const resumable: typeof core.resumable = core.resumable;

export const keepContexts: typeof core.keepContexts = core.keepContexts;
export const logicalStack: typeof core.logicalStack = core.logicalStack;

export const getCurrent: typeof core.getCurrent = core.getCurrent;
export const getTrace: typeof core.getTrace = core.getTrace;
export const setTrace: typeof core.setTrace = core.setTrace;

export type { FrameView } from "./describe.ts";
export type { GreenletErrorCode } from "./errors.ts";
export type { AnyGreenlet, Body, ErrorClass, GreenletState } from "./greenlet.ts";
export type { Steps } from "./resumable.ts";
export type { TraceEvent, Tracer } from "./trace.ts";
