import { ensure } from "./by-hand/ensure.ts";
import { entered } from "./loop/entered.ts";
import { currentGreenlet } from "./loop/hub.ts";

/**
 * Runs `fn` to its end without ever waiting: leaves made by `dual` use their synchronous form.
 * @returns what `fn` returns
 * @throws GreenError `sync-only` at the first leaf that can only wait; its message and stack say which
 */
export function runSync<T>(fn: () => T): T {
  const greenlet = currentGreenlet();
  if (entered.has(greenlet)) return fn();
  entered.add(greenlet);
  return ensure(fn, () => entered.delete(greenlet));
}
