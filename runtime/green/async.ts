import { after } from "./by-hand/after.ts";
import { run } from "./run.ts";

/**
 * The items of an iterable whose `next` may wait, for async code: `for await (const item of toAsync(rows())) …`.
 * Items are asked for one by one; leaving the loop early ends the iteration.
 */
export function toAsync<T>(iterable: Iterable<T>): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
      return after(() => iterable[Symbol.iterator](), asyncOf);
    },
  };
}

function asyncOf<T>(iterator: Iterator<T>): AsyncIterator<T, undefined> {
  const end = () => (iterator.return ? iterator.return() : undefined);
  return {
    next: () => run(() => iterator.next()),
    return: () => run(() => after(end, (result) => result ?? { done: true, value: undefined })),
  } as AsyncIterator<T, undefined>;
}
