import { expect, test } from "vitest";
import { getCurrent, Greenlet, GreenletError, GreenletExit } from "../../runtime/core/index.ts";
import { $ } from "../../runtime/core/internal.ts";
import type { Frame } from "../../runtime/core/frame.ts";

// Hand-compiled programs: the protocol between compiled code and the runtime, without the compiler.

const $state = $.state;
const main = getCurrent();

/** `return main.switch(value)`: a tail call, so it needs no frame. */
const yieldToMain = (value?: unknown) => main.switch(value);

test("G99: a switch parks the body, and the next one resumes it", () => {
  const log: unknown[] = [];
  const resume = (_frame: Frame, value: unknown) => {
    log.push(value);
    return "returned";
  };
  const greenlet = new Greenlet((value: unknown) => {
    log.push(value);
    const result = main.switch("yielded");
    if ($state[0] !== 0) return $.save(result, resume, 1);
    return result;
  });
  expect(greenlet.switch("sent")).toBe("yielded");
  expect(greenlet.state).toBe("suspended");
  expect(greenlet.switch("again")).toBe("returned");
  expect(log).toEqual(["sent", "again"]);
  expect(greenlet.dead).toBe(true);
});

test("values: none is undefined, one is itself, several are an array", () => {
  const received = (...values: unknown[]) => {
    const greenlet = new Greenlet<unknown[]>(yieldToMain);
    greenlet.switch();
    return greenlet.switch(...values);
  };
  expect(received()).toBe(undefined);
  expect(received(null)).toBe(null);
  expect(received([1])).toEqual([1]);
  expect(received(1, 2)).toEqual([1, 2]);
});

test("an error skips frames outside of a try and is handed to the first one inside", () => {
  const log: unknown[] = [];
  const inner = (): unknown => {
    const result = main.switch();
    return $state[0] !== 0 ? $.save(result, () => log.push("inner resumed"), 1) : result;
  };
  const outer = () => {
    const result = inner();
    return $state[0] !== 0 ? $.save(result, outer$resume, -1, "local") : result;
  };
  const outer$resume = (frame: Frame, value: unknown) => {
    try {
      if (value === $.thrown) throw $.error();
      return value;
    } catch (error) {
      log.push(frame.a, ($.caught(error) as Error).message);
      return "handled";
    }
  };
  const greenlet = new Greenlet(outer);
  greenlet.switch();
  expect(greenlet.throw(new Error("thrown in"))).toBe("handled");
  expect(log).toEqual(["local", "thrown in"]);
});

test("a GreenletExit passes $.caught, and $.caughtExit hands it out", () => {
  const exit = new GreenletExit();
  expect(() => $.caught(exit)).toThrow(exit);
  expect($.caughtExit(exit)).toBe(exit);
});

test("a foreign frame that swallows S: the switch is cancelled, handlers below it run, nobody gets a wrong value", () => {
  const log: unknown[] = [];
  const callback = (): unknown => {
    const result = main.switch("lost");
    return $state[0] !== 0 ? $.save(result, callback$resume, -1) : result;
  };
  const callback$resume = (_frame: Frame, value: unknown) => {
    try {
      if (value === $.thrown) throw $.error();
    } finally {
      log.push("finally");
    }
  };
  const greenlet = new Greenlet(() => {
    const result = [1, 2, 3].map(callback);
    return $state[0] !== 0 ? $.save(result, () => "wrong", 1) : result;
  });
  let error: unknown;
  try {
    greenlet.switch();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(GreenletError);
  expect((error as GreenletError).code).toBe("foreign-frame");
  expect(log).toEqual(["finally"]);
  expect(greenlet.dead).toBe(true);
  expect($state[0]).toBe(0);
  expect(getCurrent()).toBe(main);
});

test("an exception that leaves a foreign frame during a switch becomes the foreign-frame error", () => {
  const greenlet = new Greenlet(() => [2, 1].sort(() => main.switch() as number));
  expect(() => greenlet.switch()).toThrow(GreenletError);
  expect($state[0]).toBe(0);
});

test("a body that returns something else while a switch is pending was not compiled", () => {
  const greenlet = new Greenlet(() => {
    main.switch();
    return "went on";
  });
  expect(() => greenlet.switch()).toThrow(/not compiled/);
});

test("ten thousand greenlets, each the parent of the next: the result travels to the first", () => {
  let parent: Greenlet = getCurrent();
  for (let index = 0; index < 10_000; index++) parent = new Greenlet((value: unknown) => (value as number) + 1, parent);
  expect(parent.switch(0)).toBe(10_000);
});

test("five thousand nested frames are parked and resumed", () => {
  const nest = (depth: number): unknown => {
    if (depth === 0) return main.switch("bottom");
    const result = nest(depth - 1);
    return $state[0] !== 0 ? $.save(result, (_frame, value) => (value as number) + 1, 1) : (result as number) + 1;
  };
  const greenlet = new Greenlet(nest);
  expect(greenlet.switch(5000)).toBe("bottom");
  expect(greenlet.switch(0)).toBe(5000);
});

test("a stack overflow in a greenlet is an ordinary RangeError, and the runtime goes on", () => {
  const forever = (depth: number): number => forever(depth + 1) + 1;
  expect(() => new Greenlet(forever).switch(0)).toThrow(RangeError);
  expect(getCurrent()).toBe(main);
  expect(new Greenlet(() => "fine").switch()).toBe("fine");
});

test("a constructor that was suspended returns the object under construction", () => {
  class Point {
    x = 1;
  }
  const point = new Point();
  const greenlet = new Greenlet(() =>
    $.constructing(
      Point,
      point,
      $.save(main.switch(), () => 5, 1),
    ),
  );
  greenlet.switch();
  expect(greenlet.switch()).toBe(point);
});

test("a parked frame gets its resume body afterwards", () => {
  const greenlet = new Greenlet<unknown[]>((name) => {
    const result = main.switch();
    if ($state[0] === 0) return result;
    $.save(result, null, 1, 2);
    return $.resumeBy((frame, value) => [name, frame.a, value]);
  });
  greenlet.switch("closure");
  expect(greenlet.switch(3)).toEqual(["closure", 2, 3]);
});

test("a module compiled for another ABI is refused in one sentence", () => {
  expect(() => $.abi(99)).toThrow(/ABI 99.*ABI 1/);
});
