import { resumable } from "../../core/index.ts";

// Loops over iterables whose `next`, or whose body, may wait. By hand, because many functions of this library share them, and the
// compiler would spell out the protocol of iterators in both bodies of each.

const loop = resumable(function* (
  items: Iterable<unknown>,
  visit: (item: unknown) => unknown,
  results: unknown[] | null,
) {
  const iterator = (yield () => items[Symbol.iterator]()) as Iterator<unknown>;
  const close = () => iterator.return?.();
  for (;;) {
    const { done, value } = (yield () => iterator.next()) as IteratorResult<unknown>;
    if (done === true) return results;
    let result: unknown;
    try {
      result = yield () => visit(value);
    } catch (error) {
      try {
        yield close;
      } catch {
        // The first error counts.
      }
      throw error;
    }
    if (results !== null) results.push(result);
    else if (result === true) return yield close;
  }
});

/** Calls `visit` with each item until it returns true. */
export function each<T>(items: Iterable<T>, visit: (item: T) => unknown): void {
  return loop(items, visit as (item: unknown) => unknown, null) as undefined;
}

/** What `map` makes of each item. */
export function collect<T, R>(items: Iterable<T>, map: (item: T) => R): R[] {
  return loop(items, map as (item: unknown) => unknown, []) as R[];
}
