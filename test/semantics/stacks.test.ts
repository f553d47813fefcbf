import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { logicalStack } from "../../runtime/core/index.ts";
import { load } from "./load.ts";

// What `error.stack` says of errors that are made after a resume. The functions of these programs have names that nobody else has.

const source = `
  function innermost(make) { const sent = getCurrent().parent.switch(); return make(sent); }
  function middle(make) { const value = innermost(make); return value; }
  function outermost(make) { const value = middle(make); return value; }
  function creator(make) { return new Greenlet(() => outermost(make)); }
  /** The error that \`make\` throws in a greenlet that was resumed. */
  export function thrown(make) {
    const greenlet = creator(make);
    greenlet.switch();
    try { return greenlet.switch("sent"); } catch (error) { return error; }
  }
  /** What \`look\` says of an error caught in the greenlet itself, or only made there. */
  export const seenInside = (make, look) => thrown((sent) => {
    try { throw make(sent); } catch (error) { return look(error); }
  });
  export const own = (message) => { throw new RangeError(message); };
  export const engine = (missing) => missing.nothing.at.all;
  export function sentIn(error) {
    let seen;
    const greenlet = new Greenlet(() => {
      try { middle((x) => x); } catch (caught) { seen = caught.stack; }
    });
    greenlet.switch();
    greenlet.throw(error);
    return seen;
  }
  export function deep(depth, make) {
    const down = (n) => { if (n === 0) return innermost(make); const value = down(n - 1); return value; };
    const greenlet = new Greenlet(() => down(depth));
    greenlet.switch();
    return greenlet.switch();
  }`;

interface Program {
  thrown(make: (sent: unknown) => unknown): Error;
  seenInside(make: (sent: unknown) => Error, look: (error: Error) => unknown): unknown;
  own(message: unknown): never;
  engine(missing: unknown): never;
  sentIn(error: Error): string;
  deep(depth: number, make: (sent: unknown) => unknown): unknown;
}

const development = await load<Program>(source, { dev: true });

/** What a program prints in a process of its own: one development module is enough to make a process a development one. */
function printed(program: string): string {
  const url = JSON.stringify(new URL("load.ts", import.meta.url).href);
  const whole = `const { load } = await import(${url}); const source = ${JSON.stringify(source)}; ${program}`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", whole], { encoding: "utf8" });
  return stdout;
}

/** The functions of a stack that are this file's, and the word that ends the greenlet's. */
function functionsOf(stack: unknown): string[] {
  const names = String(stack)
    .split("\n")
    .map((line) => /^ +(?:at (?:new )?(?:\w+\.)*(\w+) \(|(created)$)/.exec(line));
  return names
    .map((match) => match?.[1] ?? match?.[2] ?? "")
    .filter((name) => /^(own|engine|innermost|middle|outermost|created|creator|thrown)$/.test(name));
}

const whole = ["innermost", "middle", "outermost", "created", "creator", "thrown"];

test("what ran, then what waited below, then where the greenlet was created", () => {
  const error = development.thrown(development.own);
  expect(functionsOf(error.stack)).toEqual(["own", ...whole]);
  expect(error.stack).toMatch(/^RangeError: sent\n/);
  expect(logicalStack(error)).toBe(error.stack);
});

test("errors of the engine, and errors that nobody throws", () => {
  expect(functionsOf(development.thrown(development.engine).stack)).toEqual(["engine", ...whole]);
  const stackOf = (error: Error): string => error.stack!;
  expect(functionsOf(development.seenInside(() => new Error("made by code that is not compiled"), stackOf))).toEqual(
    whole,
  );
  expect(functionsOf(development.thrown(() => new Error("returned").stack))).toEqual(whole);
});

test("an error that is thrown into a greenlet shows where it was made", () => {
  const error = new Error("made outside");
  expect(functionsOf(development.sentIn(error))).toEqual([]);
  expect(error.stack).toContain("stacks.test");
});

test("of hundreds of waiting frames the innermost are shown", () => {
  const stack = development.deep(300, () => new Error("deep").stack) as string;
  expect(stack.split("\n").length).toBeLessThan(80);
  expect(stack).toMatch(/\n {4}…\n {4}created\n/);
});

test("a stack that the program sets, its cause and its properties are left alone", () => {
  const make = (): Error => Object.assign(new Error("own stack", { cause: 1 }), { stack: "set by hand" });
  const error = development.thrown(() => {
    throw make();
  });
  expect([error.stack, error.cause, Reflect.ownKeys(error)]).toEqual(["set by hand", 1, Reflect.ownKeys(make())]);
});

test("who takes stacks apart gets V8's own call sites", () => {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (_error, sites) => sites;
  try {
    const sites = development.thrown(() => new Error("sites").stack) as unknown as NodeJS.CallSite[];
    expect(sites.map((site) => site.getFunctionName())).toContain("run");
  } finally {
    Error.prepareStackTrace = before;
  }
  expect(functionsOf(development.thrown(development.own).stack)).toEqual(["own", ...whole]);
});

test("what prepared stacks before is asked for the native part", () => {
  const stack = printed(`
    Error.prepareStackTrace = (error, sites) => error.message + "\\n" + sites.map((site) => "    at " + site.getFunctionName() + " (prepared)").join("\\n");
    const { thrown, own } = await load(source, { dev: true });
    console.log(thrown(own).stack);`);
  expect(stack).toMatch(/^sent\n {4}at own \(prepared\)\n {4}at innermost \(prepared\)\n {4}at middle \(program\.ts:/);
});

test("a production build leaves stacks as the engine makes them", () => {
  const stack = printed(`
    const { logicalStack } = await import("greenlets");
    const { thrown, own } = await load(source);
    const before = Error.prepareStackTrace;
    const error = thrown(own);
    console.log(error.stack, logicalStack(error) === error.stack, Error.prepareStackTrace === before);`);
  expect(stack).toMatch(/at run \(.*\n[^]* true true\n$/);
  expect(functionsOf(stack)).toEqual(["own", "thrown"]);
});
