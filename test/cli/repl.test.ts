// `greenlets repl`, fed with lines as a script would; and what it makes of an input before it runs.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readInput } from "../../plugin/cli/repl/input.ts";
import { greenlets, root } from "../command.ts";
import { folderWith } from "./program.ts";

/** What the prompt shows for these lines, without stacks: one entry an input. */
function typed(lines: readonly string[], cwd = root): string[] {
  const { stdout, status } = spawnSync(process.execPath, [join(root, "node_modules/.bin/greenlets"), "repl"], {
    cwd,
    encoding: "utf8",
    input: lines.map((line) => `${line}\n`).join(""),
    env: { ...process.env, NO_COLOR: "1", NODE_OPTIONS: "" },
  });
  expect(status).toBe(0);
  const shown = stdout.replaceAll(/\n {4}at (?!walk\b|loop\b|total\b).*/g, "").split(/^> /m);
  return shown.slice(1, -1).map((text) => text.replace(/^(?:\.\.\. |\| )+/, "").trimEnd());
}

describe("greenlets repl", () => {
  test("statements of the top level switch; a greenlet goes on in later inputs; commands show what is suspended", () => {
    expect(
      typed([
        "const walk = (n: number): void => { for (let i = 0; i < n; i++) getCurrent().parent!.switch(i); }",
        "const g = new Greenlet(walk)",
        "g.switch(3)",
        "g.switch()",
        ".greenlets",
        ".stack 3",
        ".stack 99",
        "g.switch()",
        "g.switch()",
        ".greenlets",
      ]),
    ).toEqual([
      "undefined",
      "undefined",
      "0",
      "1",
      "3  <Greenlet suspended active started>  in walk",
      "<Greenlet suspended active started>\n    at walk",
      "There is no greenlet 99. .greenlets lists them.",
      "2",
      "undefined",
      "No greenlets.",
    ]);
  });

  test("waits, in callbacks too, and for promises; inputs run one after the other", () => {
    expect(
      typed([
        "[1, 2].map((n) => { sleep(2); return n * 2; })",
        "const task = spawn(() => { sleep(5); return 'done'; })",
        "task.get()",
        "await Promise.resolve(7)",
        "const value = await (Promise.resolve({ a: 1 }));",
        "value.a",
      ]),
    ).toEqual(["[ 2, 4 ]", "undefined", "'done'", "7", "undefined", "1"]);
  });

  test("what an input declares is there in the next one, and may be declared again", () => {
    expect(
      typed([
        "let a = 1, b: number",
        "const { c, d: [e] } = { c: a + 1, d: [3] }; [a, b, c, e]",
        "const a = 5",
        "function twice(x: number) {",
        "  return x * 2;",
        "}",
        "class Box { v = twice(a) }",
        "new Box().v",
        "if (true) { var inner = 9 } for (var i = 0; i < 3; i++);",
        "[inner, i]",
        "enum Colour { Red = 3 }",
        "Colour.Red",
        "{ a: 1 }",
      ]),
    ).toEqual([
      "undefined",
      "[ 1, undefined, 2, 3 ]",
      "undefined",
      "undefined",
      "undefined",
      "10",
      "undefined",
      "[ 9, 3 ]",
      "undefined",
      "3",
      "{ a: 1 }",
    ]);
  });

  test("imports: Node's modules, ours, and files beside it, compiled as they load", () => {
    const { path } = folderWith({
      "walk.ts": `import { getCurrent } from "greenlets";\nexport const walk = (word: string): void => { getCurrent().parent!.switch(word); };\n`,
    });
    expect(
      typed(
        [
          `import { basename as name, join } from "node:path"`,
          `name(join("a", "b"))`,
          `import path, * as all from "node:path"`,
          `path.sep === all.sep`,
          `import type { Tracer } from "greenlets"`,
          `import { Event as Signal } from "greenlets/green"`,
          `const signal = new Signal(); signal.set(); signal.wait()`,
          `import { walk } from "./walk.ts"`,
          `new Greenlet(walk).switch("from a file")`,
        ],
        path,
      ),
    ).toEqual([
      "undefined",
      "'b'",
      "undefined",
      "true",
      "undefined",
      "undefined",
      "true",
      "undefined",
      "'from a file'",
    ]);
  });

  test("bad input gets its error and loses nothing", () => {
    expect(
      typed([
        "let kept = 1",
        "let s = ;",
        "(() => { throw new TypeError('no'); })()",
        "missing + 1",
        `import nothing from "./nothing.ts"`,
        "function f(g) { g(); eval('1'); }",
        "kept",
      ]),
    ).toEqual([
      "undefined",
      "Uncaught SyntaxError: Unexpected token (1:8)",
      "Uncaught TypeError: no",
      "Uncaught ReferenceError: missing is not defined",
      expect.stringMatching(/^Uncaught Error: Cannot find module '\.\/nothing\.ts'/),
      expect.stringMatching(/^Uncaught:\nSyntaxError: A function that may switch can't contain a direct eval/),
      "1",
    ]);
  });

  test("takes no arguments", () => {
    expect(greenlets(["repl", "main.ts"])).toEqual({
      stdout: "",
      stderr: "greenlets: repl takes no arguments; `greenlets run main.ts` runs a file\n",
      code: 2,
    });
  });
});

describe("an input", () => {
  test.each(["function f() {", "[1,", "`a", "/* a", "if (a)", "a ="])("is not complete: %s", (text) => {
    expect(readInput(`${text}\n`)).toBe(null);
  });

  test.each(["let a = ;", "a b", "}", `"a`])("can't be mended by a further line: %s", (text) => {
    expect(() => readInput(`${text}\n`)).toThrow(SyntaxError);
  });

  test("keeps its lines", () => {
    expect(readInput("let a = 1;\n\na + 1;\n")).toBe(
      "exports.input = function () { void (a = 1);\n\nreturn (a + 1);\n\n};\n",
    );
  });
});
