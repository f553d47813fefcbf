import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { type FrameView, getCurrent, Greenlet, logicalStack } from "../../runtime/core/index.ts";
import { $ } from "../../runtime/core/internal.ts";
import { load, MODES } from "./load.ts";

const main = getCurrent();

/** A greenlet in each state it can be in, seen from main. */
function everyState(): Greenlet[] {
  const suspended = new Greenlet(() => main.switch());
  suspended.switch();
  const dead = new Greenlet(() => 1);
  dead.switch();
  return [new Greenlet(() => 1), suspended, dead, main];
}

test("G72: util.inspect prints what Python's repr says", () => {
  expect(everyState().map((greenlet) => inspect(greenlet))).toEqual([
    "<Greenlet pending>",
    "<Greenlet suspended active started>",
    "<Greenlet dead>",
    "<Greenlet current active started main>",
  ]);
  expect(JSON.stringify({ task: everyState()[1] })).toBe('{"task":"<Greenlet suspended active started>"}');
});

test("G73, G98: a greenlet can't be cloned or sent to a worker in any state, and the error says what it is", () => {
  for (const greenlet of everyState()) {
    expect(() => structuredClone(greenlet)).toThrow(/Symbol\(a (pending|started|dead) greenlet\) could not be cloned/);
    const { port1 } = new MessageChannel();
    let error: unknown;
    try {
      port1.postMessage({ greenlet });
    } catch (thrown) {
      error = thrown;
    }
    expect((error as Error).name).toBe("DataCloneError");
    port1.close();
  }
});

describe.each(MODES)("stress: $stress", (mode) => {
  test("G77: the frames of a suspended greenlet, innermost first; none when it is pending, current or dead", async () => {
    const { program } = await load<{ program(): string[][] }>(
      `const names = (greenlet) => { const out = []; for (const frame of greenlet.frames()) out.push(frame.function); return out; };
      function inner() { const value = getCurrent().parent.switch(); return [value]; }
      function outer() { const value = inner(); return [value]; }
      export function program() {
        const greenlet = new Greenlet(outer);
        const log = [names(greenlet)];
        greenlet.switch();
        log.push(names(greenlet), names(getCurrent()));
        greenlet.switch();
        log.push(names(greenlet));
        return log;
      }`,
      mode,
    );
    const [pending, suspended, current, dead] = program();
    expect([pending, current, dead]).toEqual([[], [], []]);
    expect(suspended).toEqual(["inner", "outer"]);
  });
});

test("frames of a development build know their place and their variables", () => {
  const $state = $.state;
  const resume = $.describe((frame, value) => [frame.a, value], {
    name: "report",
    file: "report.ts",
    points: { 1: [12, 4, "rows", "total"] },
  });
  const greenlet = new Greenlet(() => {
    const result = main.switch();
    return $state[0] !== 0 ? $.save2(result, resume, 1, ["a"], 7) : result;
  });
  greenlet.switch();
  const frame: FrameView = {
    function: "report",
    file: "report.ts",
    line: 12,
    column: 4,
    locals: { rows: ["a"], total: 7 },
  };
  expect(greenlet.frames()).toEqual([frame]);
});

test("the logical stack: what ran, then what waited below, then where the greenlet was created", async () => {
  const { program } = await load<{ program(): Error }>(
    `function innermost() { getCurrent().parent.switch(); throw new Error("late"); }
     function middle() { const value = innermost(); return value; }
     function outermost() { const value = middle(); return value; }
     function creator() { return new Greenlet(outermost); }
     export function program() {
       // The first call of a development build turns its extras on.
       getCurrent().switch();
       const greenlet = creator();
       greenlet.switch();
       try { greenlet.switch(); } catch (error) { return error; }
     }`,
    { dev: true },
  );
  const error = program();
  const stack = error.stack;
  const functions = logicalStack(error)
    .split("\n")
    .map((line) => /^ +(?:at (?:\w+\.)*(\w+)|created$)/.exec(line))
    .map((match) => match?.[1] ?? match?.[0].trim())
    .filter((name) => name === "created" || /most|middle|creator|program/.test(name ?? ""));
  expect(functions).toEqual(["innermost", "middle", "outermost", "created", "creator", "program"]);
  expect(error.stack).toBe(stack);
});
