import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Collects garbage until `reference` is empty; false when it never becomes empty. */
export async function isCollected(reference: WeakRef<object>): Promise<boolean> {
  for (let round = 0; round < 20; round++) {
    // A WeakRef keeps its target until the turn of the event loop ends in which it was read.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    if (reference.deref() === undefined) return true;
  }
  return false;
}

/** Bytes of heap in use after a collection. */
export function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

/** Collects, then lets finalisers run. */
export async function finalise(): Promise<void> {
  collect();
  await new Promise((resolve) => setTimeout(resolve, 10));
}
