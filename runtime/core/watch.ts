import { core } from "./core.ts";

/** To be called after a change of anything that has to be told of transfers. */
export function updateWatched(): void {
  const { state } = core;
  state.watched = state.tracer !== null || state.keepsContexts || state.development !== null;
}
