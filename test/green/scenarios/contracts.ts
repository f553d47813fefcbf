// E1–E4: what every blocking call does when its time is up. One row per call.
import assert from "node:assert/strict";
import {
  AsyncResult,
  Channel,
  Condition,
  Empty,
  Event,
  Full,
  Group,
  hub,
  iwait,
  joinAll,
  LifoQueue,
  Pool,
  PriorityQueue,
  Queue,
  RLock,
  Semaphore,
  sleep,
  spawn,
  spawnLater,
  Timeout,
  wait,
  waitAll,
  withTimeout,
  once,
  type Limit,
  Green,
} from "greenlets/green";

type Call = (limit: Limit) => unknown;
type Kind = { call: Call; error: new (...values: never[]) => Error };

function sleeper(): Green {
  return spawn(() => sleep(60_000));
}

function held(): RLock {
  const lock = new RLock();
  spawn(() => lock.acquire() && sleep(60_000));
  sleep(0);
  return lock;
}

function waitingOnCondition(limit: Limit): boolean {
  const condition = new Condition();
  return condition.with(() => condition.wait(limit));
}

function filled<T extends Queue<number>>(queue: T): T {
  queue.put(1);
  return queue;
}

function fullPool(): Pool {
  const pool = new Pool(1);
  pool.spawn(() => sleep(60_000));
  return pool;
}

const unfinished = () => filled(new Queue<number>());

/** Calls that return whether they succeeded (or what they have so far). */
export const waits: Record<string, Call> = {
  "Green.join": (limit) => sleeper().join(limit),
  "Green.join of one that never starts": (limit) => new Green(() => 1).join(limit),
  "Event.wait": (limit) => new Event().wait(limit),
  "AsyncResult.wait": (limit) => new AsyncResult().wait(limit),
  "Semaphore.acquire": (limit) => new Semaphore(0).acquire(limit),
  "Semaphore.wait": (limit) => new Semaphore(0).wait(limit),
  "RLock.acquire": (limit) => held().acquire(limit),
  "Condition.wait": waitingOnCondition,
  "Queue.join": (limit) => unfinished().join(limit),
  "Group.join": (timeout) => {
    const group = new Group();
    group.spawn(() => sleep(60_000));
    return group.join({ timeout, raise: true });
  },
  "Pool.waitAvailable": (limit) => fullPool().waitAvailable(limit) > 0,
  joinAll: (timeout) => joinAll([sleeper()], { timeout }).length > 0,
  waitAll: (timeout) => waitAll([new Event()], { timeout }).length > 0,
  iwait: (timeout) => {
    for (const _ of iwait([new Event()], { timeout })) return true;
    return false;
  },
};

/** Calls that return a value. */
export const gets: Record<string, Kind> = {
  "Green.get": { call: (limit) => sleeper().get(limit), error: Timeout },
  "AsyncResult.get": { call: (limit) => new AsyncResult().get(limit), error: Timeout },
  "wait(promise)": { call: (limit) => wait(new Promise(() => undefined), limit), error: Timeout },
  "wait(callback)": { call: (limit) => wait(() => undefined, limit), error: Timeout },
  "wait(green)": { call: (limit) => wait(sleeper(), limit), error: Timeout },
  once: { call: (limit) => once(new EventTarget(), "never", limit), error: Timeout },
  "Queue.get": { call: (limit) => new Queue().get(limit), error: Empty },
  "Queue.peek": { call: (limit) => new Queue().peek(limit), error: Empty },
  "LifoQueue.get": { call: (limit) => new LifoQueue().get(limit), error: Empty },
  "PriorityQueue.get": { call: (limit) => new PriorityQueue().get(limit), error: Empty },
  "Channel.get": { call: (limit) => new Channel().get(limit), error: Empty },
  "Queue.put": { call: (limit) => filled(new Queue<number>(1)).put(2, limit), error: Full },
  "LifoQueue.put": { call: (limit) => filled(new LifoQueue<number>(1)).put(2, limit), error: Full },
  "PriorityQueue.put": { call: (limit) => filled(new PriorityQueue<number>(1)).put(2, limit), error: Full },
  "Channel.put": { call: (limit) => new Channel().put(2, limit), error: Full },
  "Pool.add": { call: (limit) => fullPool().add(new Green(() => 1), limit), error: Full },
  withTimeout: { call: (limit) => withTimeout(limit, () => sleep(60_000)), error: Timeout },
};

class CustomError extends Error {}

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

function elapsed(call: () => void): number {
  const start = hub.now();
  call();
  return hub.now() - start;
}

export const scenarios: Record<string, () => void> = {};

for (const [name, call] of Object.entries(waits)) {
  scenarios[`E1 ${name} returns false when its time is up`] = () => {
    const passed = elapsed(() => assert.equal(call(20), false));
    assert.ok(passed >= 20 && passed < 1000, `${passed} ms`);
  };
  scenarios[`E1 ${name} returns false when its own Timeout fires`] = () => assert.equal(call(new Timeout(5)), false);
}

for (const [name, { call, error }] of Object.entries(gets)) {
  scenarios[`E2 ${name} throws when its time is up`] = () => {
    const passed = elapsed(() => assert.ok(thrownBy(() => call(20)) instanceof error));
    assert.ok(passed >= 20 && passed < 1000, `${passed} ms`);
  };
  if (name !== "Pool.add") {
    scenarios[`E3 ${name} throws the very Timeout it was given`] = () => {
      const timeout = new Timeout(5);
      assert.equal(
        thrownBy(() => call(timeout)),
        timeout,
      );
    };
  }
}

const everything = { ...waits, ...Object.fromEntries(Object.entries(gets).map(([name, { call }]) => [name, call])) };

for (const [name, call] of Object.entries(everything)) {
  scenarios[`E3 ${name} throws the error of a Timeout that stands for one`] = () => {
    assert.ok(thrownBy(() => call(new Timeout(5, CustomError))) instanceof CustomError);
  };
  scenarios[`E4 ${name} lets an outer Timeout pass`] = () => {
    const outer = new Timeout(5).start();
    assert.equal(
      thrownBy(() => call(1000)),
      outer,
    );
  };
  scenarios[`E4 ${name} throws the reason of a signal`] = () => {
    const controller = new AbortController();
    const reason = new CustomError();
    spawnLater(5, () => controller.abort(reason));
    assert.equal(
      thrownBy(() => call(controller.signal)),
      reason,
    );
  };
  scenarios[`E4 ${name} refuses a negative limit and loses nothing`] = () => {
    if (name !== "withTimeout") assert.ok(thrownBy(() => call(-1)) instanceof RangeError);
  };
  scenarios[`E30 ${name} can be killed`] = () => {
    const waiting = spawn(() => call(null));
    sleep(1);
    assert.equal(waiting.ready(), false);
    waiting.kill(CustomError);
    assert.ok(waiting.error instanceof CustomError);
  };
}
