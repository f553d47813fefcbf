import { after } from "./by-hand/after.ts";
import { collect, each } from "./by-hand/each.ts";
import { ensure } from "./by-hand/ensure.ts";
import { Green } from "./green.ts";
import { iwait } from "./ready.ts";
import { scope } from "./scope.ts";
import { shield } from "./shield.ts";
import { killAll } from "./spawn.ts";

/** Functions, by the values they return. */
export type Tasks<T extends readonly unknown[]> = { [K in keyof T]: () => T[K] };

/** Runs all tasks at the same time. @returns their values @throws the first error; then the others are killed */
export function all<T extends readonly unknown[]>(tasks: readonly [...Tasks<T>]): T {
  return scope((s) => {
    const children = (tasks as readonly (() => unknown)[]).map((task) => s.spawn(task));
    return collect(children, (child) => child.get()) as unknown as T;
  });
}

/** Runs all tasks at the same time until the first has ended; the others are killed. @returns its value @throws its error */
export function race<T extends readonly unknown[]>(tasks: readonly [...Tasks<T>]): T[number] {
  return contest(tasks, (first) => first.$result(undefined));
}

/** Runs all tasks at the same time until one succeeds; the others are killed. @returns its value @throws AggregateError when all fail */
export function any<T extends readonly unknown[]>(tasks: readonly [...Tasks<T>]): T[number] {
  const errors: unknown[] = [];
  return contest(tasks, (green) => {
    if (green.successful()) return green.value;
    errors.push(green.error);
    if (errors.length === tasks.length) throw new AggregateError(errors, "All tasks failed");
    return NOT_YET;
  });
}

const NOT_YET: unique symbol = Symbol("not yet");

/** Asks `judge` about each task as it ends, until it has a value; nobody is left running. */
function contest(tasks: readonly (() => unknown)[], judge: (green: Green) => unknown): unknown {
  const runners = tasks.map((task) => new Green(task).start());
  return ensure(
    () => decide(runners, judge),
    () => shield(() => killAll(runners)),
  );
}

function decide(runners: Green[], judge: (green: Green) => unknown): unknown {
  let value: unknown = NOT_YET;
  const ask = (ended: Iterable<Green>) => each(ended, (runner) => (value = judge(runner)) !== NOT_YET);
  return after(
    () => after(() => iwait(runners), ask),
    () => {
      if (value === NOT_YET) throw new RangeError("There is no task to wait for.");
      return value;
    },
  );
}
