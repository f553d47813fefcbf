import type { AnyGreenlet } from "../core/index.ts";
import { ensure } from "./ensure.ts";
import { currentGreenlet } from "./loop/hub.ts";

/** Greenlets that are inside runSync() at this moment. */
const entered = new Set<AnyGreenlet>();

/** True inside `runSync`, also in greenlets made there. */
export function isSync(): boolean {
  return entered.size > 0 && isWithin(currentGreenlet());
}

function isWithin(greenlet: AnyGreenlet | null): boolean {
  return greenlet !== null && (entered.has(greenlet) || isWithin(greenlet.parent));
}

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
