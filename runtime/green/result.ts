import { Links, type Source, type Target } from "./loop/links.ts";
import { EXPIRED, isInTime } from "./loop/waiter.ts";
import { waitOn } from "./by-hand/park.ts";
import { timedOut, type Limit } from "./timeout.ts";

/** What an AsyncResult can take its value from: a Green, or another result. */
export interface Outcome {
  successful(): boolean;
  readonly value: unknown;
  readonly error: unknown;
}

/** A value, or an error, that somebody will deliver; setting it again overwrites it. */
export class AsyncResult<T> implements Source, PromiseLike<T> {
  /** @internal */ $ready = false;
  /** @internal */ $failed = false;
  /** @internal */ $outcome: unknown = undefined;
  /** @internal */ readonly $links = new Links<this>(this, true);

  ready(): boolean {
    return this.$ready;
  }

  /** It has a value. */
  successful(): boolean {
    return this.$ready && !this.$failed;
  }

  get value(): T | undefined {
    return this.successful() ? (this.$outcome as T) : undefined;
  }

  get error(): unknown {
    return this.$failed ? this.$outcome : undefined;
  }

  set(value: T): void {
    this.$settle(value, false);
  }

  setError(error: unknown): void {
    this.$settle(error, true);
  }

  /** @internal */ $settle(outcome: unknown, failed: boolean): void {
    this.$outcome = outcome;
    this.$failed = failed;
    this.$ready = true;
    this.$links.signal();
  }

  /** Takes over how `source` ended, so that a result can be a link: `green.link(result)`. */
  notify(source: Outcome): void {
    this.$settle(source.successful() ? source.value : source.error, !source.successful());
  }

  /** Waits for it. @throws its error; a Timeout when the limit was reached first */
  get(limit?: Limit): T {
    if (this.$ready && !this.$links.busy) return this.getNowait();
    return waitOn(this.$links, limit, (value) => {
      if (value === EXPIRED) throw timedOut(limit);
      return this.getNowait();
    });
  }

  /** @throws its error; a Timeout when it is not there yet */
  getNowait(): T {
    if (!this.$ready) throw timedOut(0);
    if (this.$failed) throw this.$outcome;
    return this.$outcome as T;
  }

  /** Waits for it, whether value or error. @returns false when the limit was reached first */
  wait(limit?: Limit): boolean {
    if (this.$ready && !this.$links.busy) return true;
    return waitOn(this.$links, limit, isInTime);
  }

  /** Calls `target` once, on the hub, when it is there. */
  rawLink(target: Target<this>): void {
    this.$links.link(target);
  }

  unlink(target: Target<this>): void {
    this.$links.unlink(target);
  }

  /** For async code. */
  get promise(): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.rawLink(() => (this.$failed ? reject(this.$outcome) : resolve(this.$outcome as T)));
    });
  }

  /** Async code may `await` it. */
  then<A = T, B = never>(
    onValue?: ((value: T) => A | PromiseLike<A>) | null,
    onError?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.promise.then(onValue, onError);
  }
}
