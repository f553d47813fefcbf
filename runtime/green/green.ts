import { Greenlet, GreenletExit } from "../core/index.ts";
import { isErrorClass } from "../core/errors.ts";
import { checkedFunction, GreenError } from "./errors.ts";
import type { Locals } from "./local.ts";
import { ended, spawned } from "./loop/channels.ts";
import { noteFailure } from "./loop/failures.ts";
import { currentGreenlet, arm, checkedDuration, enqueue, hub, hubGreenlet, type Turn } from "./loop/hub.ts";
import { isReceiver, type Links, type Source, type Target } from "./loop/links.ts";
import { listen } from "./loop/listen.ts";
import { DONE, DUE, FAILED, NEW, RUNNING, type Stage } from "./loop/stage.ts";
import { strike, type Shield } from "./loop/strike.ts";
import { Timed } from "./loop/timers.ts";
import { EXPIRED, isInTime, type Parkable, type Waiter } from "./loop/waiter.ts";
import { enter, hasEnded, joinerOf, linksOf } from "./loop/join.ts";
import { park } from "./by-hand/park.ts";
import { timedOut, type Limit } from "./timeout.ts";

/** Settings of a Green. */
export interface SpawnOptions<A extends unknown[] = unknown[]> {
  /** What the function is called with. */
  args?: A;
  /** Kills the Green with its reason when it is aborted. */
  signal?: AbortSignal;
  /** Shown in reports. */
  name?: string;
}

/** How `kill` goes about it. */
export interface KillOptions {
  /** Wait until it has ended; true by default, and never on the host's stack, where nothing can wait. */
  block?: boolean;
  /** How long to wait at most. */
  timeout?: Limit;
}

/** Starts a Green later. */
class Start extends Timed {
  readonly greenlet: Turn;

  constructor(greenlet: Turn) {
    super();
    this.greenlet = greenlet;
  }

  fire(): void {
    this.greenlet.turn();
  }
}

/** What few Greens have: a name, arguments, a signal, a promise, a start in the future. */
interface Extras<T> {
  name?: string | undefined;
  args?: unknown[];
  controller?: AbortController;
  promise?: Promise<T>;
  start?: Start;
  release?: () => void;
  spawnedAt?: string | undefined;
}

/** Numbers the Greens whose default names were asked for. */
let count = 0;

/**
 * A greenlet that the hub runs: it starts in its turn, its end can be waited for, its result or error is kept
 * (gevent's `Greenlet`). A subclass may define a method `body` in place of the function.
 */
export class Green<T = unknown> extends Greenlet<[], unknown, void> implements Turn, Source, PromiseLike<T> {
  /** @internal */ declare waiting: Waiter | null;
  /** @internal */ declare shield?: Shield | null;
  /** @internal */ declare locals?: Locals | null;
  /** @internal Shared by the Greens that were spawned by one another. */ declare tree: Record<
    PropertyKey,
    unknown
  > | null;
  /** @internal Somebody has seen, or will see, how it ended. */ declare observed: boolean;
  /** @internal */ declare $stage: Stage;
  /** @internal Before its start the function it runs, if it has no `body`; after its end the result or the error. */ declare $content: unknown;
  /** @internal */ declare $ends: Links<this> | null;
  /** @internal Who waits for its end below it, on the same native stack, without being in `$ends` yet. */ declare $below: Parkable | null;
  /** @internal */ declare $extras: Extras<T> | null;

  constructor(task?: (...args: never) => T, options?: SpawnOptions) {
    super(undefined, hubGreenlet);
    const creator = currentGreenlet() as Partial<Green>;
    this.waiting = null;
    // Only Greens have a tree.
    this.tree = creator.tree === undefined ? null : (creator.tree ?? (creator as Green).localsOfTree);
    this.observed = false;
    this.$stage = NEW;
    this.$content =
      task === undefined && this.body !== undefined ? null : checkedFunction(task!, "The body of a Green");
    this.$ends = null;
    this.$below = null;
    this.$extras = null;
    if (options !== undefined) this.$configure(options);
    if (hub.debug) this.$own().spawnedAt = new Error("spawned").stack;
  }

  /** What it does, in a subclass. */
  body?(...args: unknown[]): T;

  /** @internal */ $configure({ args, signal, name }: SpawnOptions): void {
    if (args !== undefined) this.$own().args = args;
    if (name !== undefined) this.$own().name = name;
    if (signal !== undefined) this.$obey(signal);
  }

  /** @internal */ $obey(signal: AbortSignal): void {
    const abort = () => this.strike(signal.reason);
    if (signal.aborted) return abort();
    this.$own().release = listen(signal, "abort", abort);
  }

  /** @internal */ $own(): Extras<T> {
    return (this.$extras ??= {});
  }

  /** Shown in reports; `Green-N` unless set. */
  get name(): string {
    return (this.$own().name ??= `Green-${++count}`);
  }

  set name(name: string) {
    this.$own().name = name;
  }

  /** An object shared by all Greens that were spawned by one another, directly or not. */
  get localsOfTree(): Record<PropertyKey, unknown> {
    return (this.tree ??= {});
  }

  /** Hub's debug mode: the stack of its creation. */
  get spawnedAt(): string | undefined {
    return this.$extras?.spawnedAt;
  }

  /** Aborted, with the error, when this Green is killed: hand it to what understands signals. */
  get signal(): AbortSignal {
    return (this.$own().controller ??= new AbortController()).signal;
  }

  /** Queues its start. Once: started, killed or finished before, nothing happens. */
  start(): this {
    if (this.$stage === NEW) {
      this.$scheduled();
      enqueue(this);
    }
    return this;
  }

  /** Starts it in `ms` milliseconds. */
  startLater(ms: number): this {
    checkedDuration(ms, "A delay");
    if (this.$stage === NEW) {
      this.$scheduled();
      arm((this.$own().start = new Start(this)), ms);
    }
    return this;
  }

  /** @internal */ $scheduled(): void {
    this.$stage = DUE;
    if (spawned.hasSubscribers) spawned.publish({ green: this });
  }

  /** @internal Its first turn on the hub. */
  turn(): void {
    if (this.$stage === DUE) enter(this);
  }

  /** @internal What the greenlet runs. */
  override run(): void {
    if (this.$stage >= DONE) return;
    this.$stage = RUNNING;
    let outcome: unknown;
    let stage: typeof DONE | typeof FAILED = DONE;
    try {
      outcome = this.$call();
    } catch (error) {
      outcome = error;
      if (!(error instanceof GreenletExit)) stage = FAILED;
    }
    this.$end(stage, outcome);
  }

  /** @internal Lets go of the function first, so that nothing it captured stays alive for longer than needed. */
  $call(): T {
    const task = this.$content as ((...args: unknown[]) => T) | null;
    const extras = this.$extras;
    this.$content = null;
    if (extras === null && task !== null) return task();
    const args = extras?.args ?? [];
    if (extras !== null) delete extras.args;
    return task === null ? this.body!(...args) : task(...args);
  }

  /** @internal */ $end(stage: typeof DONE | typeof FAILED, outcome: unknown): void {
    this.$stage = stage;
    this.$content = outcome;
    if (this.locals !== undefined) this.locals = null;
    if (this.$extras !== null) this.$cleanUp(this.$extras);
    if (hub.world.roots.size > 0) hub.world.roots.delete(this);
    if (this.$ends !== null) this.$ends.signal();
    if (stage === FAILED && !this.observed) noteFailure(this);
    if (ended.hasSubscribers) ended.publish({ green: this, error: stage === FAILED ? outcome : undefined });
  }

  /** @internal */ $cleanUp(extras: Extras<T>): void {
    extras.start?.leave();
    extras.release?.();
    delete extras.args;
  }

  /** True from its start until its end. */
  get alive(): boolean {
    return this.$stage === DUE || this.$stage === RUNNING;
  }

  /** It has ended, for ever: also when it was killed before it ran. */
  override get dead(): boolean {
    return super.dead || (this.$stage >= DONE && !super.started);
  }

  /** It has ended. */
  ready(): boolean {
    return this.$stage >= DONE;
  }

  /** It has ended, and not with an error; a GreenletExit is not an error. */
  successful(): boolean {
    return this.$stage === DONE;
  }

  /** What it returned (the GreenletExit of a kill); undefined before its end and after an error. */
  get value(): T | GreenletExit | undefined {
    return this.$stage === DONE ? (this.$content as T | GreenletExit) : undefined;
  }

  /** The error that ended it; undefined otherwise. Reading it counts as having seen it. */
  get error(): unknown {
    this.observed = true;
    return this.$stage === FAILED ? this.$content : undefined;
  }

  /** What ended it, for reports: does not count as having seen it. */
  get failure(): unknown {
    return this.$stage === FAILED ? this.$content : undefined;
  }

  /**
   * Waits for its end.
   * @returns what its function returned; of a Green that was killed, the GreenletExit (as in gevent)
   * @throws the very error that ended it; a Timeout when `limit` was reached first
   */
  get(limit?: Limit): T {
    return hasEnded(this, limit)
      ? this.$result(undefined)
      : park(joinerOf(this), limit, (value) => this.$result(value, limit));
  }

  /** @internal */ $result(value: unknown, limit?: Limit): T {
    if (value === EXPIRED) throw timedOut(limit);
    if (this.$stage === FAILED) throw this.$content;
    return this.$content as T;
  }

  /** Waits for its end, however it ends. @returns false when `limit` was reached first */
  join(limit?: Limit): boolean {
    return hasEnded(this, limit) || park(joinerOf(this), limit, isInTime);
  }

  /**
   * Ends it: throws `error` where it waits, so that its `finally` blocks run; one that never ran never will. By default
   * waits until it has ended. Killing oneself throws at once; without `block`, at the next wait.
   * @param error a new GreenletExit by default, which does not count as a failure; a class is instantiated
   */
  kill(error?: unknown, { block = currentGreenlet() !== hubGreenlet, timeout }: KillOptions = {}): void {
    if (this.ready()) return;
    const cause = toError(error);
    if (block && currentGreenlet() === (this as Greenlet<never[]>)) throw cause;
    this.strike(cause);
    if (block && !hasEnded(this, timeout)) return park(joinerOf(this), timeout, nothing);
  }

  /** @internal Kills it without waiting. */
  strike(cause: unknown): void {
    if (this.ready()) return;
    this.$extras?.controller?.abort(cause);
    if (this.$stage !== RUNNING) this.$end(cause instanceof GreenletExit ? DONE : FAILED, cause);
    else strike(this, cause);
  }

  /** Like Greenlet's, for the hub; a Green that never ran ends on the spot. */
  override throw(...values: [error?: unknown]): unknown {
    if (this.$stage !== NEW && this.$stage !== DUE) return super.throw(...values);
    this.strike(toError(values[0]));
    return undefined;
  }

  /** Calls `target` with this Green on the hub, when it has ended (in the next turn if it has already); it must not wait. */
  rawLink(target: Target<this>): void {
    this.observed = true;
    linksOf(this).link(target);
  }

  /** @internal Tells a keeper that does not answer for errors. */ $watch(keeper: {
    notify(green: Green): void;
  }): void {
    linksOf(this).link(keeper as unknown as Target<this>);
  }

  /** Calls `target` with this Green in a greenlet of its own, when it has ended; objects with `notify` are told on the hub. */
  link(target: Target<this>): void {
    this.$linkIf(target, () => true);
  }

  /** Like `link`, if it succeeds. */
  linkValue(target: Target<this>): void {
    this.$linkIf(target, () => this.successful());
  }

  /** Like `link`, if it fails. */
  linkError(target: Target<this>): void {
    this.$linkIf(target, () => !this.successful());
  }

  /** @internal */ $linkIf(target: Target<this>, applies: () => boolean): void {
    const tell = apart(target, applies);
    this.observed = true;
    linksOf(this).link(target, tell);
  }

  /** Takes back a link. */
  unlink(target: Target<this>): void {
    this.$ends?.unlink(target);
  }

  /** True when somebody is to be told of its end. */
  get hasLinks(): boolean {
    return this.$below !== null || (this.$ends !== null && !this.$ends.empty);
  }

  /** Its result, for async code. */
  get promise(): Promise<T> {
    return (this.$own().promise ??= new Promise<T>((resolve, reject) => {
      this.rawLink(() => (this.$stage === FAILED ? reject(this.$content) : resolve(this.$content as T)));
    }));
  }

  /** Async code may `await` it. */
  then<A = T, B = never>(
    onValue?: ((value: T) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.promise.then(onValue, onError);
  }

  /** Kills it and waits for its end: also at the end of `using worker = spawn(…)`. */
  override close(): void {
    return this.kill();
  }

  override toString(): string {
    return `<Green ${JSON.stringify(this.name)}>`;
  }
}

if (Symbol.dispose !== undefined) Green.prototype[Symbol.dispose] = Green.prototype.close;

const nothing = (): undefined => undefined;

/** What tells `target`, if it `applies`, where it may wait: a function in a greenlet of its own, an object right here. */
function apart<S>(target: Target<S>, applies: () => boolean): (source: S) => void {
  const listener = isReceiver(target) ? undefined : checkedFunction(target, "A link");
  return function tell(source) {
    if (!applies()) return;
    if (listener === undefined) (target as { notify(source: S): void }).notify(source);
    else new Greenlet(() => listener(source), hubGreenlet).switch();
  };
}

/** The Green whose code is running. @throws GreenError `not-green` anywhere else */
export function current(): Green {
  const greenlet = currentGreenlet();
  if (greenlet instanceof Green) return greenlet;
  throw new GreenError("not-green", "The code that is running was not spawned, so it has no Green.");
}

export function toError(error: unknown): unknown {
  if (error === undefined) return new GreenletExit();
  return isErrorClass(error) ? new error() : error;
}
