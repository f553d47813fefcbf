import { GreenletExit, resumable, type AnyGreenlet } from "../core/index.ts";
import { rescue } from "./by-hand/ensure.ts";
import { GreenError } from "./errors.ts";
import { Green, type SpawnOptions } from "./green.ts";
import { currentGreenlet } from "./loop/hub.ts";
import { Links, type Source } from "./loop/links.ts";
import { strike } from "./loop/strike.ts";
import { isInTime } from "./loop/waiter.ts";
import { kill } from "./spawn.ts";
import { waitOn } from "./by-hand/park.ts";

/** Children that end before their scope does. */
export class Scope implements Source {
  /** @internal */ readonly $owner: AnyGreenlet = currentGreenlet();
  /** @internal */ readonly $children = new Set<Green>();
  /** @internal Children that were killed: a second kill would interrupt their cleanup. */ readonly $struck =
    new WeakSet<Green>();
  /** @internal */ readonly $links = new Links<this>(this, true);
  /** @internal */ readonly $errors = new Set<unknown>();
  /** @internal Interrupts the body when a child has failed. */ readonly $stop: GreenletExit;
  /** @internal The body is still running. */ $inBody = true;
  /** @internal */ $closed = false;

  constructor() {
    this.$stop = new GreenletExit("a child of the scope failed");
  }

  /** Spawns a child. @throws GreenError `closed` when the scope has ended */
  spawn<T, A extends unknown[] = []>(task: (...args: A) => T, options?: SpawnOptions<A>): Green<T> {
    if (this.$closed) throw new GreenError("closed", "This scope has ended: it takes no more children.");
    const child = new Green<T>(task, options as SpawnOptions);
    this.$children.add(child as Green);
    child.observed = true;
    child.$watch(this);
    return child.start();
  }

  /** Kills all children, each of them once; the scope goes on. */
  cancel(error?: unknown): void {
    this.$children.forEach((child) => {
      if (this.$struck.has(child)) return;
      this.$struck.add(child);
      kill(child, error);
    });
  }

  /** @internal All children have ended. */
  ready(): boolean {
    return this.$children.size === 0;
  }

  /** @internal On the hub: a child has ended. */
  notify(child: Green): void {
    this.$children.delete(child);
    if (!child.successful()) {
      this.$fail(child.error);
      if (this.$inBody) strike(this.$owner, this.$stop);
    }
    if (this.ready()) this.$links.signal();
  }

  /** @internal */ $fail(error: unknown): void {
    if (error !== this.$stop) this.$errors.add(error);
    this.cancel();
  }

  /** @internal */ $throw(): void {
    const errors = [...this.$errors];
    const failures = errors.filter((error) => !(error instanceof GreenletExit));
    if (failures.length > 1) throw new AggregateError(failures, `${failures.length} parts of a scope failed`);
    if (errors.length > 0) throw failures.length === 1 ? failures[0] : errors[0];
  }
}

/** Errors of the body, a GreenletExit too, wait until the children have ended; when we are killed meanwhile, they are killed too. */
const run = resumable(function* (scope: Scope, body: (scope: Scope) => unknown) {
  const fail = (error: unknown): void => {
    scope.$inBody = false;
    scope.$fail(error);
  };
  const value = yield () => rescue(() => body(scope), fail);
  scope.$inBody = false;
  while (!scope.ready()) yield () => rescue(() => waitOn(scope.$links, undefined, isInTime), fail);
  scope.$closed = true;
  scope.$throw();
  return value;
});

/**
 * Runs `body`, which may spawn children; returns only when all of them have ended. When one fails, or `body` does, or the
 * current greenlet is killed, the others are killed.
 *
 *     const [a, b] = scope((s) => { const a = s.spawn(left), b = s.spawn(right); return [a.get(), b.get()]; });
 *
 * @returns what `body` returns
 * @throws the error that occurred; an AggregateError when there were several
 */
export function scope<T>(body: (scope: Scope) => T): T {
  return run(new Scope(), body) as T;
}
