import type { AnyGreenlet } from "../../core/index.ts";
import { currentGreenlet } from "./hub.ts";

/** Greenlets that are inside runSync() at this moment. */
export const entered: Set<AnyGreenlet> = new Set();

/** True inside `runSync`, also in greenlets made there. */
export function isSync(): boolean {
  return entered.size > 0 && isWithin(currentGreenlet());
}

function isWithin(greenlet: AnyGreenlet | null): boolean {
  return greenlet !== null && (entered.has(greenlet) || isWithin(greenlet.parent));
}
