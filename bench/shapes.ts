// The data that every program of the comparison shares, so that they differ only in how a task is suspended.

export interface Tree {
  left: Tree | null;
  value: number;
  right: Tree | null;
}

/** A perfect tree of 2^height − 1 nodes that holds 0, 1, 2, … in order. */
export function tree(height: number): Tree | null {
  let count = 0;
  const grow = (levels: number): Tree | null => {
    if (levels === 0) return null;
    const left = grow(levels - 1);
    const value = count++;
    return { left, value, right: grow(levels - 1) };
  };
  return grow(height);
}

/** The sum of the values of `tree(height)`. */
export function treeSum(height: number): number {
  return triangle(2 ** height - 1);
}

/** 0 + 1 + … + (n − 1). */
export function triangle(n: number): number {
  return (n * (n - 1)) / 2;
}

/** False for ever; V8 does not know. */
let never = false;

/** What the functions of W6 do, the guard included, with nothing that can switch. */
export function fibonacci(n: number): number {
  if (never) throw new Error("Nothing switches here.");
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

/** How many calls `fibonacci(n)` makes, itself included. */
export function fibonacciCalls(n: number): number {
  return 2 * fibonacci(n + 1) - 1;
}

/** How long task `task` sleeps for the `turn`th time, in ms: below 1,000, and spread evenly. */
export function sleepTime(task: number, turn: number): number {
  return (task * 7919 + turn * 104_729) % 1000;
}

export function check(got: unknown, wanted: unknown): void {
  if (got !== wanted) throw new Error(`Wrong result: ${String(got)} instead of ${String(wanted)}.`);
}

/** First in, first out, in a ring that doubles. */
export class Queue<Item> {
  private ring: (Item | undefined)[] = new Array(64);
  private first = 0;
  length = 0;

  push(item: Item): void {
    if (this.length === this.ring.length) this.grow();
    this.ring[(this.first + this.length) & (this.ring.length - 1)] = item;
    this.length++;
  }

  shift(): Item | undefined {
    if (this.length === 0) return undefined;
    const item = this.ring[this.first];
    this.ring[this.first] = undefined;
    this.first = (this.first + 1) & (this.ring.length - 1);
    this.length--;
    return item;
  }

  private grow(): void {
    const bigger = new Array<Item | undefined>(this.ring.length * 2);
    for (let i = 0; i < this.length; i++) bigger[i] = this.ring[(this.first + i) & (this.ring.length - 1)];
    this.ring = bigger;
    this.first = 0;
  }
}

/** A bounded channel: its items, and the tasks that wait to take one or to put one. */
export class Channel<Task> {
  readonly items = new Queue<number>();
  readonly takers = new Queue<Task>();
  readonly putters = new Queue<Task>();
  readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }
}

/** The four channels of W7: producer → a → stage → b → stage → c → stage → d → consumer. */
export function channels<Task>(capacity: number): [Channel<Task>, Channel<Task>, Channel<Task>, Channel<Task>] {
  const make = () => new Channel<Task>(capacity);
  return [make(), make(), make(), make()];
}

/** The end of the stream in W7: every stage passes it on and stops. */
export const END = -1;

/** What the consumer of W7 adds up: 0 … n − 1, each raised by one in each of three stages. */
export function pipelineSum(n: number): number {
  return triangle(n) + 3 * n;
}
