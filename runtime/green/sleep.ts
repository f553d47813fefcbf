import { arm, checkedDuration, hub } from "./loop/hub.ts";
import { Waiter } from "./loop/waiter.ts";
import { leave } from "./by-hand/park.ts";

/** How a sleeper sleeps. */
export interface SleepOptions {
  /** False: does not keep the program alive. */
  ref?: boolean;
}

/**
 * Lets other greenlets run.
 * @param ms 0: until everybody who is ready now had a turn; else at least that many milliseconds
 */
export function sleep(ms = 0, options?: SleepOptions): void {
  const waiter = new Waiter("sleep");
  if (ms === 0) waiter.wake(undefined);
  else {
    if (options?.ref === false) waiter.holds = false;
    arm(waiter, checkedDuration(ms, "A sleep"));
  }
  return leave(waiter) as undefined;
}

/** Waits until nothing is ready any more and timers and I/O had a turn. */
export function idle(): void {
  const waiter = new Waiter("idle");
  const look = () => {
    if (hub.world.ready.size > 0) hub.world.host.later(look);
    else waiter.wake(undefined);
  };
  hub.world.host.later(look);
  return leave(waiter) as undefined;
}
