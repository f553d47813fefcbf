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
    return $state[0] !== 0 ? $.save(result, resume, 1, ["a"], 7) : result;
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

describe("frames of a compiled development build", async () => {
  interface Program {
    /** The frames at each of its switches. */
    framesOf(body: string): FrameView[][];
  }
  const { framesOf } = await load<Program>(
    `const pause = () => { const value = getCurrent().parent.switch(); return value; };
     function loop(list, { depth }) {
       let sum = 0;
       for (const item of list) {
         const twice = item * 2;
         const later = () => sum;
         sum += twice;
         pause();
         sum += later() - later() + depth;
       }
       return sum;
     }
     function many(a, b, c, d) { pause(); const total = a + b; pause(); return [total, c, d]; }
     function handled(name) {
       try { pause(); throw new Error(name); } catch (error) { pause(); return error.message + name; } finally { pause(); }
     }
     const late = (list) => { pause(); let after = list.length; const read = () => after; after += 1; pause(); return read() + after; };
     const bodies = { loop: () => { const r = loop([1, 2], { depth: 1 }); return r; }, many: () => { const r = many(1, 2, 3, 4); return r; }, handled: () => { const r = handled("ada"); return r; }, late: () => { const r = late([7]); return r; } };
     export function framesOf(name) {
       const greenlet = new Greenlet(bodies[name]);
       const views = [];
       for (greenlet.switch(); !greenlet.dead; greenlet.switch()) views.push(greenlet.frames());
       return views;
     }`,
    { dev: true },
  );
  /** Of the function that is called like the body: below \`pause\`. */
  const locals = (name: string): unknown[] => framesOf(name).map((views) => views[1]?.locals);

  test("function names and places, innermost first", () => {
    const [views] = framesOf("many");
    expect(views!.map((view) => view.function)).toEqual(["pause", "many", "many"]);
    expect(views!.map((view) => [view.file, view.line])).toEqual([
      ["program.ts", 1],
      ["program.ts", 13],
      ["program.ts", 18],
    ]);
  });

  test("live variables have their names in the source, and their values; what the compiler needs is not shown", () => {
    expect(locals("loop")).toMatchObject([
      { sum: 2, depth: 1 },
      { sum: 7, depth: 1 },
    ]);
    expect(locals("loop").flatMap((view) => Object.keys(view as object))).not.toContain("items");
  });

  test("many variables, and few where there were many", () => {
    expect(locals("many")).toEqual([
      { a: 1, b: 2, c: 3, d: 4 },
      { c: 3, d: 4, total: 3 },
    ]);
  });

  test("in try, catch and finally", () => {
    const views = locals("handled");
    expect(views[0]).toEqual({ name: "ada" });
    expect(views[1]).toMatchObject({ name: "ada", error: expect.any(Error) });
    expect(views[2]).toEqual({});
  });

  test("a variable that closures share, after its declaration and before", () => {
    expect(locals("late")).toEqual([{ list: [7] }, { after: 2, read: expect.any(Function) }]);
  });
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
