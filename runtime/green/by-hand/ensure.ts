import { resumable } from "../../core/index.ts";

// `try` around something that may wait. By hand, because it is shared by everything that has to clean up.

const run = resumable(function* (body: () => unknown, finish: () => void, first?: () => void) {
  if (first !== undefined) yield first;
  try {
    return yield body;
  } finally {
    yield finish;
  }
});

/**
 * Runs `body` and then, however it ended, `finish`.
 * @param first what comes before; when it throws, nothing else runs
 * @returns what `body` returns
 */
export function ensure<T>(body: () => T, finish: () => void, first?: () => void): T {
  return run(body, finish, first) as T;
}

const attempt = resumable(function* (body: () => unknown, recover: (error: unknown) => unknown) {
  try {
    return yield body;
  } catch (error) {
    return recover(error);
  }
});

/** Runs `body`; a GreenletExit is an error like any other here. @returns what `body` returns, or what `recover` makes of its error */
export function rescue<T, F>(body: () => T, recover: (error: unknown) => F): T | F {
  return attempt(body, recover) as T | F;
}
