import { call } from "./call.ts";
import { core } from "./core.ts";
import { apply } from "./natives.ts";

// How the parts of the runtime call functions of the program.

/** Calls a user's function on behalf of a runtime function that can itself be suspended: no foreign frame is between them. */
export function through(callee: unknown, self: unknown, values: unknown[]): unknown {
  if (typeof callee !== "function") return call(callee, self);
  // Stress and development builds: says who calls.
  core.state.turn.calling = callee;
  return apply(callee, self, values);
}

/** The version of a built-in function that can be suspended, if those are loaded; otherwise the function itself. */
export function version(callee: unknown): unknown {
  const { resumable } = core.$ as { resumable?: (callee: unknown) => unknown };
  return resumable === undefined ? callee : resumable(callee);
}
