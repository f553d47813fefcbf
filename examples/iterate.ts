import { getCurrent, Greenlet } from "greenlets";

/**
 * Turns "call me with every item" into "give me the next item".
 *
 * In: a function that calls back, from however deep in its own calls. Out: an iterator. The producer runs only as far as it
 * is asked to; leaving the loop early ends it, and its `finally` blocks run.
 */
export function iterate<Item>(produce: (give: (item: Item) => void) => void): IterableIterator<Item> {
  const producer = new Greenlet((): void => produce((item) => void producer.parent!.switch(item)));
  return {
    [Symbol.iterator]() {
      return this;
    },
    next(): IteratorResult<Item> {
      producer.parent = getCurrent();
      const item = producer.switch() as Item;
      return producer.dead ? { done: true, value: undefined } : { done: false, value: item };
    },
    return(): IteratorResult<Item> {
      producer.throw();
      return { done: true, value: undefined };
    },
  };
}
