import { core } from "./core.ts";

function inAtomic(): Error {
  return new core.GreenletError(
    "atomic",
    "Can't switch inside atomic(): its body must run to its end without interleaving.",
  );
}

/**
 * Runs `body` with a promise that no other greenlet runs meanwhile: a `switch()` or `throw()` inside is an error, at once.
 * @returns what `body` returns
 * @throws GreenletError `atomic` from the switch; whatever `body` throws
 */
export function atomic<Result>(body: () => Result): Result {
  const { state } = core;
  const { barrier } = state;
  state.barrier = barrier ?? inAtomic;
  try {
    return body();
  } finally {
    state.barrier = barrier;
  }
}
