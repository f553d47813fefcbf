import { core } from "../core/core.ts";
import { apply } from "../core/natives.ts";
import { isObject } from "../core/object.ts";
import { through, version } from "../core/through.ts";
import { prototype, type Method } from "./generators.ts";

const { $ } = core;
const { error: takeError, S, state: flag, thrown: THROWN } = $;

// `yield* inner` in a compiled generator is `yield* $.delegate(inner)`: the engine talks to a go-between, which knows how the inner
// iterator was entered when it was suspended, and enters it in that way again. Without it the engine would take the end of an inner
// `return()` that had to wait for the end of a `next()`, and go on instead of returning.

/** What a go-between yields while its inner iterator waits: known by identity. */
export const WAITING: IteratorResult<unknown> = { value: S, done: false };

/** How the inner iterator waits: a generator (entered again with `next`, or with `return` where it delegates itself), or a call whose result comes. */
type Wait = "next" | "return" | "call";

type Inner = Record<Method | typeof Symbol.iterator, unknown>;

class Delegate {
  declare private inner: Inner;
  declare private step: unknown;
  declare private waits: Wait | null;
  /** The inner iterator is being closed, because it has no `throw`. */
  declare private closing: boolean;

  constructor(inner: Inner) {
    this.inner = inner;
    this.waits = null;
    this.closing = false;
  }

  /** GetIterator (ECMA-262 §7.4.4), when the engine asks for it. */
  [Symbol.iterator](): this {
    const method = this.inner[Symbol.iterator];
    if (typeof method !== "function") throw new TypeError("The value of yield* is not iterable");
    const iterator = through(method, this.inner, []);
    if (!isObject(iterator)) throw new TypeError("Result of the Symbol.iterator method is not an object");
    this.inner = iterator as Inner;
    this.step = this.inner.next;
    return this;
  }

  next(value: unknown): unknown {
    return this.waits === null ? this.enter("next", this.step, [value]) : this.goOn("next", value);
  }

  /** Looked up each time, as the engine does. Where the iterator has none, it is closed, and that is an error (§15.5.5, `yield*`, step 7.b.iii). */
  get throw(): unknown {
    return this.method("throw") ?? (() => this.close());
  }

  get return(): unknown {
    return this.method("return");
  }

  private method(name: Method): unknown {
    if (this.waits !== null) return (value: unknown) => this.goOn(name, value);
    const method = this.inner[name];
    return method === undefined || method === null
      ? method
      : (...values: unknown[]) => this.enter(name, method, values);
  }

  private close(): unknown {
    this.closing = true;
    const close = this.method("return") as (() => unknown) | null | undefined;
    return close ? close() : this.closed({});
  }

  private closed(result: unknown): never {
    this.closing = false;
    const isObject = (typeof result === "object" && result !== null) || typeof result === "function";
    throw new TypeError(
      isObject
        ? "The iterator does not provide a 'throw' method."
        : `Iterator result ${String(result)} is not an object`,
    );
  }

  /** Without a value where the iterator is closed. */
  private enter(name: Method, method: unknown, values: unknown[]): unknown {
    const result = isNative(name, method)
      ? apply(prototype[name], this.inner, values)
      : through(version(method), this.inner, values);
    return this.note(name, result);
  }

  /** Enters the inner iterator again with what it waits for. */
  private goOn(name: Method, value: unknown): unknown {
    const waits = this.waits as Wait;
    this.waits = null;
    const failed = name === "throw" || value === THROWN;
    const error = value === THROWN && waits !== "return" ? takeError() : value;
    if (waits !== "call")
      return this.note(name, apply(prototype[failed && waits === "next" ? "throw" : waits], this.inner, [error]));
    if (failed) throw error;
    return this.note(name, value);
  }

  private note(name: Method, result: unknown): unknown {
    if (flag[0] === 0) return this.closing ? this.closed(result) : result;
    if (result === S) this.waits = "call";
    else if ((result as IteratorResult<unknown> | null)?.value === S)
      this.waits = result === WAITING && name === "return" ? "return" : "next";
    else return result;
    return WAITING;
  }
}

const isNative = (name: Method, method: unknown): boolean => method === prototype[name];

/** What `yield* inner` delegates to. */
export function delegate(inner: unknown): Delegate {
  return new Delegate(inner as Inner);
}
