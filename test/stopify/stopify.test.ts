import { join } from "node:path";
import { Script } from "node:vm";
import { describe, expect, test } from "vitest";
import { createRealm, type Greenlets } from "../conformance/realm.ts";
import { bundleRuntime } from "../conformance/runtime-script.ts";
import { loadCompile } from "../conformance/translate.ts";
import { cases, refused } from "./programs.ts";

const compile = await loadCompile(join(import.meta.dirname, "../../plugin/compile.ts"));
const runtime = new Script(await bundleRuntime());

type Way = "uncompiled" | "compiled" | "stress";

interface Printed {
  readonly lines: readonly string[];
  readonly switches: number;
}

/** Runs the body of a program in a realm of its own; `sw` is a plain function for the uncompiled one. */
async function run(body: string, way: Way): Promise<Printed> {
  const source = `function program() {\n${body}\n}`;
  const code =
    way === "uncompiled"
      ? source
      : compile(source, { filename: "program.js", module: "script", stress: way === "stress" }).code;
  const { global, greenlets, require } = createRealm(runtime);
  const { Greenlet, getCurrent } = greenlets as Greenlets & {
    getCurrent(): { parent: { switch(value: unknown): unknown } };
  };
  const lines: string[] = [];
  let switches = 0;
  const sw = (value: unknown): unknown => (way === "uncompiled" ? value : getCurrent().parent.switch(value));
  const load = new Script(`(function (require, sw, out) {${code}\nreturn program;\n})`);
  const program: () => unknown = load.runInContext(global)(
    require,
    sw,
    (value: unknown) => void lines.push(String(value)),
  );
  if (way === "uncompiled") program();
  else {
    const greenlet = new Greenlet(program);
    for (let value = greenlet.switch(); !greenlet.dead; value = greenlet.switch(value)) switches++;
  }
  await new Promise((resolve) => setImmediate(resolve));
  return { lines, switches };
}

describe.each(cases)("$title", ({ source, prints }) => {
  test("uncompiled", async () => {
    expect((await run(source, "uncompiled")).lines).toEqual(prints);
  });

  test.each(["compiled", "stress"] as const)("%s", async (way) => {
    const { lines, switches } = await run(source, way);
    expect(lines).toEqual(prints);
    expect(switches).toBeGreaterThan(0);
  });
});

describe("refused, not miscompiled", () => {
  test.each(refused)("$title", ({ source }) => {
    expect(() => compile(`function program() {\n${source}\n}`, { filename: "program.js", module: "script" })).toThrow(
      expect.objectContaining({ code: expect.any(String) }),
    );
  });
});
