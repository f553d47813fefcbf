// Loops over iterables whose `next`, or whose body, may wait: written once, because they are a lot of compiled code.

/** Calls `visit` with each item until it returns true. @returns whether it did */
export function each<T>(items: Iterable<T>, visit: (item: T) => unknown): boolean {
  for (const item of items) if (visit(item) === true) return true;
  return false;
}

/** What `map` makes of each item. */
export function collect<T, R>(items: Iterable<T>, map: (item: T) => R): R[] {
  const results: R[] = [];
  for (const item of items) results.push(map(item));
  return results;
}
