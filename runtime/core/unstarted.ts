// A generator whose parameters are still being evaluated when its call returns, with the flag up.

const tagOf = Object.prototype.toString;

/** Told of the generator as soon as its call has returned; null when none is expected. */
let expecting: ((generator: unknown) => void) | null = null;

/** The next generator that comes back while unwinding is the one whose parameters were suspended just now. */
export function expect(found: (generator: unknown) => void): void {
  expecting = found;
}

/** Whether a call that came back with the flag up, but without S, gave the generator that is expected. */
export function isUnstarted(result: unknown): boolean {
  const found = expecting;
  expecting = null;
  if (found === null || tagOf.call(result) !== "[object Generator]") return false;
  found(result);
  return true;
}
