import { main as report, type Workloads } from "../harness.ts";
import * as shapes from "../shapes.ts";

// Generators on a trampoline, written by hand: a call of a function that might switch is `yield call()`, a switch is
// `yield SWITCH`, and a driver keeps the stack of generators, so that a resume touches only the innermost one.

const SWITCH = null;

type Frame = Generator<Frame | typeof SWITCH, any, any>;

/** One suspended stack: the innermost generator, and those that wait for it. */
class Stack {
  private top: Frame;
  private readonly below: Frame[] = [];
  done = false;
  value: unknown = undefined;

  constructor(body: Frame) {
    this.top = body;
  }

  /** Continues until the next switch or the end. Results and errors go to the generator below. */
  resume(): void {
    const { below } = this;
    let { top } = this;
    let value: unknown;
    let failed = false;
    for (;;) {
      let step: IteratorResult<Frame | typeof SWITCH, unknown>;
      try {
        step = failed ? top.throw(value) : top.next(value);
        failed = false;
      } catch (error) {
        value = error;
        failed = true;
        step = FAILED;
      }
      if (step.done === true) {
        if (!failed) value = step.value;
        if (below.length === 0) return this.end(value, failed);
        top = below.pop()!;
      } else if (step.value === SWITCH) {
        this.top = top;
        return;
      } else {
        below.push(top);
        top = step.value;
        value = undefined;
      }
    }
  }

  private end(value: unknown, failed: boolean): void {
    this.done = true;
    if (failed) throw value;
    this.value = value;
  }
}

/** What an error leaves behind: that generator is done. */
const FAILED = { done: true, value: undefined } as const;

/** False for ever; V8 does not know. */
let never = false;

/** What the walker of W3 found. */
let found = 0;

function* giveForEver(): Frame {
  for (;;) yield SWITCH;
}

function* giveBelow(depth: number): Frame {
  while (depth === 0) yield SWITCH;
  return (yield giveBelow(depth - 1)) + 1;
}

function* walk(node: shapes.Tree | null): Frame {
  if (node === null) return;
  yield walk(node.left);
  found = node.value;
  yield SWITCH;
  yield walk(node.right);
}

function* giveOnce(value: number): Frame {
  yield SWITCH;
  return value;
}

function* outer(value: number): Frame {
  return (yield middle(value)) + 1;
}

function* middle(value: number): Frame {
  return (yield giveOnce(value)) + 1;
}

function* fibonacci(n: number): Frame {
  if (never) yield SWITCH;
  return n < 2 ? n : (yield fibonacci(n - 1)) + (yield fibonacci(n - 2));
}

function finish(body: Frame): unknown {
  const stack = new Stack(body);
  while (!stack.done) stack.resume();
  return stack.value;
}

// W7: a run queue and bounded channels.

const ready = new shapes.Queue<Stack>();

/** The stack that runs now. */
let current: Stack;

function wake(task: Stack | undefined): void {
  if (task !== undefined) ready.push(task);
}

function* park(waiting: shapes.Queue<Stack>): Frame {
  waiting.push(current);
  yield SWITCH;
}

function* put(channel: shapes.Channel<Stack>, item: number): Frame {
  while (channel.items.length >= channel.capacity) yield park(channel.putters);
  channel.items.push(item);
  wake(channel.takers.shift());
}

function* take(channel: shapes.Channel<Stack>): Frame {
  while (channel.items.length === 0) yield park(channel.takers);
  const item = channel.items.shift()!;
  wake(channel.putters.shift());
  return item;
}

function* produce(output: shapes.Channel<Stack>, n: number): Frame {
  for (let i = 0; i < n; i++) yield put(output, i);
  yield put(output, shapes.END);
}

function* stage(input: shapes.Channel<Stack>, output: shapes.Channel<Stack>): Frame {
  for (;;) {
    const item: number = yield take(input);
    if (item === shapes.END) return yield put(output, item);
    yield put(output, item + 1);
  }
}

function* consume(input: shapes.Channel<Stack>, done: (sum: number) => void): Frame {
  let sum = 0;
  for (;;) {
    const item: number = yield take(input);
    if (item === shapes.END) return done(sum);
    sum += item;
  }
}

function resume(task: Stack): void {
  current = task;
  task.resume();
}

function runReady(): void {
  for (let task = ready.shift(); task !== undefined; task = ready.shift()) resume(task);
}

function pipeline(n: number, capacity: number): number {
  const [a, b, c, d] = shapes.channels<Stack>(capacity);
  let sum = 0;
  const bodies = [produce(a, n), stage(a, b), stage(b, c), stage(c, d), consume(d, (all) => (sum = all))];
  for (const body of bodies) wake(new Stack(body));
  runReady();
  return sum;
}

// W8: sleeping tasks on the host's timers.

function* sleep(ms: number): Frame {
  setTimeout(resume, ms, current);
  yield SWITCH;
}

function* sleepThrice(task: number, done: () => void): Frame {
  for (let turn = 0; turn < 3; turn++) yield sleep(shapes.sleepTime(task, turn));
  done();
}

function sleepers(n: number): Promise<void> {
  return new Promise((resolve) => {
    let left = n;
    const done = () => {
      if (--left === 0) resolve();
    };
    for (let task = 0; task < n; task++) resume(new Stack(sleepThrice(task, done)));
  });
}

// W9: an error through many frames that might switch.

function* fail(depth: number): Frame {
  if (depth === 0) throw new Error("deep");
  return (yield fail(depth - 1)) + 1;
}

function* failLater(depth: number): Frame {
  if (depth === 0) {
    yield SWITCH;
    throw new Error("deep");
  }
  return (yield failLater(depth - 1)) + 1;
}

function* catchAll(failing: (depth: number) => Frame, n: number, depth: number): Frame {
  let caught = 0;
  for (let i = 0; i < n; i++) {
    try {
      yield failing(depth);
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
      const child = new Stack(giveForEver());
      for (let i = 0; i < n; i++) child.resume();
    },
  }),
  W2: (n, depth) => ({
    operations: 2 * n,
    run() {
      const child = new Stack(giveBelow(depth));
      for (let i = 0; i < n; i++) child.resume();
    },
  }),
  W3(height) {
    const root = shapes.tree(height);
    return {
      operations: 2 ** height - 1,
      run() {
        const walker = new Stack(walk(root));
        let sum = 0;
        for (walker.resume(); !walker.done; walker.resume()) sum += found;
        shapes.check(sum, shapes.treeSum(height));
      },
    };
  },
  W4: (n) => ({
    operations: n,
    run() {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const task = new Stack(giveOnce(i));
        task.resume();
        task.resume();
        sum += task.value as number;
      }
      shapes.check(sum, shapes.triangle(n));
    },
  }),
  W5: () => ({
    hold: (count) =>
      Array.from({ length: count }, (_, i) => {
        const task = new Stack(outer(i));
        task.resume();
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

await report("generators (trampoline)", workloads);
