/**
 * First in, first out, in a ring that doubles when it is full: taking and adding cost the same at any length.
 *
 *     [ _ a b c _ _ _ _ ]     head 1, size 3
 */
export class Fifo<T> {
  $ring: (T | undefined)[] = new Array<undefined>(16).fill(undefined);
  $head = 0;
  size = 0;

  push(item: T): void {
    if (this.size === this.$ring.length) this.$grow();
    this.$ring[(this.$head + this.size++) & (this.$ring.length - 1)] = item;
  }

  /** Takes the oldest item; undefined when there is none. */
  shift(): T | undefined {
    if (this.size === 0) return undefined;
    const item = this.$ring[this.$head];
    this.$ring[this.$head] = undefined;
    this.$head = (this.$head + 1) & (this.$ring.length - 1);
    this.size--;
    return item;
  }

  /** The oldest item; undefined when there is none. */
  peek(): T | undefined {
    return this.$ring[this.$head];
  }

  $grow(): void {
    this.$ring = this.toArray();
    this.$ring.length *= 2;
    this.$head = 0;
  }

  /** The items, oldest first. */
  toArray(): T[] {
    return [...this.$ring.slice(this.$head), ...this.$ring.slice(0, this.$head)].slice(0, this.size) as T[];
  }
}
