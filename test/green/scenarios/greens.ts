import assert from "node:assert/strict";
import { getCurrent, Greenlet, GreenletExit, setTrace } from "greenlets";
import {
  current,
  Event,
  Full,
  Green,
  GreenError,
  Group,
  hub,
  idle,
  joinAll,
  kill,
  killAll,
  Local,
  Pool,
  sleep,
  spawn,
  spawnLater,
  Timeout,
  withTimeout,
} from "greenlets/green";
import { throws } from "./throws.ts";

/** What is reported while `body` runs. */
export function reports(body: () => void): { error: unknown; context: unknown }[] {
  const seen: { error: unknown; context: unknown }[] = [];
  const before = hub.onError;
  hub.onError = (error, context) => void seen.push({ error, context });
  try {
    body();
    idle();
    return seen;
  } finally {
    hub.onError = before;
  }
}

function fail(message = "wrong"): never {
  throw new Error(message);
}

export const scenarios: Record<string, () => void> = {
  "E8 delayed starts of equal delay run in order"() {
    const seen: number[] = [];
    const greens: Green[] = [];
    for (let i = 0; i < 5; i++) greens.push(spawnLater(10, () => void seen.push(i)));
    joinAll(greens);
    assert.deepEqual(seen, [0, 1, 2, 3, 4]);
  },
  "E14 a sleep is measured from now"() {
    for (const start = performance.now(); performance.now() - start < 30;);
    const before = hub.now();
    sleep(10);
    assert.ok(hub.now() - before >= 10);
    const again = hub.now();
    withTimeout(10, () => sleep(1000), null);
    assert.ok(hub.now() - again >= 10);
  },
  "E18 what is not a function is refused at once"() {
    const wrong = 1 as unknown as () => void;
    for (const attempt of [
      () => spawn(wrong),
      () => spawnLater(1, wrong),
      () => new Green(wrong),
      () => new Greenlet(wrong),
    ]) {
      throws(attempt, TypeError);
    }
    throws(() => spawnLater("soon" as unknown as number, () => 1), RangeError);
  },
  "E19 arguments reach the function"() {
    assert.deepEqual(spawn((a: number, b: string) => [a, b], { args: [1, "b"] }).get(), [1, "b"]);
    assert.equal(spawnLater(1, (a: number) => a + 1, { args: [1] }).get(), 2);
  },
  "E21 there is no error before the end, nor after success"() {
    const green = new Green(() => 1);
    assert.equal(green.error, undefined);
    green.start().join();
    assert.equal(green.error, undefined);
  },
  "E22 endless recursion ends one greenlet only"() {
    const recurse = (n: number): number => recurse(n + 1) + 1;
    const deep = spawn(() => recurse(0));
    const other = spawn(() => {
      deep.join();
      return "fine";
    });
    throws(() => deep.get(), RangeError);
    assert.equal(other.get(), "fine");
  },
  "E23 locals of the spawn tree"() {
    const tree = () => current().localsOfTree;
    const parent = spawn(() => [tree(), spawn(tree).get()] as const);
    const [own, ofChild] = parent.get();
    assert.equal(own, ofChild);
    assert.equal(own, current().localsOfTree);
    let apart: unknown;
    const { resolve, promise } = Promise.withResolvers<void>();
    hub.callback(() => spawn(() => ((apart = tree()), resolve())));
    spawn(() => promise).join();
    sleep(1);
    assert.notEqual(apart, own);
  },
  "E25 names"() {
    const green = new Green(() => 1);
    assert.match(green.name, /^Green-\d+$/);
    assert.match(String(green), /^<Green "Green-\d+">$/);
    green.name = "worker";
    assert.equal(String(green), '<Green "worker">');
    assert.equal(spawn(() => 1, { name: "named" }).name, "named");
  },
  "E26 nobody who is switched to is dead"() {
    const green = new Green(() => sleep(1));
    const dead: boolean[] = [];
    let seen = 0;
    setTrace((event, _, target) => {
      if (event !== "switch") return;
      dead.push(target.dead);
      if ((target as unknown) === green) seen++;
    });
    try {
      green.start().join();
    } finally {
      setTrace(null);
    }
    assert.ok(seen >= 1);
    assert.ok(!dead.includes(true));
    assert.ok(green.dead);
  },
  "E28 closing a greenlet ends it"() {
    const seen: string[] = [];
    const green = spawn(() => {
      try {
        sleep(1000);
      } finally {
        seen.push("finally");
      }
    });
    sleep(0);
    green.close();
    assert.deepEqual(seen, ["finally"]);
    assert.ok(green.dead && green.value instanceof GreenletExit);
    const unstarted = new Green(() => seen.push("never"));
    unstarted.close();
    assert.ok(unstarted.ready());
  },
  "E34 a kill reaches a greenlet that is ready, at once"() {
    const seen: string[] = [];
    const green = spawn(() => {
      seen.push("a");
      sleep(0);
      seen.push("b");
    });
    sleep(0);
    green.kill();
    assert.deepEqual(seen, ["a"]);
  },
  "E38 raw greenlets can be killed too"() {
    const seen: string[] = [];
    const raw = new Greenlet(() => {
      try {
        sleep(1000);
      } finally {
        seen.push("finally");
      }
    }, getCurrent().parent);
    spawn(() => raw.switch());
    sleep(1);
    killAll([raw]);
    sleep(1);
    assert.deepEqual(seen, ["finally"]);
    assert.ok(raw.dead);
    const unstarted = new Greenlet(() => void seen.push("never"));
    kill(unstarted);
    unstarted.switch();
    assert.deepEqual(seen, ["finally"]);
  },
  "E39 a group kill hits each member once"() {
    class SpecialError extends Error {}
    const group = new Group();
    let hits = 0;
    const stubborn = () => {
      for (;;) {
        try {
          sleep(1000);
        } catch (error) {
          if (error instanceof SpecialError) return;
          if (!(error instanceof GreenletExit)) throw error;
          hits++;
        }
      }
    };
    group.spawn(stubborn);
    group.spawn(stubborn);
    sleep(0);
    group.kill(undefined, { block: false });
    assert.equal(
      withTimeout(10, () => group.kill(undefined, { timeout: 1000 }), "interrupted"),
      "interrupted",
    );
    assert.ok(hits >= 2);
    group.kill(SpecialError);
    assert.equal(group.size, 0);
  },
  "E43 an error in a link is reported, the others run"() {
    const seen: number[] = [];
    const green = spawn(() => 1);
    const errors = reports(() => {
      green.link(() => (seen.push(10), fail("first")));
      green.rawLink(() => (seen.push(20), fail("second")));
      green.link(() => void seen.push(30));
      green.join();
      sleep(1);
    });
    assert.deepEqual(seen, [10, 20, 30]);
    assert.deepEqual(
      errors.map(({ error }) => (error as Error).message),
      ["first", "second"],
    );
  },
  "E46 raw links run on the hub, links in greenlets, late ones in the next turn"() {
    const seen: string[] = [];
    const hubGreenlet = getCurrent().parent;
    const green = spawn(() => 1);
    green.rawLink(() => void seen.push(getCurrent() === hubGreenlet ? "hub" : "greenlet"));
    green.link(() => {
      sleep(0);
      seen.push(getCurrent() === hubGreenlet ? "hub" : "greenlet");
    });
    green.join();
    sleep(1);
    green.rawLink(() => void seen.push("late"));
    assert.deepEqual(seen, ["hub", "greenlet"]);
    sleep(0);
    assert.deepEqual(seen, ["hub", "greenlet", "late"]);
  },
  "E60 an error in a callback of the hub is reported once"() {
    const errors = reports(() => {
      hub.callback(() => fail("in a callback"));
      sleep(5);
    });
    assert.equal(errors.length, 1);
  },
  "E62 onError may fail itself"() {
    const before = [hub.onError, console.error] as const;
    hub.onError = () => fail("in onError");
    console.error = () => undefined;
    try {
      const green = spawn(() => fail("original"));
      green.start();
      idle();
      throws(() => green.get(), /original/);
    } finally {
      [hub.onError, console.error] = before;
    }
  },
  "E63 an error that nobody saw is reported, with its greenlet"() {
    const errors = reports(() => {
      spawn(() => fail(), { name: "loser" });
      sleep(1);
    });
    assert.equal(errors.length, 1);
    assert.equal(String(errors[0]!.context), '<Green "loser">');
  },
  "E63 an error that somebody saw is not"() {
    const errors = reports(() => {
      for (const see of [
        (g: Green) => g.join(),
        (g: Green) => void g.error,
        (g: Green) => g.link(() => undefined),
        (g: Green) => void g.then(null, () => 0),
      ]) {
        see(spawn(() => fail()) as Green);
      }
      sleep(1);
    });
    assert.deepEqual(errors, []);
  },
  "E71 a Timeout throws errors only"() {
    throws(() => new Timeout(1, 5 as unknown as Error), TypeError);
    throws(() => new Timeout(-1), RangeError);
    throws(() => new Timeout(Number.NaN), RangeError);
  },
  "E72 what a Timeout says"() {
    assert.equal(String(new Timeout(10)), "Timeout: 10 ms have passed");
    assert.equal(String(new Timeout(10, "reading")), "Timeout: 10 ms have passed: reading");
    assert.equal(String(new Timeout()), "Timeout: no time limit");
  },
  "E75 what a Timeout throws instead of itself"() {
    class Custom extends Error {}
    const instance = new Custom();
    throws(
      () => withTimeout(new Timeout(5, instance), () => sleep(1000)),
      (error) => error === instance,
    );
    throws(() => withTimeout(new Timeout(5, Custom), () => sleep(1000)), Custom);
    assert.equal(
      withTimeout(null, () => (sleep(5), "no limit")),
      "no limit",
    );
    const timeout = new Timeout(5);
    withTimeout(timeout, () => (timeout.cancel(), sleep(20)));
  },
  "E78 a Timeout can be thrown by hand"() {
    const timeout = new Timeout(1000);
    throws(() => {
      throw timeout;
    }, Timeout);
    assert.equal(timeout.pending, false);
  },
  "E80 a Timeout that nobody catches is an error like others"() {
    const green = spawn(() => {
      new Timeout(5).start();
      sleep(1000);
    });
    const [report] = reports(() => sleep(20));
    assert.ok(report!.error instanceof Timeout);
    assert.ok(green.error instanceof Timeout);
  },
  "E122 values of a finished greenlet are let go"() {
    const local = new Local(() => ({ big: true }));
    const green = spawn(() => local.value.big);
    assert.equal(green.get(), true);
    assert.equal(green.locals, null);
    local.value = { big: false };
    local.clear();
    assert.equal(local.value.big, true);
  },
  "E120 a pool of size 0 runs nobody"() {
    const pool = new Pool(0);
    assert.equal(pool.waitAvailable(5), 0);
    throws(() => pool.add(new Green(() => 1), 5), Full);
    throws(() => new Pool(-1), RangeError);
    assert.ok(pool.full);
  },
  "E65 current() is for Greens"() {
    assert.ok(current() instanceof Green);
    throws(() => new Greenlet(() => current()).switch(), GreenError);
  },
  "E94 a spinning lock lets others run"() {
    const event = new Event();
    spawn(() => event.set());
    while (!event.ready()) sleep(0);
  },
};
