import { kindOf } from "../core/object.ts";

/** What went wrong, for programs: the `code` of a {@link GreenError}. */
export type GreenErrorCode =
  | "closed"
  | "deadlock"
  | "empty"
  | "full"
  | "in-use"
  | "invalid-switch"
  | "not-green"
  | "not-owner"
  | "on-hub"
  | "over-released"
  | "simulation"
  | "sync-only"
  | "timed-out"
  | "unfinished";

/** An error of `greenlets/green`; `code` says which. */
export class GreenError extends Error {
  /** Stable name of what went wrong. */
  readonly code: GreenErrorCode;

  constructor(code: GreenErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options as ErrorOptions);
    this.code = code;
  }
}

GreenError.prototype.name = "GreenError";

/** Nothing could be taken from a queue in time (gevent's `queue.Empty`). */
export class Empty extends GreenError {
  constructor(message = "The queue is empty.") {
    super("empty", message);
  }
}

Empty.prototype.name = "Empty";

/** There was no room in a queue or a pool in time (gevent's `queue.Full`, `PoolFull`). */
export class Full extends GreenError {
  constructor(message = "The queue is full.") {
    super("full", message);
  }
}

Full.prototype.name = "Full";

/** The queue was closed (gevent's `queue.ShutDown`). */
export class Closed extends GreenError {
  constructor(message = "The queue is closed.") {
    super("closed", message);
  }
}

Closed.prototype.name = "Closed";

/** Nothing is left that could end a wait (gevent's `LoopExit`); the message lists everybody who is parked. */
export class Deadlock extends GreenError {
  constructor(message: string) {
    super("deadlock", message);
  }
}

Deadlock.prototype.name = "Deadlock";

/** `value` when it is a function. @throws TypeError that names `what` otherwise */
export function checkedFunction<F extends Function>(value: F, what: string): F {
  if (typeof value === "function") return value;
  throw new TypeError(`${what} must be a function, not ${kindOf(value)}.`);
}
