/** What went wrong, for programs: the `code` of a {@link GreenletError}. */
export type GreenletErrorCode =
  | "abi-mismatch"
  | "atomic"
  | "cyclic-parent"
  | "foreign-frame"
  | "main-greenlet"
  | "no-context"
  | "no-run"
  | "not-plain"
  | "started"
  | "survived"
  | "tracing";

/** An illegal use of greenlets (greenlet's `greenlet.error`). */
export class GreenletError extends Error {
  /** Stable name of what went wrong. */
  declare readonly code: GreenletErrorCode;

  constructor(code: GreenletErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options as ErrorOptions);
    this.code = code;
  }
}

GreenletError.prototype.name = "GreenletError";

/**
 * Asks a greenlet to end. Uncaught, it is not an error: the instance becomes the result that the parent receives
 * (greenlet: "GreenletExit … is not propagated to the parent"). A `catch` clause of compiled code that does not
 * mention `GreenletExit` lets it pass; `finally` runs.
 */
export class GreenletExit extends Error {}

GreenletExit.prototype.name = "GreenletExit";

/** A `TypeError` that carries a code, as Node's own argument errors do. */
export function typeError(code: string, message: string): TypeError & { code: string } {
  return Object.assign(new TypeError(message), { code });
}

/** A class of errors, as `throw` takes one. */
export type ErrorClass = new (...values: never[]) => Error;

export function isErrorClass(value: unknown): value is ErrorClass {
  return typeof value === "function" && (value === Error || value.prototype instanceof Error);
}
