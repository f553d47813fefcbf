import { watchForDeadlock } from "./deadlock.ts";
import { Green } from "./green.ts";
import { hub } from "./loop/hub.ts";

/**
 * Starts plain code in a Green, for async code: `const rows = await run(report, "today")`.
 * @returns its result; when nothing is left that could end one of its waits, the promise is rejected with a Deadlock
 */
export function run<T, A extends unknown[]>(task: (...args: A) => T, ...args: A): Promise<Awaited<T>> {
  const green = new Green<T>(task, { args });
  watchForDeadlock();
  hub.world.roots.add(green);
  green.start();
  return green.promise as Promise<Awaited<T>>;
}
