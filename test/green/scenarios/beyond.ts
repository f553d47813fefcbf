// What gevent has not: scopes, shields, races.
import assert from "node:assert/strict";
import { GreenletExit } from "greenlets";
import {
  all,
  any,
  Event,
  GreenError,
  hub,
  killAll,
  race,
  scope,
  shield,
  sleep,
  spawn,
  Timeout,
  withTimeout,
  parked,
} from "greenlets/green";
import { throws } from "./throws.ts";

function after<T>(ms: number, value: T): () => T {
  return () => {
    sleep(ms);
    return value;
  };
}

function failAfter(ms: number, message: string): () => never {
  return () => {
    sleep(ms);
    throw new Error(message);
  };
}

export const scenarios: Record<string, () => void> = {
  "a scope is left when all children have ended"() {
    const seen: string[] = [];
    const value = scope((s) => {
      s.spawn(() => (sleep(10), seen.push("child")));
      seen.push("body");
      return 5;
    });
    assert.equal(value, 5);
    assert.deepEqual(seen, ["body", "child"]);
  },
  "the first error of a child kills the others and interrupts the body"() {
    const seen: string[] = [];
    throws(
      () =>
        scope((s) => {
          s.spawn(failAfter(5, "first"));
          s.spawn(() => {
            try {
              sleep(1000);
            } finally {
              seen.push("sibling");
            }
          });
          try {
            sleep(1000);
          } catch {
            seen.push("never: a kill passes");
          } finally {
            seen.push("body");
          }
        }),
      /^Error: first$/,
    );
    assert.deepEqual(seen.toSorted(), ["body", "sibling"]);
  },
  "several errors are one AggregateError"() {
    const fail = (message: string) => () => {
      try {
        sleep(1000);
      } finally {
        throw new Error(message);
      }
    };
    throws(
      () =>
        scope((s) => {
          s.spawn(fail("one"));
          s.spawn(fail("two"));
          sleep(1);
          throw new Error("body");
        }),
      (error: unknown) => {
        assert.ok(error instanceof AggregateError);
        assert.deepEqual(error.errors.map((one: Error) => one.message).toSorted(), ["body", "one", "two"]);
        return true;
      },
    );
  },
  "killing a scope's greenlet ends the children first"() {
    const seen: string[] = [];
    const owner = spawn(() => {
      try {
        scope((s) => {
          s.spawn(() => {
            try {
              sleep(1000);
            } finally {
              sleep(5);
              seen.push("child");
            }
          });
        });
      } finally {
        seen.push("owner");
      }
    });
    sleep(1);
    owner.kill(undefined, { block: false });
    sleep(1);
    owner.kill();
    assert.deepEqual(seen, ["child", "owner"]);
    assert.ok(owner.value instanceof GreenletExit);
  },
  "a scope that has ended takes no children"() {
    const left = scope((s) => s);
    throws(() => left.spawn(() => 1), { code: "closed" });
  },
  "a time limit for a scope"() {
    const seen: string[] = [];
    const value = withTimeout(
      10,
      () =>
        scope((s) => {
          s.spawn(() => {
            try {
              sleep(1000);
            } finally {
              seen.push("child");
            }
          });
        }),
      "late",
    );
    assert.equal(value, "late");
    assert.deepEqual(seen, ["child"]);
  },
  all() {
    assert.deepEqual(all([after(10, "a"), after(5, 1)]), ["a", 1]);
    throws(() => all([after(1000, 1), failAfter(5, "wrong")]), /wrong/);
    assert.deepEqual(all([]), []);
  },
  race() {
    let ended = false;
    const loser = () => {
      try {
        sleep(1000);
      } finally {
        ended = true;
      }
    };
    assert.equal(race([loser, after(5, "winner")]), "winner");
    assert.ok(ended);
    throws(() => race([loser, failAfter(5, "wrong")]), /wrong/);
    throws(() => race([]), RangeError);
  },
  any() {
    assert.equal(any([failAfter(1, "wrong"), after(5, "good")]), "good");
    throws(() => any([failAfter(1, "one"), failAfter(2, "two")]), AggregateError);
  },
  "a shield holds kills back"() {
    const seen: string[] = [];
    const green = spawn(() => {
      try {
        shield(() => {
          sleep(20);
          seen.push("critical section done");
        });
        seen.push("never");
      } finally {
        seen.push("finally");
      }
    });
    sleep(1);
    green.kill();
    assert.deepEqual(seen, ["critical section done", "finally"]);
    assert.ok(green.value instanceof GreenletExit);
  },
  "a shield holds outer timeouts back, not its own"() {
    const seen: string[] = [];
    const result = withTimeout(
      5,
      () => {
        shield(() => {
          seen.push(withTimeout(10, () => (sleep(1000), "never"), "inner"));
          sleep(10);
          seen.push("protected");
        });
        return "never";
      },
      "outer",
    );
    assert.deepEqual(seen, ["inner", "protected"]);
    assert.equal(result, "outer");
  },
  "nested shields"() {
    const green = spawn(() => {
      shield(() => {
        shield(() => sleep(10));
        sleep(10);
      });
      return "never";
    });
    sleep(1);
    const start = hub.now();
    green.kill();
    assert.ok(hub.now() - start >= 15);
    assert.ok(green.value instanceof GreenletExit);
  },
  "who is parked, on what"() {
    const event = new Event();
    const waiter = spawn(() => event.wait(), { name: "listener" });
    sleep(1);
    const [found] = parked().filter(({ greenlet }) => (greenlet as unknown) === waiter);
    assert.equal(found?.on, "Event");
    waiter.kill();
    assert.ok(!parked().some(({ greenlet }) => (greenlet as unknown) === waiter));
  },
  "killing several with one that does not die in time"() {
    const stubborn = spawn(() => {
      try {
        sleep(1000);
      } finally {
        sleep(50);
      }
    });
    sleep(1);
    throws(() => killAll([stubborn], undefined, { timeout: 5 }), Timeout);
    stubborn.join();
    assert.ok(GreenError.prototype instanceof Error);
  },
};
