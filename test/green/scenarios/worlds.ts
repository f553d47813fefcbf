// Both worlds: promises, events, streams, async code, and one function for sync and async callers.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import { getCurrent } from "greenlets";
import {
  AsyncResult,
  current,
  dual,
  green,
  GreenError,
  hub,
  iterate,
  on,
  once,
  Queue,
  run,
  runSync,
  scope,
  sleep,
  spawn,
  spawnLater,
  Timeout,
  toAsync,
  wait,
  writeAll,
} from "greenlets/green";
import { throws } from "./throws.ts";

const later = <T>(value: T, ms = 5): Promise<T> => new Promise((resolve) => setTimeout(resolve, ms, value));

/** A source of promised items that records whether it was ended. */
class Source implements AsyncIterable<number>, AsyncIterator<number> {
  asked = 0;
  ended = false;

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<number>> {
    await later(0, 1);
    this.asked++;
    return this.asked > 3 ? { done: true, value: undefined } : { done: false, value: this.asked };
  }

  async return(): Promise<IteratorResult<number>> {
    this.ended = true;
    return { done: true, value: undefined };
  }
}

export const scenarios: Record<string, () => void> = {
  "wait parks the current greenlet only"() {
    const seen: string[] = [];
    const other = spawn(() => void seen.push("other"));
    seen.push(wait(later("value")));
    assert.deepEqual(seen, ["other", "value"]);
    assert.ok(other.ready());
    assert.equal(wait(5), 5);
    assert.equal(wait(spawn(() => 6)), 6);
    assert.equal(
      wait<number>((resolve) => resolve(7)),
      7,
    );
    throws(() => wait(Promise.reject(new TypeError("rejected"))), /rejected/);
    throws(() => wait((_, reject) => reject(new TypeError("failed"))), /failed/);
  },
  "wait gives up what it started"() {
    let given = 0;
    throws(() => wait(() => () => void given++, 5), Timeout);
    const waiting = spawn(() => wait(() => () => void given++));
    sleep(1);
    waiting.kill();
    assert.equal(given, 2);
  },
  "E89 a promise wakes a waiter from outside"() {
    const result = new AsyncResult<number>();
    setTimeout(() => result.set(9), 5);
    wait(later(0, 20));
    assert.equal(result.get(), 9);
  },
  "async code awaits greens and results"() {
    const failing = spawn(() => {
      throw new Error("wrong");
    });
    const check = async () => {
      await assert.rejects(async () => await failing, /wrong/);
      assert.equal(await spawn(() => (sleep(1), "value")), "value");
      assert.equal(await run((a: number, b: number) => a + b, 1, 2), 3);
      const result = new AsyncResult<string>();
      spawnLater(1, () => result.set("set"));
      assert.equal(await result, "set");
    };
    wait(check());
  },
  "async code can't wait itself, and is told what to do"() {
    const attempt = async () => {
      await null;
      sleep(1);
    };
    throws(() => wait(attempt()), /await run/);
    const error = spawn(() => {
      let caught: unknown;
      hub.callback(() => {
        try {
          new Queue().get();
        } catch (thrown) {
          caught = thrown;
        }
      });
      sleep(1);
      return caught;
    }).get();
    assert.equal((error as GreenError).code, "on-hub");
  },
  "runSync runs plain code to its end, or names what can't"() {
    const leaf = dual({ sync: (x: number) => x + 1, async: (x) => later(x + 1) });
    const twice = (x: number) => leaf(leaf(x));
    assert.equal(twice(1), 3);
    assert.equal(
      runSync(() => twice(1)),
      3,
    );
    throws(() => runSync(() => sleep(1)), { code: "sync-only", message: /sleep/ });
    throws(() => runSync(() => wait(later(1))), { code: "sync-only" });
    assert.equal(
      runSync(() => runSync(() => 1)),
      1,
    );
    sleep(1);
    const mixed = spawn(() => runSync(() => twice(5)));
    assert.equal(mixed.get(), 7);
  },
  "green() makes methods wait"() {
    const api = {
      base: 10,
      async add(n: number) {
        await later(0, 1);
        return this.base + n;
      },
      plain(n: number) {
        return this.base * n;
      },
      callBack(n: number, done: (error: Error | null, value: number) => void) {
        setTimeout(() => (n < 0 ? done(new RangeError("negative"), 0) : done(null, this.base - n)), 1);
      },
    };
    const view = green(api);
    const sum: number = view.add(1);
    assert.equal(sum, 11);
    assert.equal(view.plain(2), 20);
    assert.equal(view.base, 10);
    assert.equal(view.add, view.add);
    const called = green(api, "callback");
    const difference: number = called.callBack(3);
    assert.equal(difference, 7);
    throws(() => called.callBack(-1), RangeError);
  },
  "async iterables become iterables"() {
    const seen: number[] = [];
    for (const item of iterate(new Source())) seen.push(item);
    assert.deepEqual(seen, [1, 2, 3]);
    const source = new Source();
    for (const _ of iterate(source)) break;
    assert.ok(source.ended);
    assert.equal(source.asked, 1);
  },
  "iterables that wait become async iterables"() {
    const queue = new Queue<number>();
    spawn(() => {
      for (const item of [1, 2, 3]) {
        sleep(1);
        queue.put(item);
      }
      queue.close();
    });
    const collect = async () => {
      const seen: number[] = [];
      for await (const item of toAsync(queue)) seen.push(item);
      return seen;
    };
    assert.deepEqual(wait(collect()), [1, 2, 3]);
    const direct = async () => {
      for await (const _ of queue) assert.fail("it is closed");
    };
    wait(direct());
  },
  "Node streams are read and written with backpressure"() {
    const read: string[] = [];
    for (const chunk of iterate(Readable.from(["a", "b", "c"]))) read.push(chunk as string);
    assert.deepEqual(read, ["a", "b", "c"]);
    const written: string[] = [];
    const slow = new Writable({
      highWaterMark: 1,
      write: (chunk, _, done) => void setTimeout(() => (written.push(String(chunk)), done()), 1),
    });
    writeAll(slow, read);
    assert.deepEqual(written, ["a", "b", "c"]);
    const broken = new Writable({ highWaterMark: 1, write: (_chunk, _, done) => done(new Error("disk full")) });
    throws(() => writeAll(broken, read), /disk full/);
  },
  "web streams are read and written with backpressure"() {
    const seen: string[] = [];
    const sink = new WritableStream<string>({ write: (chunk) => later(0, 1).then(() => void seen.push(chunk)) });
    const stream = new ReadableStream<string>({
      start(controller) {
        for (const chunk of ["a", "b"]) controller.enqueue(chunk);
        controller.close();
      },
    });
    writeAll(sink, iterate(stream));
    assert.deepEqual(seen, ["a", "b"]);
  },
  "the next event"() {
    const target = new EventTarget();
    setTimeout(() => target.dispatchEvent(new Event("ping")), 1);
    assert.equal(once(target, "ping").type, "ping");
    const emitter = new EventEmitter();
    setTimeout(() => emitter.emit("data", 1, 2), 1);
    assert.deepEqual(once(emitter, "data"), [1, 2]);
    setTimeout(() => emitter.emit("error", new Error("broken")), 1);
    throws(() => once(emitter, "data"), /broken/);
    assert.equal(emitter.listenerCount("data") + emitter.listenerCount("error"), 0);
  },
  "all events from now on"() {
    const emitter = new EventEmitter();
    const seen: unknown[] = [];
    setTimeout(() => {
      emitter.emit("data", 1);
      emitter.emit("data", 2);
      emitter.emit("end");
    }, 1);
    for (const [value] of on(emitter, "data", ["end"])) seen.push(value);
    assert.deepEqual(seen, [1, 2]);
    assert.equal(emitter.listenerCount("data"), 0);
    const failing = on(emitter, "data");
    emitter.emit("data", 3);
    emitter.emit("error", new Error("broken"));
    assert.deepEqual(failing.next().value, [3]);
    throws(() => failing.next(), /broken/);
    const abandoned = on(emitter, "data");
    abandoned.return();
    assert.equal(emitter.listenerCount("data"), 0);
  },
  "signals in and out"() {
    const controller = new AbortController();
    const reason = new Error("aborted");
    let inner: AbortSignal | undefined;
    const worker = spawn(
      () => {
        inner = current().signal;
        sleep(1000);
      },
      { signal: controller.signal },
    );
    sleep(1);
    controller.abort(reason);
    throws(
      () => worker.get(),
      (error: unknown) => error === reason,
    );
    assert.equal(inner?.reason, reason);
    const late = spawn(() => assert.fail("never"), { signal: AbortSignal.abort(reason) });
    throws(
      () => late.get(),
      (error: unknown) => error === reason,
    );
  },
  "scopes work between promises"() {
    const values = scope((s) => {
      const children = [s.spawn(() => wait(later(1))), s.spawn(() => wait(later(2)))];
      return [children[0]!.get(), children[1]!.get()];
    });
    assert.deepEqual(values, [1, 2]);
    assert.notEqual(getCurrent().parent, null);
  },
};
