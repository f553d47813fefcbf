/** A binary heap: the item that comes before all others is at the top. */
export class Heap<T> {
  readonly $items: T[] = [];
  readonly $before: (a: T, b: T) => boolean;

  /** @param before whether `a` must leave before `b` */
  constructor(before: (a: T, b: T) => boolean) {
    this.$before = before;
  }

  get size(): number {
    return this.$items.length;
  }

  /** The next item to leave; undefined when there is none. */
  peek(): T | undefined {
    return this.$items[0];
  }

  push(item: T): void {
    const items = this.$items;
    let index = items.length;
    while (index > 0) {
      const above = (index - 1) >> 1;
      if (!this.$before(item, items[above]!)) break;
      items[index] = items[above]!;
      index = above;
    }
    items[index] = item;
  }

  /** Takes the top; undefined when there is none. */
  shift(): T | undefined {
    const items = this.$items;
    const top = items[0];
    const last = items.pop();
    if (items.length > 0) this.$sink(last!);
    return top;
  }

  /** The items, in no particular order. */
  toArray(): T[] {
    return this.$items.slice();
  }

  $sink(item: T): void {
    const items = this.$items;
    let index = 0;
    for (let below = 1; below < items.length; below = 2 * index + 1) {
      if (below + 1 < items.length && this.$before(items[below + 1]!, items[below]!)) below++;
      if (!this.$before(items[below]!, item)) break;
      items[index] = items[below]!;
      index = below;
    }
    items[index] = item;
  }
}
