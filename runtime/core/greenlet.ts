import { close } from "./close.ts";
import type { Context } from "../node/context.ts";
import { GreenletError, GreenletExit, isErrorClass, typeError, type ErrorClass } from "./errors.ts";
import { type FrameView, viewFrames } from "./frame-view.ts";
import type { Frame } from "./frame.ts";
import { kindOf } from "./object.ts";
import { state } from "./state.ts";
import { DEAD, PENDING, STARTED, type Status } from "./status.ts";
import { leave } from "./transfer.ts";

/** A greenlet of which nothing is known. */
export type AnyGreenlet = Greenlet<unknown[], unknown, unknown>;

/** The body of a greenlet: called with the arguments of the first `switch()`; what it returns goes to the parent. */
export type Body<Sent extends unknown[], Returned> = (...values: Sent) => Returned;

/** What a greenlet is doing. */
export type GreenletState = "pending" | "current" | "suspended" | "dead";

/**
 * A call stack of its own, entered and left by `switch()`.
 *
 * @typeParam Sent what it is sent: the arguments of its body, and the values that `switch()` resumes it with
 * @typeParam Yielded what others get from `switch()` while it lives
 * @typeParam Returned what its body returns
 */
export class Greenlet<Sent extends unknown[] = unknown[], Yielded = unknown, Returned = unknown> {
  // First, so that a structured clone stops here. Names with `$` are the runtime's own.
  /** @internal */ declare $status: Status;
  /** @internal The continuation: innermost frame first; null when there is none. */ declare $frame: Frame | null;
  /** @internal */ declare $parent: AnyGreenlet | null;
  /** @internal Dropped at the start, so that nothing it captured stays alive for longer than needed. */
  declare $body: Function | null;
  /** @internal The asynchronous context while suspended, when contexts are kept. */ declare $context:
    | Context
    | undefined;

  /**
   * Makes a greenlet; does not run it.
   * @param run its body. A subclass may define a method `run` instead; it is read here, once.
   * @param parent where its result or error goes; the current greenlet when absent
   * @throws TypeError when `run` is not callable or `parent` is not a greenlet
   */
  constructor(run?: Body<Sent, Returned> | null, parent?: AnyGreenlet | null) {
    this.$status = PENDING;
    this.$frame = null;
    this.$parent = parent === undefined || parent === null ? state.turn.current : checkedParent(parent);
    this.$body = checkedBody(run ?? this.run);
    this.$context = state.keepsContexts ? state.contexts!.inherited() : undefined;
    state.development?.created(this as AnyGreenlet, Greenlet);
  }

  /** The body: can be read and set until the greenlet starts. Afterwards it is undefined, and setting it is an error. */
  run?(...values: Sent): Returned;

  /**
   * Parks the current greenlet and continues this one: a jump, not a call. Returns when somebody switches back, with what
   * *they* send (or with the result of a child that ended).
   *
   * @param values starting: the arguments of the body; resuming: none is `undefined`, one is itself, several are an array.
   * A dead greenlet passes them on to its nearest living ancestor; switching to oneself returns them.
   * @throws whatever is thrown into the caller before it is resumed; GreenletError `no-run` when there is no body to start
   */
  switch(...values: Sent | []): Yielded | Returned {
    const { length } = values;
    // A copy, and no read out of bounds: so the optimiser never makes `values` for the switch with one value or none.
    const value = length === 1 ? values[0] : length === 0 ? undefined : [...values];
    return leave(this as AnyGreenlet, value, length, false) as Yielded | Returned;
  }

  /**
   * Switches to this greenlet and throws there: at the `switch()` it is suspended at, where `catch` and `finally` apply.
   * A greenlet that was not started dies without running. Returns like `switch()`.
   *
   * @param error any value; a class of errors is instantiated with `values`; a new GreenletExit when absent
   * @throws TypeError, changing nothing, when `values` are given with something that is not a class of errors
   */
  throw<E extends ErrorClass>(error: E, ...values: ConstructorParameters<E>): Yielded | Returned;
  throw(error?: unknown): Yielded | Returned;
  throw(...values: unknown[]): unknown {
    const error = toThrow(values);
    state.development?.seen(error);
    return leave(this as AnyGreenlet, error, 1, true);
  }

  /**
   * Ends this greenlet now: throws GreenletExit into it, so that `finally` runs, and returns to the caller, whatever its
   * parent is. Nothing happens to a dead greenlet; one that was not started dies without running.
   * @throws what its handlers throw; GreenletError `survived` when it is still alive, `cyclic-parent` for an ancestor
   */
  close(): void {
    return close(this as AnyGreenlet) as void;
  }

  /**
   * Where this greenlet is suspended, innermost frame first; empty when it is pending, current or dead.
   * Positions and variables are known of functions compiled for development.
   */
  frames(): FrameView[] {
    return this.state === "suspended" ? viewFrames(this.$frame) : [];
  }

  /** Its asynchronous context; undefined unless contexts are kept (`keepContexts`). Two greenlets can share one. */
  get context(): Context | undefined {
    return this.$context;
  }

  /**
   * null: none of the values of its creator. Takes effect when the greenlet is next resumed.
   * @throws TypeError for anything but a Context or null
   */
  set context(context: Context | null) {
    this.$context = state.contexts?.checked(context);
  }

  /** Where the result or the error goes when this greenlet ends; null for the main greenlet only. */
  get parent(): AnyGreenlet | null {
    return this.$parent;
  }

  /**
   * May be set at any time; counts at the end of the greenlet.
   * @throws TypeError for anything but a greenlet; GreenletError `cyclic-parent`, `main-greenlet`
   */
  set parent(parent: AnyGreenlet) {
    const checked = checkedParent(parent);
    if (this.$parent === null) throw new GreenletError("main-greenlet", "cannot set the parent of a main greenlet");
    for (let ancestor: AnyGreenlet | null = checked; ancestor !== null; ancestor = ancestor.$parent) {
      if (ancestor === (this as AnyGreenlet)) throw new GreenletError("cyclic-parent", "cyclic parent chain");
    }
    this.$parent = checked;
  }

  /** Its body has ended; for ever. */
  get dead(): boolean {
    return this.$status === DEAD;
  }

  /** Its body has been entered (or it was killed before); stays true. */
  get started(): boolean {
    return this.$status !== PENDING;
  }

  /** Started and not dead: what `bool(g)` tells in Python. */
  get active(): boolean {
    return this.$status === STARTED;
  }

  get state(): GreenletState {
    if (this.$status === PENDING) return "pending";
    if (this.$status === DEAD) return "dead";
    return state.turn.current === (this as AnyGreenlet) ? "current" : "suspended";
  }

  /** `<Greenlet suspended active started>`: what Python's repr says, without the address. */
  toString(): string {
    const name = this.constructor?.name || "Greenlet";
    const activity = this.active ? `${this.state} active started` : this.state;
    return `<${name} ${activity}${this.$parent === null ? " main" : ""}>`;
  }

  /** JSON has no word for a continuation; frames and what they hold must not leak into it. */
  toJSON(): string {
    return this.toString();
  }

  /** `using greenlet = …`: closes it at the end of the block. */
  declare [Symbol.dispose]: () => void;

  /** @internal Node's `util.inspect` and `console.log`. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

if (Symbol.dispose !== undefined) Greenlet.prototype[Symbol.dispose] = Greenlet.prototype.close;

// A method in the type, so that subclasses can define one; an accessor in fact, so that it can end at the start.
Object.defineProperty(Greenlet.prototype, "run", {
  configurable: true,
  get(this: AnyGreenlet) {
    return this.$status === PENDING ? (this.$body ?? undefined) : undefined;
  },
  set(this: AnyGreenlet, run: unknown) {
    if (this.$parent === null) throw new GreenletError("main-greenlet", "Main greenlets do not have a run attribute.");
    if (this.$status !== PENDING)
      throw new GreenletError("started", "run cannot be set after the start of the greenlet");
    this.$body = checkedBody(run);
  },
});

/** null when there is none: it may be given later. */
function checkedBody(run: unknown): Function | null {
  if (run === undefined || run === null) return null;
  if (typeof run === "function") return run;
  throw typeError("GREENLET_RUN", `The body of a greenlet must be a function, not ${kindOf(run)}.`);
}

function checkedParent(parent: unknown): AnyGreenlet {
  if (parent instanceof Greenlet) return parent;
  throw typeError("GREENLET_PARENT", `The parent of a greenlet must be a greenlet, not ${kindOf(parent)}.`);
}

/** The arguments of `throw` → the value that is thrown. */
function toThrow(values: unknown[]): unknown {
  if (values.length === 0) return new GreenletExit();
  const [error, ...rest] = values;
  if (isErrorClass(error)) return new error(...(rest as never[]));
  if (rest.length === 0) return error;
  throw typeError("GREENLET_THROW", "Only a class of errors takes further values in throw().");
}

/** The greenlet of the host's own stack: started for ever, without a body, without a parent. */
function makeMain(): AnyGreenlet {
  const main = new Greenlet<unknown[], unknown, unknown>();
  main.$status = STARTED;
  main.$parent = null;
  return main;
}

state.main = state.turn.current = makeMain();
