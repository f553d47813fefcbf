import { createRequire } from "node:module";
import { main as report } from "../harness.ts";
import * as shapes from "../shapes.ts";

// Stopify in its best mode: captures by returning a sentinel, and rebuilds one frame per resume (`restoreFrames = 1`), so
// that a switch costs the same at any depth. Greenlets, channels and timers are native code around its one-shot captures.

const stopify = createRequire(new URL("../.installed/package.json", import.meta.url))("@stopify/continuations-runtime");
const work = createRequire(import.meta.url)("../.compiled/stopify.cjs");

const runtime = stopify.newRTS("retval");
runtime.restoreFrames = 1;
stopify.compiler = {};

const normal = (value) => ({ type: "normal", value });
const nothing = () => {};

const main = { continuation: null, body: null, dead: false, started: true };
let current = main;
/** Where the switch in progress goes, and with what. */
let target = main;
let sent;

function transfer(continuation) {
  current.continuation = continuation;
  current = target;
  if (!current.started) {
    current.started = true;
    return host.enter(current, sent);
  }
  return goOn(current, sent);
}

function goOn(greenlet, value) {
  const { continuation } = greenlet;
  greenlet.continuation = null;
  return continuation(normal(value));
}

const ready = new shapes.Queue();
/** The task that runs now; how long it wants to sleep; the result of W7; what ends W8. */
let task;
let time = 0;
let sum = 0;
let slept = nothing;

const host = {
  main,
  END: shapes.END,
  sleepTime: shapes.sleepTime,
  greenlet: (body) => ({ continuation: null, body, dead: false, started: false }),
  go(greenlet, value) {
    target = greenlet;
    sent = value;
    return runtime.captureCC(transfer);
  },
  end(greenlet, result) {
    greenlet.dead = true;
    current = main;
    return goOn(main, result);
  },
  task: () => task,
  wake: (sleeper) => sleeper !== undefined && ready.push(sleeper),
  park: () => runtime.captureCC(park),
  consumed: (all) => (sum = all),
  sleep(ms) {
    time = ms;
    return runtime.captureCC(sleep);
  },
  slept: () => slept(),
};

function park(continuation) {
  task.continuation = continuation;
}

function sleep(continuation) {
  setTimeout(fire, time, continuation);
}

function fire(continuation) {
  runtime.runtime(() => continuation(normal()), nothing);
}

work(stopify, { g: { host }, onDone: throwIfFailed });

function throwIfFailed(result) {
  if (result.type === "exception") throw result.value;
}

/** Runs `body` as the main greenlet and returns its result. */
function run(body) {
  let value;
  runtime.runtime(body, (result) => {
    throwIfFailed(result);
    value = result.value;
  });
  current = main;
  return value;
}

function runReady() {
  for (task = ready.shift(); task !== undefined; task = ready.shift()) {
    const { body } = task;
    task.body = null;
    runtime.runtime(body ?? (() => goOn(task)), nothing);
  }
}

function pipeline(n, capacity) {
  const [a, b, c, d] = shapes.channels(capacity);
  const bodies = [
    () => host.produce(a, n),
    () => host.stage(a, b),
    () => host.stage(b, c),
    () => host.stage(c, d),
    () => host.consume(d),
  ];
  for (const body of bodies) ready.push({ body, continuation: null });
  runReady();
  return sum;
}

function sleepers(n) {
  return new Promise((resolve) => {
    let left = n;
    slept = () => --left === 0 && resolve();
    for (let i = 0; i < n; i++) runtime.runtime(() => host.sleepThrice(i), nothing);
  });
}

await report("Stopify (retval, 1 frame)", {
  W1: (n) => ({ operations: 2 * n, run: () => void run(() => host.W1(n)) }),
  W1s: (n) => ({ operations: n, run: () => void run(() => host.W1s(n)) }),
  W2: (n, depth) => ({ operations: 2 * n, run: () => void run(() => host.W2(n, depth)) }),
  W3(height) {
    const root = shapes.tree(height);
    return {
      operations: 2 ** height - 1,
      run: () =>
        shapes.check(
          run(() => host.W3(root)),
          shapes.treeSum(height),
        ),
    };
  },
  W4: (n) => ({
    operations: n,
    run: () =>
      shapes.check(
        run(() => host.W4(n)),
        shapes.triangle(n),
      ),
  }),
  W5: () => ({ hold: (count) => run(() => host.W5(count, new Array(count))) }),
  W6(n) {
    const wanted = shapes.fibonacci(n);
    return {
      operations: shapes.fibonacciCalls(n),
      run: () =>
        shapes.check(
          run(() => host.fibonacci(n)),
          wanted,
        ),
      plain: () => shapes.check(shapes.fibonacci(n), wanted),
    };
  },
  W7: (n, capacity) => ({ operations: n, run: () => shapes.check(pipeline(n, capacity), shapes.pipelineSum(n)) }),
  W8: (n) => ({ tasks: n, once: () => sleepers(n) }),
  W9: (n, depth) => ({
    operations: n,
    run: () =>
      shapes.check(
        run(() => host.W9(n, depth)),
        n,
      ),
  }),
  W9s: (n, depth) => ({
    operations: n,
    run: () =>
      shapes.check(
        run(() => host.W9s(n, depth)),
        n,
      ),
  }),
});
