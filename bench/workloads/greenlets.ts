import { Greenlet, getCurrent } from "greenlets";
import { main as report, type Workloads } from "../harness.ts";
import * as shapes from "../shapes.ts";

// The nine workloads in plain functions: no mark on any of them, `switch()` wherever it is needed. Ordinary source, compiled
// by the plugin before it runs.

type Task = Greenlet<unknown[], unknown, unknown>;

const main = getCurrent();

/** False for ever; V8 does not know, and neither does the compiler. */
let never = false;

function giveForEver(): void {
  for (;;) main.switch();
}

function giveTo(self: { other: Task }, n: number): void {
  for (let i = 0; i < n; i++) self.other.switch();
}

function giveBelow(depth: number): number {
  while (depth === 0) main.switch();
  return giveBelow(depth - 1) + 1;
}

function walk(node: shapes.Tree | null): void {
  if (node === null) return;
  walk(node.left);
  main.switch(node.value);
  walk(node.right);
}

function giveOnce(value: number): number {
  main.switch();
  return value;
}

function outer(value: number): number {
  return middle(value) + 1;
}

function middle(value: number): number {
  return giveOnce(value) + 1;
}

function fibonacci(n: number): number {
  if (never) main.switch();
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

// W7: a run queue and bounded channels.

const ready = new shapes.Queue<Task>();

function wake(task: Task | undefined): void {
  if (task !== undefined) ready.push(task);
}

function park(waiting: shapes.Queue<Task>): void {
  waiting.push(getCurrent());
  main.switch();
}

function put(channel: shapes.Channel<Task>, item: number): void {
  while (channel.items.length >= channel.capacity) park(channel.putters);
  channel.items.push(item);
  wake(channel.takers.shift());
}

function take(channel: shapes.Channel<Task>): number {
  while (channel.items.length === 0) park(channel.takers);
  const item = channel.items.shift()!;
  wake(channel.putters.shift());
  return item;
}

function produce(output: shapes.Channel<Task>, n: number): void {
  for (let i = 0; i < n; i++) put(output, i);
  put(output, shapes.END);
}

function stage(input: shapes.Channel<Task>, output: shapes.Channel<Task>): void {
  for (;;) {
    const item = take(input);
    if (item === shapes.END) return put(output, item);
    put(output, item + 1);
  }
}

function consume(input: shapes.Channel<Task>): number {
  let sum = 0;
  for (;;) {
    const item = take(input);
    if (item === shapes.END) return sum;
    sum += item;
  }
}

function runReady(): void {
  for (let task = ready.shift(); task !== undefined; task = ready.shift()) task.switch();
}

function pipeline(n: number, capacity: number): number {
  const [a, b, c, d] = shapes.channels<Task>(capacity);
  let sum = 0;
  wake(new Greenlet(() => produce(a, n)));
  wake(new Greenlet(() => stage(a, b)));
  wake(new Greenlet(() => stage(b, c)));
  wake(new Greenlet(() => stage(c, d)));
  wake(new Greenlet(() => void (sum = consume(d))));
  runReady();
  return sum;
}

// W8: sleeping tasks on the host's timers.

function sleep(ms: number): void {
  setTimeout(resume, ms, getCurrent());
  main.switch();
}

function resume(task: Task): void {
  task.switch();
}

function sleepThrice(task: number, done: () => void): void {
  for (let turn = 0; turn < 3; turn++) sleep(shapes.sleepTime(task, turn));
  done();
}

function sleepers(n: number): Promise<void> {
  return new Promise((resolve) => {
    let left = n;
    const done = () => {
      if (--left === 0) resolve();
    };
    for (let task = 0; task < n; task++) new Greenlet(sleepThrice).switch(task, done);
  });
}

// W9: an error through many frames that might switch.

function fail(depth: number): number {
  if (depth === 0) throw new Error("deep");
  return fail(depth - 1) + 1;
}

function failLater(depth: number): number {
  if (depth === 0) {
    main.switch();
    throw new Error("deep");
  }
  return failLater(depth - 1) + 1;
}

function catchAll(failing: (depth: number) => number, n: number, depth: number): number {
  let caught = 0;
  for (let i = 0; i < n; i++) {
    try {
      failing(depth);
    } catch {
      caught++;
    }
  }
  return caught;
}

function caughtIn(failing: (depth: number) => number, n: number, depth: number): number {
  const greenlet = new Greenlet(catchAll);
  let caught = greenlet.switch(failing, n, depth) as number;
  while (!greenlet.dead) caught = greenlet.switch() as number;
  return caught;
}

const workloads: Workloads = {
  W1: (n) => ({
    operations: 2 * n,
    run() {
      const child = new Greenlet(giveForEver);
      for (let i = 0; i < n; i++) child.switch();
    },
  }),
  W1s: (n) => ({
    operations: n,
    run() {
      const [a, b] = [{ other: main }, { other: main }];
      const first: Task = new Greenlet(() => giveTo(a, n / 2));
      [a.other, b.other] = [new Greenlet(() => giveTo(b, n)), first];
      first.switch();
    },
  }),
  W2: (n, depth) => ({
    operations: 2 * n,
    run() {
      const child = new Greenlet(giveBelow);
      child.switch(depth);
      for (let i = 1; i < n; i++) child.switch();
    },
  }),
  W3(height) {
    const root = shapes.tree(height);
    return {
      operations: 2 ** height - 1,
      run() {
        const walker = new Greenlet(walk);
        let sum = 0;
        for (let value = walker.switch(root); value !== undefined; value = walker.switch()) sum += value as number;
        shapes.check(sum, shapes.treeSum(height));
      },
    };
  },
  W4: (n) => ({
    operations: n,
    run() {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const greenlet = new Greenlet(giveOnce);
        greenlet.switch(i);
        sum += greenlet.switch() as number;
      }
      shapes.check(sum, shapes.triangle(n));
    },
  }),
  W5: () => ({
    hold: (count) =>
      Array.from({ length: count }, (_, i) => {
        const greenlet = new Greenlet(outer);
        greenlet.switch(i);
        return greenlet;
      }),
  }),
  W6(n) {
    const wanted = shapes.fibonacci(n);
    return {
      operations: shapes.fibonacciCalls(n),
      run: () => shapes.check(new Greenlet(fibonacci).switch(n), wanted),
      plain: () => shapes.check(shapes.fibonacci(n), wanted),
    };
  },
  W7: (n, capacity) => ({
    operations: n,
    run: () => shapes.check(pipeline(n, capacity), shapes.pipelineSum(n)),
  }),
  /** `live` parked greenlets, resumed one after the other, round and round. */
  ring(n, live) {
    const ring = Array.from({ length: live }, () => new Greenlet(giveForEver));
    return {
      operations: 2 * n,
      run() {
        for (let i = 0; i < n; i++) ring[i % live]!.switch();
      },
    };
  },
  W8: (n) => ({ tasks: n, once: () => sleepers(n) }),
  W9: (n, depth) => ({ operations: n, run: () => shapes.check(caughtIn(fail, n, depth), n) }),
  W9s: (n, depth) => ({ operations: n, run: () => shapes.check(caughtIn(failLater, n, depth), n) }),
};

await report("greenlets", workloads);
