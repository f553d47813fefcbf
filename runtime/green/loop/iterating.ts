/** An iterator that is its own iterable. */
export abstract class Iterating {
  [Symbol.iterator](): this {
    return this;
  }
}
