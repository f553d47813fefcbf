/**
 * Runs `body` and then, however it ended, `finish`. Written once, because a `finally` around a wait is a lot of compiled code.
 * @returns what `body` returns
 */
export function ensure<T>(body: () => T, finish: () => void): T {
  try {
    return body();
  } finally {
    finish();
  }
}

/** Runs `body`. @returns `fallback` when it ends with exactly `error` */
export function unless<T, F>(error: unknown, fallback: F, body: () => T): T | F {
  try {
    return body();
  } catch (thrown) {
    if (thrown === error) return fallback;
    throw thrown;
  }
}
