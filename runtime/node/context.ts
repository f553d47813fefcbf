import { core } from "../core/core.ts";
import { typeError } from "../core/errors.ts";
import type { AnyGreenlet } from "../core/greenlet.ts";
import type { Contexts } from "../core/hooks.ts";
import { updateWatched } from "../core/watch.ts";

const { state } = core;

/** What this file needs of Node's AsyncResource: it remembers the stores of every AsyncLocalStorage. */
interface Resource {
  runInAsyncScope<Values extends unknown[], Result>(
    body: (...values: Values) => Result,
    self?: unknown,
    ...values: Values
  ): Result;
}

interface AsyncHooks {
  AsyncResource: new (type: string, options: { requireManualDestroy: boolean }) => Resource;
}

interface Host {
  process?: { getBuiltinModule?(name: string): AsyncHooks | undefined };
}

/** Node's, Deno's and Bun's module; undefined in browsers, which have no asynchronous context. */
const hooks = (globalThis as Host).process?.getBuiltinModule?.("node:async_hooks");

function capture(): Resource {
  if (hooks === undefined) {
    const message = "There are no asynchronous contexts to keep here: this host has no AsyncLocalStorage.";
    throw new core.GreenletError("no-context", message);
  }
  // Nothing listens for its destruction, so it costs an allocation and nothing else.
  return new hooks.AsyncResource("Greenlet", { requireManualDestroy: true });
}

/** The values of every AsyncLocalStorage, as one greenlet (or several that share them) sees them. */
export class Context {
  /** @internal Replaced at every suspension, because `enterWith` changes what the greenlet sees. */
  $resource: Resource;

  private constructor(resource: Resource) {
    this.$resource = resource;
  }

  /**
   * A copy of the values at this point.
   * @throws GreenletError `no-context` where the host has no AsyncLocalStorage
   */
  static current(): Context {
    return new Context(capture());
  }

  /** The values that were there when this package was loaded: none, unless a store was entered around its import. */
  static empty(): Context {
    return new Context(outermost ?? capture());
  }
}

/** See {@link Context.empty}. */
const outermost = hooks === undefined ? undefined : capture();

/**
 * From now on (or, with false, no longer) every greenlet keeps its own asynchronous context: it inherits a copy where it
 * is created, and `AsyncLocalStorage#enterWith` and `run` inside it are seen by it alone, whoever resumes it.
 * Saved once per switch, never per frame; while this is off, which it is at first, it costs nothing.
 * @throws GreenletError `no-context` where the host has no AsyncLocalStorage
 */
export function keepContexts(keep = true): void {
  if (keep) capture();
  state.keepsContexts = keep;
  updateWatched();
}

function checked(context: unknown): Context {
  if (context === null) return Context.empty();
  if (context instanceof Context) return context;
  throw typeError("GREENLET_CONTEXT", "The context of a greenlet must be a Context or null.");
}

/** Runs the current greenlet, until it is left, in its own context. */
function runInContext(run: () => AnyGreenlet): AnyGreenlet {
  const greenlet = state.turn.current;
  const context = (greenlet.$context ??= Context.current());
  return context.$resource.runInAsyncScope(runAndCapture, undefined, run, greenlet, context);
}

function runAndCapture(run: () => AnyGreenlet, greenlet: AnyGreenlet, context: Context): AnyGreenlet {
  const origin = run();
  if (!greenlet.dead) context.$resource = capture();
  return origin;
}

/** What the core calls. */
export const contexts: Contexts = { Context, checked, inherited: () => Context.current(), run: runInContext };
