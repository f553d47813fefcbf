import { describe, expect, test } from "vitest";
import { getCurrent, Greenlet, GreenletError, GreenletExit } from "../../runtime/core/index.ts";
import { load, MODES } from "./load.ts";

test("G48: the stack of an error names the function that threw, not the one that switched to it", async () => {
  const { program } = await load<{ program(): Error }>(
    `export function program() {
      const second = new Greenlet(function test2() { throw new ReferenceError("name"); });
      const first = new Greenlet(function test1() { second.switch(); });
      try { first.switch(); } catch (error) { return error; }
    }`,
  );
  const functions = program()
    .stack?.split("\n")
    .map((line) => /^ +at (?:\w+\.)*(\w+)/.exec(line)?.[1]);
  expect(functions).toContain("test2");
  expect(functions).not.toContain("test1");
});

test("G57: cause and stack of a user's error are left alone by every greenlet it passes", async () => {
  const { program } = await load<{ program(error: Error): Error }>(
    `export function program(error) {
      let greenlet = new Greenlet(() => { getCurrent().parent.switch(); throw error; });
      greenlet.switch();
      for (let depth = 0; depth < 10; depth++) { const outer = new Greenlet(() => { getCurrent().parent.switch(); }); outer.switch(); outer.parent = greenlet.parent; greenlet.parent = outer; }
      try { greenlet.switch(); } catch (caught) { return caught; }
    }`,
  );
  const cause = { reason: 1 };
  const error = new Error("one", { cause });
  const { stack } = error;
  const keys = Reflect.ownKeys(error);
  expect(program(error)).toBe(error);
  expect([error.cause, error.stack, Reflect.ownKeys(error)]).toEqual([cause, stack, keys]);
});

test("any value can be thrown, and only classes of errors are made", () => {
  for (const value of [undefined, null, 0, "text", () => 1]) {
    const greenlet = new Greenlet(() => 1);
    let caught: unknown = "nothing";
    try {
      // Passing undefined explicitly is throwing undefined.
      greenlet.throw(value);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBe(value);
  }
  class Custom extends Error {}
  expect(() => new Greenlet(() => 1).throw(Custom, "message")).toThrow("message");
  const greenlet = new Greenlet<unknown[]>(() => getCurrent().parent!.switch("parked"));
  greenlet.switch();
  expect(() => (greenlet.throw as (...values: unknown[]) => unknown)("text", "more")).toThrow(TypeError);
  expect(greenlet.switch("unharmed")).toBe("unharmed");
});

describe.each(MODES)("stress: $stress", (mode) => {
  test("G59: an error thrown while a greenlet is closed goes to whoever closes it, not to its parent", async () => {
    const { program } = await load<{ program(): unknown[] }>(
      `export function program() {
        const log = [];
        const root = getCurrent();
        const parent = new Greenlet(() => { try { root.switch(); } catch { log.push("parent saw it"); } });
        parent.switch();
        const child = new Greenlet(() => { try { root.switch(); } finally { throw new RangeError("in finally"); } }, parent);
        child.switch();
        const closer = new Greenlet(() => {
          try { child.close(); } catch (error) { log.push(error.message, child.dead, child.parent === parent); }
        });
        closer.switch();
        return log;
      }`,
      mode,
    );
    expect(program()).toEqual(["in finally", true, true]);
  });

  test("G68: close() of a greenlet that ignores GreenletExit says so", async () => {
    const { program } = await load<{ program(): Greenlet }>(
      `export function program() {
        const greenlet = new Greenlet(() => { for (;;) try { getCurrent().parent.switch(); } catch (e) { if (!(e instanceof GreenletExit)) throw e; } });
        greenlet.switch();
        return greenlet;
      }`,
      mode,
    );
    const greenlet = program();
    expect(() => greenlet.close()).toThrow(/^GreenletExit did not kill <Greenlet suspended active started>\.$/);
    expect(greenlet.dead).toBe(false);
  });

  test("close() ends a greenlet from any greenlet, and `using` does at the end of its block", async () => {
    const { program } = await load<{ program(): unknown[] }>(
      `export function program() {
        const log = [];
        const root = getCurrent();
        const make = (name) => { const greenlet = new Greenlet(() => { try { root.switch(); } finally { log.push(name); } }); greenlet.switch(); return greenlet; };
        const one = make("one");
        new Greenlet(() => { one.close(); one.close(); log.push("closed"); }).switch();
        const two = make("two");
        two[Symbol.dispose]();
        const pending = new Greenlet(() => log.push("never"));
        pending.close();
        log.push(one.dead, two.dead, pending.dead);
        return log;
      }`,
      mode,
    );
    expect(program()).toEqual(["one", "closed", "two", true, true, true]);
  });

  test("atomic: a switch inside is an error at once, and the greenlet goes on", async () => {
    const { program } = await load<{ program(): unknown[] }>(
      `export function program() {
        const root = getCurrent();
        const greenlet = new Greenlet(() => {
          const log = [];
          try { atomic(() => root.switch("lost")); } catch (error) { log.push(error.code); }
          log.push(atomic(() => "value"), root.switch("kept"));
          return log;
        });
        return [greenlet.switch(), greenlet.switch("resumed")];
      }`,
      mode,
    );
    expect(program()).toEqual(["kept", ["atomic", "value", "resumed"]]);
  });
});

describe.each([
  { exitPasses: true, log: ["finally"] },
  { exitPasses: false, log: ["caught GreenletExit", "finally"] },
])("exitPasses: $exitPasses", ({ exitPasses, log }) => {
  test("a catch clause that does not mention GreenletExit", async () => {
    const { program } = await load<{ program(): unknown[] }>(
      `export function program() {
        const log = [];
        const greenlet = new Greenlet(() => { try { getCurrent().parent.switch(); } catch (error) { log.push("caught " + error.name); } finally { log.push("finally"); } });
        greenlet.switch();
        greenlet.throw();
        return log;
      }`,
      { exitPasses },
    );
    expect(program()).toEqual(log);
  });
});

test("closing an ancestor of the current greenlet is refused", () => {
  const parent: Greenlet = new Greenlet(() => child.switch());
  const child: Greenlet = new Greenlet(() => {
    try {
      parent.close();
    } catch (error) {
      return (error as GreenletError).code;
    }
  });
  child.parent = parent;
  expect(parent.switch()).toBe("cyclic-parent");
});

test("the main greenlet can't be closed or given a run", () => {
  expect(() => getCurrent().close()).toThrow(GreenletExit);
  expect(() => (getCurrent().run = () => 1)).toThrow("Main greenlets do not have a run attribute.");
});

test("G100: an error that passes code of the host keeps going", () => {
  const greenlet = new Greenlet(() =>
    [1].forEach(() => new Greenlet(() => [2].map(() => JSON.parse("{"))).throw(new GreenletError("no-run", "mine"))),
  );
  expect(() => greenlet.switch()).toThrow(GreenletError);
  expect(getCurrent().parent).toBe(null);
});
