import { describe, expect, test } from "vitest";
import { load, MODES } from "./load.ts";

// Nothing of the runtime is imported here: the test runner puts calls between its modules, which would overflow as well.

describe.each(MODES)("stress: $stress", (mode) => {
  test("a switch next to the end of the host's stack is carried out or is a RangeError, and never anything else", async () => {
    const { attempt, isIntact } = await load<{ attempt(depth: number): string; isIntact(): boolean }>(
      `const root = getCurrent();
      function nest(depth) { return depth === 0 ? root.switch("bottom") : 1 + nest(depth - 1); }
      export function attempt(depth) {
        const greenlet = new Greenlet(nest);
        try {
          if (greenlet.switch(depth) !== "bottom") return "wrong value";
          return greenlet.switch(0) === depth ? "carried out" : "wrong depth";
        } catch (error) {
          return error instanceof RangeError ? "RangeError" : String(error);
        }
      }
      export const isIntact = () => getCurrent() === root && new Greenlet(nest).switch(5) === "bottom";`,
      mode,
    );
    expect(outcomesAtTheEdge(attempt)).toEqual(["RangeError", "carried out"]);
    expect(isIntact()).toBe(true);
  });

  test("handlers run when the stack overflows, and the greenlet goes on", async () => {
    const { program } = await load<{ program(): unknown[] }>(
      `const forever = (depth) => 1 + forever(depth + 1);
      export function program() {
        const log = [];
        const greenlet = new Greenlet(() => {
          try { forever(0); } catch (error) { log.push(error instanceof RangeError, getCurrent().parent.switch("caught")); } finally { log.push("finally"); }
          return log;
        });
        return [greenlet.switch(), greenlet.switch("resumed")];
      }`,
      mode,
    );
    expect(program()).toEqual(["caught", [true, "resumed", "finally"]]);
  });
});

test("a switch from the end of the host's stack on main is a RangeError or is carried out", async () => {
  const { attempt, isIntact } = await load<{ attempt(depth: number): string; isIntact(): boolean }>(
    `const root = getCurrent();
    function descend(depth) { return depth > 0 ? descend(depth - 1) + "" : new Greenlet(() => root.switch("carried out")).switch(); }
    export function attempt(depth) {
      try {
        return descend(depth);
      } catch (error) {
        return getCurrent() === root && error instanceof RangeError ? "RangeError" : String(error);
      }
    }
    export const isIntact = () => getCurrent() === root && new Greenlet(() => root.switch(1) + root.switch(2)).switch() === 1;`,
  );
  expect(outcomesAtTheEdge(attempt)).toEqual(["RangeError", "carried out"]);
  expect(isIntact()).toBe(true);
});

/** What happens around the depth at which `attempt` stops being carried out. */
function outcomesAtTheEdge(attempt: (depth: number) => string): string[] {
  const outcomes = new Set<string>();
  // The edge moves when the engine optimises what is called, so it is looked for again.
  for (let round = 0; round < 4; round++) {
    let [low, high] = [100, 100_000];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      const outcome = attempt(middle);
      outcomes.add(outcome);
      if (outcome === "carried out") low = middle;
      else high = middle;
    }
    for (let depth = low - 10; depth < low + 40; depth++) outcomes.add(attempt(depth));
  }
  return [...outcomes].toSorted();
}
