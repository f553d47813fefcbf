// The types as a program sees them that installed the package: its build, in a strict project, with nothing left unchecked.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root, runNode } from "../command.ts";

const folder = mkdtempSync(join(tmpdir(), "greenlets-consumer-"));
afterAll(() => rmSync(folder, { recursive: true }));

const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  module: "NodeNext",
  target: "ES2022",
  lib: ["ES2022", "ESNext.Disposable"],
  types: [],
  noEmit: true,
};

const program = `
import { atomic, Context, getCurrent, Greenlet, GreenletError, GreenletExit, host, resumable, setTrace, type AnyGreenlet, type FrameView, type Steps } from "greenlets";

// What is sent, what others get, what is returned.
const counter = new Greenlet<[start: number], string, boolean>((start) => start > 0);
const answer: string | boolean = counter.switch(1);
const nothing: string | boolean = counter.switch();
const inferred = new Greenlet((name: string, times: number) => name.repeat(times));
const any: AnyGreenlet = inferred;
const parents: (AnyGreenlet | null)[] = [counter.parent, getCurrent().parent];
const views: FrameView[] = counter.frames();
const text: string = counter.throw(RangeError, "too far") ? "yes" : "no";
class Task extends Greenlet<[number], never, string> {
  override run(value: number): string {
    return String(value);
  }
}
const result: string = new Task().switch(3);

// Functions made resumable keep their parameters, their result and their receiver.
const each = resumable(function* <T>(list: readonly T[], visit: (item: T) => unknown): Steps<number> {
  for (const item of list) yield () => visit(item);
  return list.length;
});
const count: number = each(["a"], (item: unknown) => item);
const compare: (a: string, b: string) => number = host((a: string, b: string) => a.length - b.length);
const value: number = atomic(() => 1);
setTrace((event, origin, target) => [event === "throw", origin.dead, target.state]);
const code: "foreign-frame" | (string & {}) = new GreenletError("foreign-frame", "").code;
const exit: Error = new GreenletExit();
const context: Context | undefined = counter.context;

// @ts-expect-error a string is not what the body takes
counter.switch("one");
// @ts-expect-error too many values
counter.switch(1, 2);
// @ts-expect-error its class takes a message
counter.throw(RangeError, Symbol());
// @ts-expect-error the visitor gets what is in the list
each([1], (item: string) => item);
// @ts-expect-error nobody else's business
counter.$frame;
export { answer, nothing, any, parents, views, text, result, count, compare, value, code, exit, context };
`;

test("a program that uses the whole API is checked against the build", () => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(root, "runtime"), join(folder, "node_modules/greenlets"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  writeFileSync(join(folder, "program.ts"), program);
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const { stdout, code } = runNode([compiler, "-p", folder]);
  expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
});
