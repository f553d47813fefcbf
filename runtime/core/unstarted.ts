import { state } from "./state.ts";

/**
 * Whether a call that came back with the flag up, but without S, gave the generator that is expected: its parameters are
 * still being evaluated when its call returns (iteration/parameters.ts).
 */
export function isUnstarted(result: unknown): boolean {
  const { expecting } = state;
  state.expecting = null;
  return expecting !== null && expecting(result);
}
