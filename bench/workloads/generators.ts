import { main as report, type Workloads } from "../harness.ts";
import * as shapes from "../shapes.ts";

// Native generators, written by hand: a call of a function that might switch is `yield*`, a switch is `yield`.

type Give<Result> = Generator<unknown, Result, unknown>;
type Task = Give<unknown>;

/** False for ever; V8 does not know. */
let never = false;

function* giveForEver(): Give<void> {
  for (;;) yield;
}

/** A task that names the task to run next, for ever. */
function* giveTo(self: { other: Task | null }): Generator<Task, void> {
  for (;;) yield self.other!;
}

function* giveBelow(depth: number): Give<number> {
  while (depth === 0) yield;
  return (yield* giveBelow(depth - 1)) + 1;
}

function* walk(node: shapes.Tree | null): Give<void> {
  if (node === null) return;
  yield* walk(node.left);
  yield node.value;
  yield* walk(node.right);
}

function* giveOnce(value: number): Give<number> {
  yield;
  return value;
}

function* outer(value: number): Give<number> {
  return (yield* middle(value)) + 1;
}

function* middle(value: number): Give<number> {
  return (yield* giveOnce(value)) + 1;
}

function* fibonacci(n: number): Give<number> {
  if (never) yield;
  return n < 2 ? n : (yield* fibonacci(n - 1)) + (yield* fibonacci(n - 2));
}

function finish<Result>(task: Give<Result>): Result {
  for (;;) {
    const { done, value } = task.next();
    if (done === true) return value;
  }
}

// W7: a run queue and bounded channels.

const ready = new shapes.Queue<Task>();

/** The task that runs now: a generator can't ask for itself. */
let current: Task;

function wake(task: Task | undefined): void {
  if (task !== undefined) ready.push(task);
}

function* park(waiting: shapes.Queue<Task>): Give<void> {
  waiting.push(current);
  yield;
}

function* put(channel: shapes.Channel<Task>, item: number): Give<void> {
  while (channel.items.length >= channel.capacity) yield* park(channel.putters);
  channel.items.push(item);
  wake(channel.takers.shift());
}

function* take(channel: shapes.Channel<Task>): Give<number> {
  while (channel.items.length === 0) yield* park(channel.takers);
  const item = channel.items.shift()!;
  wake(channel.putters.shift());
  return item;
}

function* produce(output: shapes.Channel<Task>, n: number): Give<void> {
  for (let i = 0; i < n; i++) yield* put(output, i);
  yield* put(output, shapes.END);
}

function* stage(input: shapes.Channel<Task>, output: shapes.Channel<Task>): Give<void> {
  for (;;) {
    const item = yield* take(input);
    if (item === shapes.END) return yield* put(output, item);
    yield* put(output, item + 1);
  }
}

function* consume(input: shapes.Channel<Task>, done: (sum: number) => void): Give<void> {
  let sum = 0;
  for (;;) {
    const item = yield* take(input);
    if (item === shapes.END) return done(sum);
    sum += item;
  }
}

function resume(task: Task): void {
  current = task;
  task.next();
}

function runReady(): void {
  for (let task = ready.shift(); task !== undefined; task = ready.shift()) resume(task);
}

function pipeline(n: number, capacity: number): number {
  const [a, b, c, d] = shapes.channels<Task>(capacity);
  let sum = 0;
  for (const task of [produce(a, n), stage(a, b), stage(b, c), stage(c, d), consume(d, (all) => (sum = all))])
    wake(task);
  runReady();
  return sum;
}

// W8: sleeping tasks on the host's timers.

function* sleep(ms: number): Give<void> {
  setTimeout(resume, ms, current);
  yield;
}

function* sleepThrice(task: number, done: () => void): Give<void> {
  for (let turn = 0; turn < 3; turn++) yield* sleep(shapes.sleepTime(task, turn));
  done();
}

function sleepers(n: number): Promise<void> {
  return new Promise((resolve) => {
    let left = n;
    const done = () => {
      if (--left === 0) resolve();
    };
    for (let task = 0; task < n; task++) resume(sleepThrice(task, done));
  });
}

// W9: an error through many frames that might switch.

function* fail(depth: number): Give<number> {
  if (depth === 0) throw new Error("deep");
  return (yield* fail(depth - 1)) + 1;
}

function* failLater(depth: number): Give<number> {
  if (depth === 0) {
    yield;
    throw new Error("deep");
  }
  return (yield* failLater(depth - 1)) + 1;
}

function* catchAll(failing: (depth: number) => Give<number>, n: number, depth: number): Give<number> {
  let caught = 0;
  for (let i = 0; i < n; i++) {
    try {
      yield* failing(depth);
    } catch {
      caught++;
    }
  }
  return caught;
}

const workloads: Workloads = {
  W1: (n) => ({
    operations: 2 * n,
    run() {
      const child = giveForEver();
      for (let i = 0; i < n; i++) child.next();
    },
  }),
  W1s: (n) => ({
    operations: n,
    run() {
      const [first, second] = [{ other: null as Task | null }, { other: null as Task | null }];
      const start = giveTo(first);
      [first.other, second.other] = [giveTo(second), start];
      let task: Task = start;
      for (let i = 0; i < n; i++) task = task.next().value as Task;
    },
  }),
  W2: (n, depth) => ({
    operations: 2 * n,
    run() {
      const child = giveBelow(depth);
      for (let i = 0; i < n; i++) child.next();
    },
  }),
  W3(height) {
    const root = shapes.tree(height);
    return {
      operations: 2 ** height - 1,
      run() {
        let sum = 0;
        for (const value of walk(root)) sum += value as number;
        shapes.check(sum, shapes.treeSum(height));
      },
    };
  },
  W4: (n) => ({
    operations: n,
    run() {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const task = giveOnce(i);
        task.next();
        sum += task.next().value as number;
      }
      shapes.check(sum, shapes.triangle(n));
    },
  }),
  W5: () => ({
    hold: (count) =>
      Array.from({ length: count }, (_, i) => {
        const task = outer(i);
        task.next();
        return task;
      }),
  }),
  W6(n) {
    const wanted = shapes.fibonacci(n);
    return {
      operations: shapes.fibonacciCalls(n),
      run: () => shapes.check(finish(fibonacci(n)), wanted),
      plain: () => shapes.check(shapes.fibonacci(n), wanted),
    };
  },
  W7: (n, capacity) => ({
    operations: n,
    run: () => shapes.check(pipeline(n, capacity), shapes.pipelineSum(n)),
  }),
  W8: (n) => ({ tasks: n, once: () => sleepers(n) }),
  W9: (n, depth) => ({ operations: n, run: () => shapes.check(finish(catchAll(fail, n, depth)), n) }),
  W9s: (n, depth) => ({ operations: n, run: () => shapes.check(finish(catchAll(failLater, n, depth)), n) }),
};

await report("generators (yield*)", workloads);
