import { describe, expect, expectTypeOf, test } from "vitest";
import { type AnyGreenlet, getCurrent, Greenlet } from "../../runtime/core/index.ts";
import { load, MODES } from "./load.ts";

const main = getCurrent();

test("G20: a run that is not callable is refused when the greenlet is made", () => {
  expect(() => new Greenlet(5 as never)).toThrow(TypeError);
  expect(() => new Greenlet(5 as never)).toThrow("The body of a greenlet must be a function, not number.");
  class Bad extends Greenlet {}
  Object.assign(Bad.prototype, {});
  Object.defineProperty(Bad.prototype, "run", { value: "text" });
  expect(() => new Bad()).toThrow(TypeError);
});

test("G30, G78: run is read once, when the greenlet is made, so a getter runs no code at the start", () => {
  let reads = 0;
  class Perverse extends Greenlet {}
  Object.defineProperty(Perverse.prototype, "run", {
    get() {
      reads++;
      return () => "ran";
    },
  });
  const greenlet = new Perverse();
  expect(reads).toBe(1);
  expect(greenlet.switch()).toBe("ran");
  expect(greenlet.switch()).toBe(undefined);
  expect(reads).toBe(1);
});

test("G44: an error thrown by a getter of a subclass while it is made leaves nothing behind", () => {
  class Throws extends Greenlet {}
  Object.defineProperty(Throws.prototype, "run", {
    get() {
      throw new RangeError("from the getter");
    },
  });
  expect(() => new Throws()).toThrow("from the getter");
  expect(getCurrent()).toBe(main);
  const greenlet = new Greenlet(() => "never");
  expect(() => greenlet.throw(new RangeError("kept"))).toThrow("kept");
});

test("G75: a subclass with an abstract run can't be made, but its subclass can", () => {
  abstract class Base extends Greenlet<unknown[], never, number> {
    abstract override run(...values: unknown[]): number;
  }
  class Task extends Base {
    override run() {
      return 7;
    }
  }
  expectTypeOf<typeof Base>().not.toExtend<new () => unknown>();
  const result = new Task().switch();
  expectTypeOf(result).toEqualTypeOf<number>();
  expect(result).toBe(7);
});

test("a parent that is not a greenlet is refused when the greenlet is made", () => {
  expect(() => new Greenlet(() => 1, "42" as never)).toThrow(
    "The parent of a greenlet must be a greenlet, not string.",
  );
  expect(() => new Greenlet(() => 1, {} as never)).toThrow("not object");
});

test("a greenlet's body has the greenlet as this", () => {
  const greenlet: AnyGreenlet = new Greenlet(function (this: unknown) {
    return this;
  });
  expect(greenlet.switch()).toBe(greenlet);
});

describe.each(MODES)("stress: $stress", (mode) => {
  test("G79, G81: user code that runs while a greenlet is made can switch, and nothing is corrupted", async () => {
    const { program } = await load<{ program(): unknown[] }>(
      `export function program() {
        const log = [];
        const root = getCurrent();
        const other = new Greenlet(() => { log.push("other"); root.switch("from other"); log.push("other again"); });
        class Busy extends Greenlet {
          constructor(run) { log.push(other.switch()); super(run); }
        }
        log.push(new Busy(() => "result").switch());
        other.switch();
        return log;
      }`,
      mode,
    );
    expect(program()).toEqual(["other", "from other", "result", "other again"]);
  });

  test("G82: user code that runs while arguments are evaluated may switch; the value is the right one", async () => {
    const { program } = await load<{ program(): unknown[] }>(
      `export function program() {
        const root = getCurrent();
        const first = () => getCurrent().switch(1);
        const second = () => root.switch("paused");
        const inner = new Greenlet((...values) => values);
        const outer = new Greenlet(() => { inner.parent = getCurrent(); return inner.switch(first(), second()); });
        return [outer.switch(), outer.switch(2)];
      }`,
      mode,
    );
    expect(program()).toEqual(["paused", [1, 2]]);
  });
});
