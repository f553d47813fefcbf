import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { compile } from "../../plugin/compile.ts";
import { load } from "../semantics/load.ts";
import { writeConsumer } from "../smoke/consumers.ts";

// Packages are published compiled for production, where functions do not mark the calls they make. A program compiled for development must
// be able to switch in what such a package calls; a foreign frame is an error all the same.

const PACKAGE = `
  export function each(list, visit) { for (const item of list) visit(item); return "done"; }
  export const handOn = (visit) => visit("handed on");
  export class Task { constructor(body) { this.body = body; } run() { try { return this.body("task"); } finally { this.body = null; } } }
  export function across(foreign, visit) { return [foreign([1], visit)]; }`;

const PROGRAM = `
  const pause = (value) => getCurrent().parent.switch(value);
  const drive = (body) => {
    const greenlet = new Greenlet(body);
    const seen = [];
    for (let value = greenlet.switch(); !greenlet.dead; value = greenlet.switch(seen.length)) seen.push(value);
    return seen;
  };
  const refused = (body) => {
    const events = [];
    const value = drive(() => {
      try { body((value) => { try { return pause(value); } catch (error) { events.push(error.code + " at the switch"); throw error; } finally { events.push("finally"); } }); }
      catch (error) { events.push(error.code); }
    });
    return [value, events];
  };
  export function called({ each, handOn, Task }) {
    return [drive(() => each([1, 2], (item) => pause(item))), drive(() => handOn(pause)), drive(() => new Task(pause).run()),
      drive(() => each([1, 2], (item) => [item].map((item) => [pause(item)]))),
      drive(() => each([1], () => { const inner = (depth) => depth === 0 ? pause("deep") : [inner(depth - 1)]; inner(3); pause("again"); }))];
  }
  export function below({ each, across }, foreign) {
    return [
      refused((visit) => across(foreign, visit)),
      refused((visit) => foreign([1], () => each([1], visit))),
      refused((visit) => each([1], () => String({ toString: () => visit("in an operator") }))),
    ];
  }`;

interface Program {
  called(library: object): unknown[];
  below(library: object, foreign: (list: unknown[], visit: (item: unknown) => unknown) => unknown): unknown[];
}

let library: object;
let program: Program;

/** Neither the package nor this may be compiled. */
const foreign = (list: unknown[], visit: (item: unknown) => unknown) => list.map((item) => [visit(item)]);

beforeAll(async () => {
  library = await load<object>(PACKAGE);
  program = await load<Program>(PROGRAM, { dev: true });
});

const CALLED = [[1, 2], ["handed on"], ["task"], [1, 2], ["deep", "again"]];

test("a function of a development build switches where a package calls it", () => {
  expect(program.called(library)).toEqual(CALLED);
});

test("below a foreign frame it is refused, whoever is between", () => {
  const isRefused = [[], ["foreign-frame at the switch", "finally", "foreign-frame"]];
  expect(program.below(library, foreign)).toEqual([isRefused, isRefused, isRefused]);
});

test("spawn of greenlets/green, as it is built, runs what switches", () => {
  const source = `import { getCurrent, Greenlet } from "greenlets"; import { run, spawn, sleep } from "greenlets/green";
    function both(a) { const child = new Greenlet((x) => { getCurrent().parent.switch(x); return 2; }); return [child.switch(a), child.switch()]; }
    const green = await run(() => { const first = spawn(both, { args: [4] }); const second = spawn(() => { sleep(1); return both(5); }); return [first.get(), second.get()]; });
    console.log(JSON.stringify(green));`;
  const { code } = compile(source, { filename: "spawning.ts", module: "esm", sourceMaps: false, dev: true });
  const path = writeConsumer("spawning.mjs", code);
  expect(execFileSync(process.execPath, [path], { encoding: "utf8" })).toBe("[[4,2],[5,2]]\n");
});

test("in one bundle, too", () => {
  const modules = {
    "bundled-package.mjs": compiled(PACKAGE, false),
    "bundled-foreign.mjs": "export const foreign = (list, visit) => list.map((item) => [visit(item)]);",
    "bundled-program.mjs": compiled(
      `import { getCurrent, Greenlet } from "greenlets"; ${PROGRAM.replaceAll("export ", "")}
       import * as library from "./bundled-package.mjs"; import { foreign } from "./bundled-foreign.mjs";
       console.log(JSON.stringify([called(library), below(library, foreign)]));`,
      true,
    ),
  };
  const [, , entry] = Object.entries(modules).map(([name, text]) => writeConsumer(name, text));
  const outfile = join(entry!, "../bundled.mjs");
  buildSync({ entryPoints: [entry!], bundle: true, format: "esm", platform: "node", outfile });
  const [seen, errors] = JSON.parse(execFileSync(process.execPath, [outfile], { encoding: "utf8" })) as unknown[][];
  expect(seen).toEqual(CALLED);
  expect(errors!.map((found) => (found as [unknown, string[]])[1].at(-1))).toEqual(Array(3).fill("foreign-frame"));
});

function compiled(source: string, dev: boolean): string {
  return compile(source, { filename: "bundled.js", module: "esm", sourceMaps: false, dev }).code;
}
