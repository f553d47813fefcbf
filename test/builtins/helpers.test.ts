import { describe, expect, test } from "vitest";
import { createRequire } from "node:module";
import { load } from "../semantics/load.ts";

// The helpers for code that is not compiled: this file is that code, and the programs are compiled.

const { importNatively } = createRequire(import.meta.url)(
  "../native-import.ts",
) as typeof import("../native-import.ts");
const { host, resumable } = (await importNatively("greenlets")) as typeof import("../../runtime/core/index.ts");

type Visit = (item: number) => unknown;

interface Exports {
  /** Runs `body` in a greenlet, answers each pause with ten times what came, and returns what it returned. */
  run(body: (pause: Visit) => unknown): unknown;
  /** A greenlet's value, taken by a switch to it. */
  ask(item: number): number;
  toMain(item: number): unknown;
  refuse(item: number): unknown;
  /** Calls foreign code in a greenlet, and then pauses. */
  after(callback: () => unknown): unknown;
}

const source = `
  export const pause = (item) => getCurrent().parent.switch(item);
  export function run(body) {
    const greenlet = new Greenlet(() => [body(pause)]);
    let value = greenlet.switch();
    while (!greenlet.dead) value = typeof value === "number" ? greenlet.switch(value * 10) : greenlet.throw(value);
    return value[0];
  }
  export function ask(item) {
    const asking = getCurrent();
    const other = new Greenlet((x) => asking.switch(x * 10));
    return other.switch(item);
  }
  export function refuse(item) {
    const answer = pause(item);
    if (item === 1) throw new Error("refused " + answer);
    return answer;
  }
  export const toMain = (item) => getCurrent().parent.switch(item);
  export const after = (callback) => run((pause) => {
    callback();
    return pause(5);
  });`;

const BUILDS = {
  production: await load<Exports>(source),
  development: await load<Exports>(source, { dev: true }),
  stress: await load<Exports>(source, { stress: true }),
};

describe.each(Object.keys(BUILDS) as (keyof typeof BUILDS)[])("%s build", (build) => {
  const { after, run, ask, toMain, refuse } = BUILDS[build];

  describe("resumable", () => {
    const each = resumable(function* (this: unknown, list: number[], visit: Visit) {
      const results: unknown[] = [];
      for (const item of list) results.push(yield () => visit(item));
      return results;
    });

    test("a hand-written higher-order function is suspended in its callbacks", () => {
      expect(run((pause) => each([1, 2, 3], pause))).toEqual([10, 20, 30]);
    });

    test("outside of a greenlet it is a plain function", () => {
      expect(each([1, 2], (x) => x + 1)).toEqual([2, 3]);
    });

    test("one in another", () => {
      const nested = (pause: Visit) => each([1, 2], (x) => each([x, x], pause));
      expect(run(nested)).toEqual([
        [10, 10],
        [20, 20],
      ]);
    });

    test("errors reach the body at its yield, with `this`, `catch` and `finally`", () => {
      const log: unknown[] = [];
      const careful = resumable(function* (this: { name: string }, visit: Visit) {
        try {
          yield () => visit(1);
          return "not reached";
        } catch (error) {
          log.push((error as Error).message);
          return yield () => visit(2);
        } finally {
          log.push(this.name);
        }
      });
      expect(run(() => careful.call({ name: "finally" }, refuse))).toBe(20);
      expect(log).toEqual(["refused 10", "finally"]);
      expect(careful.call({ name: "again" }, (x) => x)).toBe("not reached");
    });

    test("an error thrown into the parked greenlet", () => {
      const log: string[] = [];
      const watching = resumable(function* (visit: Visit) {
        try {
          return yield () => visit(new Error("sent") as never);
        } catch (error) {
          log.push((error as Error).message);
          return "caught";
        }
      });
      expect(run((pause) => watching(pause))).toBe("caught");
      expect(log).toEqual(["sent"]);
    });
  });

  describe("host", () => {
    test("a callback of foreign code switches to other greenlets", () => {
      const sorted = run(() => [3, 1, 2].sort(host((a: number, b: number) => ask(a) - ask(b))));
      expect(sorted).toEqual([1, 2, 3]);
    });

    test("it may be entered again while it runs", () => {
      const double = host((x: number): number => (x > 3 ? ask(x) : [x].map((y) => double(y + 1))[0]!));
      expect(run(() => [1, 2].map((x) => double(x)))).toEqual([40, 40]);
    });

    test("the greenlet goes on as before afterwards", () => {
      expect(after(host(() => ask(1)))).toBe(50);
    });

    test("what lies below the foreign frame can't be resumed: an error at the switch, and nothing is lost", () => {
      const seen: unknown[] = [];
      const foreign = host(() => {
        try {
          toMain(7);
        } catch (error) {
          seen.push((error as { code: string }).code, (error as Error).cause);
        }
      });
      const result = after(foreign);
      expect([seen, result]).toEqual([["foreign-frame", 7], 50]);
    });

    test("on the host's own stack it changes nothing", () => {
      expect(host((x: number) => ask(x))(2)).toBe(20);
    });
  });
});
