import { main as report, type Workloads } from "../harness.ts";
import * as shapes from "../shapes.ts";

// async/await: every call of a function that might switch is awaited; a switch awaits a promise whose `resolve` the other
// side holds.

type Resolve = (value?: any) => void;

/** How to continue the child and the parent of W1–W4: one pair at a time. */
let child: Resolve;
let parent: Resolve;

function giveParent(value?: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    child = resolve;
    parent(value);
  });
}

function goOn(value?: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    parent = resolve;
    child(value);
  });
}

function start(body: () => unknown): Promise<unknown> {
  return new Promise((resolve) => {
    parent = resolve;
    body();
  });
}

/** False for ever; V8 does not know. */
let never = false;

async function giveForEver(): Promise<void> {
  for (;;) await giveParent();
}

async function giveBelow(depth: number): Promise<number> {
  while (depth === 0) await giveParent();
  return (await giveBelow(depth - 1)) + 1;
}

async function walk(node: shapes.Tree | null): Promise<void> {
  if (node === null) return;
  await walk(node.left);
  await giveParent(node.value);
  await walk(node.right);
}

async function walkAll(root: shapes.Tree | null): Promise<void> {
  await walk(root);
  parent();
}

async function giveOnce(value: number): Promise<void> {
  await giveParent();
  parent(value);
}

/** What W5 keeps: the way to resume each task. */
let held: Resolve[] = [];

async function outer(value: number): Promise<number> {
  return (await middle(value)) + 1;
}

async function middle(value: number): Promise<number> {
  return (await inner(value)) + 1;
}

async function inner(value: number): Promise<number> {
  await new Promise((resolve) => held.push(resolve));
  return value;
}

async function fibonacci(n: number): Promise<number> {
  if (never) await giveParent();
  return n < 2 ? n : (await fibonacci(n - 1)) + (await fibonacci(n - 2));
}

// W1s: two tasks, each of which awaits a promise that the other resolves.

function pingPong(n: number): Promise<void> {
  return new Promise((finish) => {
    const wake: [Resolve, Resolve] = [() => {}, () => {}];
    let left = n;
    const play = async (self: 0 | 1, other: 0 | 1) => {
      for (; left > 0; left--) {
        await new Promise((resolve) => {
          wake[self] = resolve;
          wake[other]();
        });
      }
      finish();
    };
    void play(0, 1);
    void play(1, 0);
  });
}

// W7: bounded channels; the microtask queue is the scheduler.

async function put(channel: shapes.Channel<Resolve>, item: number): Promise<void> {
  while (channel.items.length >= channel.capacity) await new Promise((resolve) => channel.putters.push(resolve));
  channel.items.push(item);
  channel.takers.shift()?.();
}

async function take(channel: shapes.Channel<Resolve>): Promise<number> {
  while (channel.items.length === 0) await new Promise((resolve) => channel.takers.push(resolve));
  const item = channel.items.shift()!;
  channel.putters.shift()?.();
  return item;
}

async function produce(output: shapes.Channel<Resolve>, n: number): Promise<void> {
  for (let i = 0; i < n; i++) await put(output, i);
  await put(output, shapes.END);
}

async function stage(input: shapes.Channel<Resolve>, output: shapes.Channel<Resolve>): Promise<void> {
  for (;;) {
    const item = await take(input);
    if (item === shapes.END) return await put(output, item);
    await put(output, item + 1);
  }
}

async function consume(input: shapes.Channel<Resolve>): Promise<number> {
  let sum = 0;
  for (;;) {
    const item = await take(input);
    if (item === shapes.END) return sum;
    sum += item;
  }
}

function pipeline(n: number, capacity: number): Promise<number> {
  const [a, b, c, d] = shapes.channels<Resolve>(capacity);
  void produce(a, n);
  void stage(a, b);
  void stage(b, c);
  void stage(c, d);
  return consume(d);
}

// W8: sleeping tasks on the host's timers.

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function sleepThrice(task: number): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await sleep(shapes.sleepTime(task, turn));
}

async function sleepers(n: number): Promise<void> {
  await Promise.all(Array.from({ length: n }, (_, task) => sleepThrice(task)));
}

// W9: an error through many frames that might switch.

async function fail(depth: number): Promise<number> {
  if (depth === 0) throw new Error("deep");
  return (await fail(depth - 1)) + 1;
}

async function failLater(depth: number): Promise<number> {
  if (depth === 0) {
    await null;
    throw new Error("deep");
  }
  return (await failLater(depth - 1)) + 1;
}

async function catchAll(failing: (depth: number) => Promise<number>, n: number, depth: number): Promise<number> {
  let caught = 0;
  for (let i = 0; i < n; i++) {
    try {
      await failing(depth);
    } catch {
      caught++;
    }
  }
  return caught;
}

// W10: tasks that end at once.

async function next(value: number): Promise<number> {
  return value + 1;
}

async function awaitAll(n: number, size: number): Promise<number> {
  let sum = 0;
  for (let i = 0; i < n; i += size) {
    const promises: Promise<number>[] = [];
    for (let j = 0; j < size; j++) promises.push(next(i + j));
    const values = await Promise.all(promises);
    for (let j = 0; j < values.length; j++) sum += values[j]!;
  }
  return sum;
}

async function awaitEach(n: number): Promise<number> {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += await next(i);
  return sum;
}

const workloads: Workloads = {
  W1: (n) => ({
    operations: 2 * n,
    async run() {
      await start(giveForEver);
      for (let i = 1; i < n; i++) await goOn();
    },
  }),
  W1s: (n) => ({ operations: n, run: () => pingPong(n) }),
  W2: (n, depth) => ({
    operations: 2 * n,
    async run() {
      await start(() => giveBelow(depth));
      for (let i = 1; i < n; i++) await goOn();
    },
  }),
  W3(height) {
    const root = shapes.tree(height);
    return {
      operations: 2 ** height - 1,
      async run() {
        let sum = 0;
        for (let value = await start(() => walkAll(root)); value !== undefined; value = await goOn())
          sum += value as number;
        shapes.check(sum, shapes.treeSum(height));
      },
    };
  },
  W4: (n) => ({
    operations: n,
    async run() {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        await start(() => giveOnce(i));
        sum += (await goOn()) as number;
      }
      shapes.check(sum, shapes.triangle(n));
    },
  }),
  W5: () => ({
    hold(count) {
      const mine: Resolve[] = (held = []);
      for (let i = 0; i < count; i++) void outer(i);
      return mine;
    },
  }),
  W6(n) {
    const wanted = shapes.fibonacci(n);
    return {
      operations: shapes.fibonacciCalls(n),
      run: async () => shapes.check(await fibonacci(n), wanted),
      plain: () => shapes.check(shapes.fibonacci(n), wanted),
    };
  },
  W7: (n, capacity) => ({
    operations: n,
    run: async () => shapes.check(await pipeline(n, capacity), shapes.pipelineSum(n)),
  }),
  W8: (n) => ({ tasks: n, once: () => sleepers(n) }),
  W10: (n, size) => ({
    operations: n,
    run: async () => shapes.check(await (size === 1 ? awaitEach(n) : awaitAll(n, size)), shapes.triangle(n) + n),
  }),
  W9: (n, depth) => ({ operations: n, run: async () => shapes.check(await catchAll(fail, n, depth), n) }),
  W9s: (n, depth) => ({ operations: n, run: async () => shapes.check(await catchAll(failLater, n, depth), n) }),
};

await report("async/await", workloads);
