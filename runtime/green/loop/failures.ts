import { hub, report } from "./hub.ts";

/** A greenlet that ended with an error. */
export interface Failed {
  readonly observed: boolean;
  readonly failure: unknown;
}

/** Reports the error of `failed` unless somebody has seen it by the time the queue has run empty: the rule of unhandled rejections. */
export function noteFailure(failed: Failed): void {
  hub.world.unseen.push(failed);
  if (hub.world.unseen.length === 1) hub.world.host.later(reportUnseen);
}

function reportUnseen(): void {
  if (hub.world.ready.size > 0) return hub.world.host.later(reportUnseen);
  for (const failed of hub.world.unseen.splice(0)) if (!failed.observed) report(failed.failure, failed);
}
