// What stays of a file when it is compiled: everything but the functions that may switch.
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { describe, expect, test } from "vitest";
import { rewrite } from "../../plugin/rewrite.ts";

const source = `#!/usr/bin/env node
// A licence.
"use strict";
import { getCurrent } from "greenlets"
enum   Colour { Red,Green }

/** Adds. */
export   const add=(a:number,b:number):number=>a+b; // odd spacing

@decorated class Walker<T> {
    private   left:T[]=[]
	tabs = 1
    constructor(private  readonly  root:T){}
    visit(node: T,   depth = 0): void {
        const text = \`
  kept as it is\`;
        getCurrent().parent!.switch(node)
        this.left.push(node,   depth as never);
    }
    get size(){return this.left.length}
}

export function ask<T>(question: T): string { // why
  const answer: unknown = getCurrent().parent!.switch(question);
  return answer + "!";
} // the end
const after   =   [1,2 , 3]
`;

const { code, map } = rewrite(source, { filename: "a.ts", name: "a.ts" })!;

/** Where each occurrence of a text comes from. */
function origins(text: string): string[] {
  const trace = new TraceMap(map as never);
  const places: string[] = [];
  for (let at = code.indexOf(text); at >= 0; at = code.indexOf(text, at + 1)) {
    const before = code.slice(0, at).split("\n");
    const { line, column } = originalPositionFor(trace, { line: before.length, column: before.at(-1)!.length });
    places.push(`${line}:${column}`);
  }
  return places;
}

function place(text: string): string {
  const before = source.slice(0, source.indexOf(text)).split("\n");
  return `${before.length}:${before.at(-1)!.length}`;
}

describe("a spliced file", () => {
  test.each([
    `#!/usr/bin/env node\n// A licence.\n"use strict";\nimport {`,
    `import { getCurrent } from "greenlets"\nenum   Colour { Red,Green }\n\n/** Adds. */\nexport   const add=(a:number,b:number):number=>a+b; // odd spacing\n\n@decorated class Walker<T> {\n    private   left:T[]=[]\n\ttabs = 1\n    constructor(private  readonly  root:T){}\n`,
    `    get size(){return this.left.length}\n}\n`,
    `const after   =   [1,2 , 3]\n`,
  ])("keeps what nothing happened to: %j", (text) => expect(code).toContain(text));

  test("keeps the lines of a template", () => expect(code).toContain("`\n  kept as it is`"));

  test("keeps each comment once, and the one behind a function with it", () => {
    for (const comment of ["// A licence.", "/** Adds. */", "// odd spacing", "// why"])
      expect(code.split(comment)).toHaveLength(2);
    expect(code).toContain("\n} // the end\nfunction ask$resume(");
  });

  test.each([
    [`switch(node)`, 1],
    [`push(node`, 2],
    [`switch(question)`, 1],
    [`"!"`, 2],
    [`left.length`, 1],
    [`after   =`, 1],
    [`,Green`, 1],
    [`enum   Colour`, 1],
  ])("its map leads from %s to the exact column, wherever that stands", (text, times) => {
    expect(origins(text)).toEqual(new Array<string>(times).fill(place(text)));
  });

  test("names the lines of what comes from nowhere after nothing", () => {
    const at = code.slice(0, code.indexOf("= abi(1)")).split("\n");
    expect(originalPositionFor(new TraceMap(map as never), { line: at.length, column: at.at(-1)!.length }).line).toBe(
      null,
    );
  });
});

describe("statements without semicolons", () => {
  test.each([
    [`import { f } from "f"\nexport const g = () => {\n  const a = 1\n  f()\n  ;[a].at(0)\n}\nlet x = g\n;(g)()\n`],
    [`import { f } from "f"\nlet n = 0\nconst add = () => { n++; f(); return n }\n;[n] = [2]\nadd()\n`],
    [
      `import { f } from "f"\nexport default class {\n  a = 1;\n  ["b"]() { f(); return 1 }\n  *c() { f(); yield 2 }\n}\n`,
    ],
  ])("%j", (text) => {
    const { code } = rewrite(text, { filename: "a.js" })!;
    expect(() => rewrite(code.replaceAll("$", "_"), { filename: "a.js" })).not.toThrow();
  });
});

test("a file in which nothing may switch is no business of ours", () => {
  expect(rewrite(`export const f = (a: number) => Math.abs(a);\n`, { filename: "a.ts" })).toBe(null);
});

test("an error shows the file, the sentence and the place", () => {
  const refusal = (text: string): unknown => {
    try {
      return rewrite(text, { filename: "/src/a.ts" });
    } catch (error) {
      return error;
    }
  };
  expect(refusal(`let a = ;\n`)).toMatchObject({
    code: "BABEL_PARSE_ERROR",
    loc: { line: 1, column: 8 },
    message: "/src/a.ts: Unexpected token (1:8)\n\n> 1 | let a = ;\n    |         ^\n  2 |",
  });
  expect(refusal(`function f() {\n  f();\n  eval("g()");\n}\n`)).toMatchObject({
    code: "greenlets/direct-eval",
    loc: { line: 3, column: 2 },
    message: expect.stringMatching(/^\/src\/a\.ts: A function that may switch can't contain a direct eval[^]*> 3 \| /),
  });
});
