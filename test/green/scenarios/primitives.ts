import assert from "node:assert/strict";
import {
  AsyncResult,
  BoundedSemaphore,
  Channel,
  Closed,
  Condition,
  Empty,
  Event,
  Full,
  Green,
  GreenError,
  Group,
  joinAll,
  Pool,
  PriorityQueue,
  Queue,
  RLock,
  Semaphore,
  sleep,
  spawn,
  Timeout,
  waitAll,
  type Store,
} from "greenlets/green";
import { throws } from "./throws.ts";

/** A store that can be told to fail. */
class FailingStore implements Store<number> {
  readonly items: number[] = [];
  failing = false;

  get size(): number {
    return this.items.length;
  }

  push(item: number): void {
    if (this.failing) throw new RangeError("push fails");
    this.items.push(item);
  }

  shift(): number | undefined {
    if (this.failing) throw new RangeError("shift fails");
    return this.items.shift();
  }

  peek(): number | undefined {
    return this.items[0];
  }
}

export const scenarios: Record<string, () => void> = {
  "E86 links of events"() {
    const event = new Event();
    throws(() => event.rawLink(null as unknown as () => void), TypeError);
    event.unlink(() => undefined);
    let calls = 0;
    event.rawLink(() => calls++);
    event.set();
    event.clear();
    event.set();
    sleep(0);
    assert.equal(calls, 1);
  },
  "E87 results as link targets"() {
    const failure = new Error("wrong");
    for (const failing of [false, true]) {
      const [any, value, error] = [new AsyncResult<number>(), new AsyncResult<number>(), new AsyncResult<number>()];
      const green = spawn(() => {
        if (failing) throw failure;
        return 1;
      });
      green.link(any);
      green.linkValue(value);
      green.linkError(error);
      green.join();
      if (failing) {
        throws(
          () => any.get(),
          (thrown) => thrown === failure,
        );
        throws(() => value.get(5), Timeout);
        throws(
          () => error.get(5),
          (thrown) => thrown === failure,
        );
      } else {
        assert.equal(any.get(), 1);
        assert.equal(value.get(), 1);
        throws(() => error.get(5), Timeout);
      }
    }
  },
  "E88 setting a result again overwrites it"() {
    const result = new AsyncResult<number>();
    result.set(1);
    result.set(2);
    assert.equal(result.get(), 2);
    result.setError(new Error("wrong"));
    throws(() => result.get(), /wrong/);
    assert.equal(result.value, undefined);
    result.set(5);
    assert.equal(result.get(), 5);
  },
  "E90 releasing twice runs both links"() {
    const semaphore = new Semaphore(0);
    let calls = 0;
    semaphore.rawLink(() => calls++);
    semaphore.rawLink(() => calls++);
    semaphore.release();
    semaphore.release();
    sleep(0);
    assert.equal(calls, 2);
  },
  "E93 conditions"() {
    const condition = new Condition();
    const woken: number[] = [];
    for (let i = 0; i < 3; i++) {
      spawn(() => {
        condition.with(() => {
          condition.wait();
          woken.push(i);
        });
      });
    }
    sleep(1);
    condition.with(() => condition.notify(2));
    sleep(1);
    assert.deepEqual(woken, [0, 1]);
    condition.with(() => condition.notifyAll());
    sleep(1);
    assert.deepEqual(woken, [0, 1, 2]);
    throws(() => condition.notify(), GreenError);
    throws(() => condition.wait(), GreenError);
    let ready = false;
    spawn(() => condition.with(() => ((ready = true), condition.notify())));
    assert.equal(
      condition.with(() => condition.waitFor(() => ready)),
      true,
    );
  },
  "E93 a killed waiter passes its notification on, and leaves with the lock"() {
    const condition = new Condition();
    const woken: string[] = [];
    const waiter = (name: string) =>
      spawn(() => {
        condition.with(() => {
          condition.wait();
          woken.push(name);
        });
      });
    const first = waiter("first");
    waiter("second");
    sleep(1);
    condition.with(() => condition.notify());
    first.kill();
    sleep(1);
    assert.deepEqual(woken, ["second"]);
  },
  "E93 holding a lock until the end of a block"() {
    const lock = new RLock();
    {
      const hold = lock.hold();
      assert.ok(lock.locked && lock.owned);
      hold[Symbol.dispose]();
    }
    assert.ok(!lock.locked);
    throws(() => lock.release(), GreenError);
    assert.equal(
      lock.with(() => 5),
      5,
    );
  },
  "E95 releasing what is not held"() {
    throws(() => new RLock().release(), { code: "not-owner" });
    throws(() => new BoundedSemaphore(1).release(), { code: "over-released" });
    throws(() => new Semaphore(-1), RangeError);
    throws(() => new Semaphore(1.5), RangeError);
  },
  "E105 closing a queue"() {
    const queue = new Queue<number>(2, [1, 2]);
    const blocked = spawn(() => queue.put(3));
    sleep(0);
    queue.close();
    throws(() => queue.put(4), Closed);
    throws(() => queue.putNowait(4), Closed);
    blocked.join();
    assert.ok(blocked.error instanceof Closed);
    assert.deepEqual([queue.get(), queue.get()], [1, 2]);
    throws(() => queue.get(), Closed);
    throws(() => queue.peek(), Closed);
    const dropped = new Queue<number>(Infinity, [1, 2]);
    dropped.close(true);
    throws(() => dropped.get(), Closed);
    assert.equal(dropped.join(), true);
    throws(() => dropped.taskDone(), GreenError);
    const waiting = new Queue<number>();
    const getter = spawn(() => waiting.get());
    sleep(0);
    waiting.close();
    getter.join();
    assert.ok(getter.error instanceof Closed);
  },
  "E105 iteration ends when the queue is closed"() {
    const queue = new Queue<number>();
    const seen: number[] = [];
    const reader = spawn(() => {
      for (const item of queue) seen.push(item);
      return "end";
    });
    queue.put(1);
    sleep(0);
    queue.put(2);
    queue.close();
    assert.equal(reader.get(), "end");
    assert.deepEqual(seen, [1, 2]);
  },
  "E107 a closed channel ends its iteration"() {
    const channel = new Channel<number>();
    const reader = spawn(() => {
      const seen: number[] = [];
      for (const item of channel) seen.push(item);
      return seen;
    });
    channel.put(1);
    channel.put(2);
    channel.close();
    assert.deepEqual(reader.get(), [1, 2]);
    throws(() => channel.put(3), Closed);
    throws(() => new Channel<number>().putNowait(1), Full);
    throws(() => new Channel<number>().getNowait(), Empty);
    throws(() => new Queue(0), RangeError);
  },
  "E108 a store of one's own is used everywhere, and its errors reach who called"() {
    const store = new FailingStore();
    const queue = new Queue<number>(1, [], store);
    queue.put(1);
    assert.deepEqual(store.items, [1]);
    const putter = spawn(() => queue.put(2));
    sleep(0);
    store.failing = true;
    throws(() => queue.get(), /shift fails/);
    store.failing = false;
    assert.equal(queue.get(), 1);
    store.failing = true;
    sleep(0);
    assert.match(String(putter.error), /push fails/);
    throws(() => queue.put(3), /push fails/);
    store.failing = false;
    queue.put(4);
    assert.equal(queue.get(), 4);
  },
  "E106 an order of one's own"() {
    const queue = new PriorityQueue<{ at: number }>(Infinity, [{ at: 2 }, { at: 3 }, { at: 1 }], (a, b) => a.at > b.at);
    assert.deepEqual([queue.get().at, queue.get().at, queue.get().at], [3, 2, 1]);
  },
  "E114 adding and discarding"() {
    const pool = new Pool(1);
    const first = spawn(() => sleep(1000));
    pool.add(first);
    assert.equal(pool.free, 0);
    throws(() => pool.add(new Green(() => 1), 5), Full);
    pool.discard(first);
    assert.equal(pool.free, 1);
    pool.discard(first);
    assert.equal(pool.free, 1);
    assert.ok(!pool.has(first));
    pool.start(new Green(() => 1));
    assert.equal(pool.join(), true);
    assert.equal(pool.free, 1);
    first.kill();
    const finished = spawn(() => 1);
    finished.join();
    pool.add(finished);
    assert.equal(pool.free, 1);
  },
  "E116 the input may be a queue, or wait after its last item"() {
    const queue = new Queue<number>();
    for (const item of [1, 2, 3]) queue.put(item);
    queue.close();
    assert.deepEqual(
      new Pool(2).map((item: number) => item * 2, queue),
      [2, 4, 6],
    );
    const items = new Queue<number>(Infinity, [1, 2]);
    spawn(() => (sleep(20), items.close()));
    const seen: number[] = [];
    for (const result of new Pool(2).imapUnordered((item: number) => item, items)) seen.push(result);
    assert.deepEqual(seen, [1, 2]);
  },
  "E118 an error of the input comes after the results before it"() {
    let calls = 0;
    const broken: Iterable<number> = {
      [Symbol.iterator]: () => ({
        next() {
          if (++calls > 2) throw new Error("input");
          return { done: false, value: calls };
        },
      }),
    };
    const results = new Pool(1).imap((item: number) => item, broken);
    assert.equal(results.next().value, 1);
    assert.equal(results.next().value, 2);
    throws(() => results.next(), /input/);
    assert.equal(results.next().done, true);
  },
  "E117 leaving a mapping early stops its feeder"() {
    let started = 0;
    const pool = new Pool(1);
    for (const _ of pool.imap((item: number) => (started++, sleep(1), item), [1, 2, 3, 4, 5, 6])) break;
    sleep(50);
    assert.ok(started < 6, `${started} were started`);
    assert.equal(pool.free, 1);
  },
  "E119 failing members give their slots back"() {
    const pool = new Pool(2);
    for (let i = 0; i < 10; i++) {
      pool.spawn(() => {
        throw new Error("wrong");
      }).observed = true;
    }
    pool.join();
    assert.equal(pool.free, 2);
  },
  "E120 killing a pool"() {
    const pool = new Pool(3);
    for (let i = 0; i < 3; i++) pool.spawn(() => sleep(60_000));
    sleep(0);
    pool.kill();
    assert.equal(pool.size, 0);
    assert.equal(pool.free, 3);
  },
  "E121 joins of groups"() {
    const group = new Group([spawn(() => sleep(5)), spawn(() => sleep(10))]);
    assert.equal(group.join({ timeout: 1 }), false);
    assert.equal(group.join(), true);
    assert.deepEqual([...group], []);
  },
  "E52 events and results by count and time"() {
    const events = [new Event(), new Event(), new Event()];
    spawn(() => {
      for (const event of events) {
        sleep(10);
        event.set();
      }
    });
    assert.deepEqual(waitAll(events, { count: 1 }), [events[0]]);
    assert.equal(waitAll(events, { timeout: 5 }).length, 1);
    assert.equal(waitAll(events).length, 3);
    assert.deepEqual(waitAll([]), []);
    assert.deepEqual(joinAll([]), []);
  },
};
