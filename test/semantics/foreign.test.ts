import { describe, expect, test } from "vitest";
import { getCurrent, type GreenletError } from "../../runtime/core/index.ts";
import { load } from "./load.ts";

const main = getCurrent();

/** A proxy's trap: foreign code below the switch that no build can compile. */
const PROGRAM = `
  function trap() { getCurrent().parent.switch("lost"); return []; }
  function below(log) { try { return Reflect.ownKeys(new Proxy({}, { ownKeys: trap })); } finally { log.push("cleaned up"); } }
  export function program(log) {
    const greenlet = new Greenlet(() => { try { return below(log); } catch (error) { return error; } });
    return [greenlet.switch(), greenlet.dead];
  }`;

describe.each([{ stress: false }, { stress: true }, { dev: true }])("%o", (mode) => {
  test("a switch below foreign code is an error that names place and way out; handlers run, nothing is lost", async () => {
    const { program } = await load<{ program(log: string[]): [GreenletError, boolean] }>(PROGRAM, mode);
    const log: string[] = [];
    const [error, dead] = program(log);
    expect(error.code).toBe("foreign-frame");
    expect(error.message).toMatch(
      /^A switch can't be carried out below .* is not compiled \(at program:\d+:\d+:\d+\)\. Compile it too/,
    );
    expect(log).toEqual(["cleaned up"]);
    expect(dead).toBe(true);
    expect(getCurrent()).toBe(main);
  });
});

test("a development build names the builtin, at the switch itself", async () => {
  const { program } = await load<{ program(): GreenletError }>(
    `const trap = { ownKeys() { getCurrent().parent.switch(); return []; } };
    export function program() {
      const greenlet = new Greenlet(() => { try { return Object.keys(new Proxy({}, trap)); } catch (error) { return error; } });
      return greenlet.switch();
    }`,
    { dev: true },
  );
  const { message, stack } = program();
  expect(message).toContain("below Object.keys, which is not compiled");
  expect(stack?.split("\n").some((line) => line.includes("ownKeys"))).toBe(true);
});

test("code that catches the error goes on below the foreign frame", async () => {
  const { program } = await load<{ program(): unknown[] }>(
    `export function program() {
      const log = [];
      const trap = { ownKeys() { try { getCurrent().parent.switch(); } catch (error) { log.push(error.code); } return ["key"]; }, getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) };
      const greenlet = new Greenlet(() => Object.keys(new Proxy({}, trap)));
      log.push(greenlet.switch());
      return log;
    }`,
    { dev: true },
  );
  expect(program()).toEqual(["foreign-frame", ["key"]]);
});

test.each([{ stress: false }, { stress: true }, { dev: true }])(
  "`new` of a bound function whose target never mentions `this` is refused once it was suspended, %o",
  async (mode) => {
    const { program } = await load<{ program(): GreenletError }>(
      `function Target() { getCurrent().parent.switch(); }
      export function program() {
        const greenlet = new Greenlet(() => { try { return new (Target.bind(null))(); } catch (error) { return error; } });
        greenlet.switch();
        return greenlet.switch();
      }`,
      mode,
    );
    const error = program();
    expect([error.code, error.message.split(":")[0]]).toEqual([
      "foreign-frame",
      "`new` of a bound function was suspended whose target never mentions `this`",
    ]);
  },
);

test("a bound function is as compiled as what it is bound to: a development build lets it switch", async () => {
  const { program } = await load<{ program(): unknown[] }>(
    `function add(a, b) { return a + getCurrent().parent.switch(b); }
    export function program() {
      const greenlet = new Greenlet(() => add.bind(null, 1)(2));
      return [greenlet.switch(), greenlet.switch(40)];
    }`,
    { dev: true },
  );
  expect(program()).toEqual([2, 41]);
});

test.each([{ stress: false }, { stress: true }, { dev: true }])(
  "a switch before the first `await` of an async function is refused: its promise says so, `await using` disposes, %o",
  async (mode) => {
    const { program } = await load<{ program(log: string[]): { promise: Promise<unknown>; after: unknown } }>(
      `const wait = () => getCurrent().parent.switch("lost");
      export function program(log) {
        async function use() {
          await using file = { async [Symbol.asyncDispose]() { log.push("disposed of"); } };
          try { wait(); } finally { log.push("finally"); }
        }
        const greenlet = new Greenlet(() => ({ promise: use(), after: getCurrent().parent.switch("waits") }));
        return (greenlet.switch(), greenlet.switch("goes on"));
      }`,
      mode,
    );
    const log: string[] = [];
    const { promise, after } = program(log);
    await expect(promise).rejects.toMatchObject({ code: "foreign-frame" });
    expect([log, after]).toEqual([["finally", "disposed of"], "goes on"]);
  },
);
