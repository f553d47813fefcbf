import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { main as report } from "../harness.ts";
import * as shapes from "../shapes.ts";

// Effect 4. A function that might switch is an Effect.fnUntraced (its documented fast form), a call of one is `yield*`, a
// switch is an Effect.callback whose continuation the other side holds. Queues, sleeps and fibers are Effect's own.

const { resolve } = createRequire(new URL("../.installed/package.json", import.meta.url));
const load = (name) => import(pathToFileURL(resolve(`effect/${name}`)).href);
const [Effect, Queue, Fiber] = await Promise.all(["Effect", "Queue", "Fiber"].map(load));

const fn = Effect.fnUntraced;

/** How to continue the child and the parent of W1–W4: one pair at a time. */
let child;
let parent;

const giveParent = (value) =>
  Effect.callback((resume) => {
    child = resume;
    parent(Effect.succeed(value));
  });

const goOn = (value) =>
  Effect.callback((resume) => {
    parent = resume;
    child(Effect.succeed(value));
  });

const start = (body) =>
  Effect.callback((resume) => {
    parent = resume;
    Effect.runFork(body);
  });

/** False for ever; V8 does not know. */
let never = false;

const giveForEver = fn(function* () {
  for (;;) yield* giveParent();
});

const giveBelow = fn(function* (depth) {
  while (depth === 0) yield* giveParent();
  return (yield* giveBelow(depth - 1)) + 1;
});

const walk = fn(function* (node) {
  if (node === null) return;
  yield* walk(node.left);
  yield* giveParent(node.value);
  yield* walk(node.right);
});

const walkAll = fn(function* (root) {
  yield* walk(root);
  parent(Effect.succeed(undefined));
});

const giveOnce = fn(function* (value) {
  yield* giveParent();
  parent(Effect.succeed(value));
});

/** What W5 keeps: the way to resume each fiber. */
let held = [];

const outer = fn(function* (value) {
  return (yield* middle(value)) + 1;
});

const middle = fn(function* (value) {
  return (yield* inner(value)) + 1;
});

const inner = fn(function* (value) {
  yield* Effect.callback((resume) => void held.push(resume));
  return value;
});

const fibonacci = fn(function* (n) {
  if (never) yield* giveParent();
  return n < 2 ? n : (yield* fibonacci(n - 1)) + (yield* fibonacci(n - 2));
});

const produce = fn(function* (output, n) {
  for (let i = 0; i < n; i++) yield* Queue.offer(output, i);
  yield* Queue.offer(output, shapes.END);
});

const stage = fn(function* (input, output) {
  for (;;) {
    const item = yield* Queue.take(input);
    if (item === shapes.END) return yield* Queue.offer(output, item);
    yield* Queue.offer(output, item + 1);
  }
});

const consume = fn(function* (input) {
  let sum = 0;
  for (;;) {
    const item = yield* Queue.take(input);
    if (item === shapes.END) return sum;
    sum += item;
  }
});

const pipeline = fn(function* (n, capacity) {
  const queues = [];
  for (let i = 0; i < 4; i++) queues.push(yield* Queue.bounded(capacity));
  yield* Effect.forkChild(produce(queues[0], n));
  for (let i = 0; i < 3; i++) yield* Effect.forkChild(stage(queues[i], queues[i + 1]));
  return yield* Fiber.join(yield* Effect.forkChild(consume(queues[3])));
});

const sleepThrice = fn(function* (task) {
  for (let turn = 0; turn < 3; turn++) yield* Effect.sleep(shapes.sleepTime(task, turn));
});

const sleepers = fn(function* (n) {
  const fibers = [];
  for (let task = 0; task < n; task++) fibers.push(yield* Effect.forkChild(sleepThrice(task)));
  for (const fiber of fibers) yield* Fiber.join(fiber);
});

const fail = fn(function* (depth) {
  if (depth === 0) return yield* Effect.fail(new Error("deep"));
  return (yield* fail(depth - 1)) + 1;
});

const failLater = fn(function* (depth) {
  if (depth === 0) {
    yield* Effect.yieldNow;
    return yield* Effect.fail(new Error("deep"));
  }
  return (yield* failLater(depth - 1)) + 1;
});

const catchAll = fn(function* (failing, n, depth) {
  let caught = 0;
  const count = () => Effect.sync(() => void caught++);
  for (let i = 0; i < n; i++) yield* Effect.catch(failing(depth), count);
  return caught;
});

const goOnTimes = fn(function* (body, n) {
  yield* start(body);
  for (let i = 1; i < n; i++) yield* goOn();
});

const sumOf = fn(function* (root) {
  let sum = 0;
  for (let value = yield* start(walkAll(root)); value !== undefined; value = yield* goOn()) sum += value;
  return sum;
});

const createAndFinish = fn(function* (n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    yield* start(giveOnce(i));
    sum += yield* goOn();
  }
  return sum;
});

const run = Effect.runPromise;

await report("Effect", {
  W1: (n) => ({ operations: 2 * n, run: () => run(goOnTimes(giveForEver(), n)) }),
  W2: (n, depth) => ({ operations: 2 * n, run: () => run(goOnTimes(giveBelow(depth), n)) }),
  W3(height) {
    const root = shapes.tree(height);
    return {
      operations: 2 ** height - 1,
      run: async () => shapes.check(await run(sumOf(root)), shapes.treeSum(height)),
    };
  },
  W4: (n) => ({ operations: n, run: async () => shapes.check(await run(createAndFinish(n)), shapes.triangle(n)) }),
  W5: () => ({
    hold(count) {
      held = [];
      return [held, Array.from({ length: count }, (_, i) => Effect.runFork(outer(i)))];
    },
  }),
  W6(n) {
    const wanted = shapes.fibonacci(n);
    return {
      operations: shapes.fibonacciCalls(n),
      run: async () => shapes.check(await run(fibonacci(n)), wanted),
      plain: () => shapes.check(shapes.fibonacci(n), wanted),
    };
  },
  W7: (n, capacity) => ({
    operations: n,
    run: async () => shapes.check(await run(pipeline(n, capacity)), shapes.pipelineSum(n)),
  }),
  W8: (n) => ({ tasks: n, once: () => run(sleepers(n)) }),
  W9: (n, depth) => ({ operations: n, run: async () => shapes.check(await run(catchAll(fail, n, depth)), n) }),
  W9s: (n, depth) => ({ operations: n, run: async () => shapes.check(await run(catchAll(failLater, n, depth)), n) }),
});
process.exit(); // suspended fibers keep the process alive
