import { Iterating } from "./loop/iterating.ts";
import { after } from "./by-hand/after.ts";
import { wait } from "./wait.ts";

/** What hands out promised items: an async iterable (a Node stream is one) or a web stream. */
export type AsyncSource<T> = AsyncIterable<T> | ReadableStream<T>;

/** One item at a time, each waited for. */
class Awaited<T> extends Iterating implements IterableIterator<T> {
  readonly iterator: AsyncIterator<T>;

  constructor(iterator: AsyncIterator<T>) {
    super();
    this.iterator = iterator;
  }

  next(): IteratorResult<T> {
    return after(() => this.iterator.next(), wait) as IteratorResult<T>;
  }

  return(): IteratorResult<T> {
    const end: IteratorResult<T> = { done: true, value: undefined };
    const { iterator } = this;
    if (!iterator.return) return end;
    return after(
      () => iterator.return!(),
      (closed) => wait(closed.then(() => end)),
    );
  }
}

/** Browsers whose streams are not iterable yet have readers. */
function read<T>(stream: ReadableStream<T>): AsyncIterator<T> {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<T>>,
    return: () => reader.cancel().then(() => ({ done: true, value: undefined })),
  };
}

/**
 * The items of an async iterable, of a Node stream or of a web stream, for a greenlet: `for (const chunk of iterate(stream)) …`.
 * Only the current greenlet waits, and nothing is asked for before it is needed. Leaving the loop early ends or cancels the source.
 */
export function iterate<T>(source: AsyncSource<T>): IterableIterator<T> {
  return after(
    (): AsyncIterator<T> => (Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : read(source)),
    (iterator) => new Awaited(iterator),
  );
}
