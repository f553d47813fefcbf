import { run } from "./run.ts";

/**
 * The items of an iterable whose `next` may wait, for async code: `for await (const item of toAsync(rows())) …`.
 * Items are asked for one by one; leaving the loop early ends the iteration.
 */
export function toAsync<T>(iterable: Iterable<T>): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
      const iterator = iterable[Symbol.iterator]();
      return {
        next: () => run(() => iterator.next()),
        return: () => run(() => iterator.return?.() ?? { done: true, value: undefined }),
      } as AsyncIterator<T, undefined>;
    },
  };
}
