import { expect, expectTypeOf, test } from "vitest";
import {
  type AnyGreenlet,
  type Context,
  type FrameView,
  getCurrent,
  Greenlet,
  GreenletExit,
  setTrace,
  type Tracer,
} from "../../runtime/core/index.ts";

test("what a greenlet is sent and returns follows from its body", () => {
  const greenlet = new Greenlet((count: number, name: string) => name.repeat(count));
  expectTypeOf(greenlet).toEqualTypeOf<Greenlet<[count: number, name: string], unknown, string>>();
  expectTypeOf(greenlet.switch).parameters.toEqualTypeOf<[] | [count: number, name: string]>();
  // @ts-expect-error a string is no count
  expect(() => greenlet.switch("two", "a")).not.toThrow();
  expectTypeOf(greenlet.switch()).toBeUnknown();
});

test("what others get from it can be said: yielded values, or the result", () => {
  const greenlet = new Greenlet<[number], "yielded", boolean>((value) => value > 1);
  const result = greenlet.switch(2);
  expectTypeOf(result).toEqualTypeOf<boolean | "yielded">();
  expect(result).toBe(true);
});

test("any greenlet is an AnyGreenlet, and so a parent", () => {
  const typed = new Greenlet<[number], string, boolean>(() => true);
  expectTypeOf(typed).toExtend<AnyGreenlet>();
  expectTypeOf<Greenlet>().toEqualTypeOf<AnyGreenlet>();
  expectTypeOf(getCurrent()).toEqualTypeOf<AnyGreenlet>();
  expectTypeOf(typed.parent).toEqualTypeOf<AnyGreenlet | null>();
  expect(new Greenlet(() => 1, typed).parent).toBe(typed);
});

test("throw takes a class with its arguments, or any value", () => {
  class Coded extends Error {
    constructor(code: number, hint = "") {
      super(`code ${code}${hint}`);
    }
  }
  const make = () => new Greenlet<[], never, number>(() => 1);
  expectTypeOf(make().throw(GreenletExit)).toEqualTypeOf<number>();
  expect(() => make().throw(Coded, 7)).toThrow("code 7");
  // @ts-expect-error its constructor takes a number
  expect(() => make().throw(Coded, "seven")).toThrow("code seven");
  expect(() => make().throw("anything")).toThrow("anything");
});

test("the rest of the API says what goes in and out", () => {
  expectTypeOf(getCurrent().state).toEqualTypeOf<"pending" | "current" | "suspended" | "dead">();
  expectTypeOf(getCurrent().frames()).toEqualTypeOf<FrameView[]>();
  expectTypeOf(getCurrent().context).toEqualTypeOf<Context | undefined>();
  expectTypeOf(getCurrent().close).toEqualTypeOf<() => void>();
  expectTypeOf(getCurrent()).toExtend<Disposable>();
  expectTypeOf(setTrace).parameters.toEqualTypeOf<[Tracer | null]>();
  // @ts-expect-error the body takes something else than it is sent
  new Greenlet<[string]>((value: number) => value);
});
