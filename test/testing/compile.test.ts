// What greenlets-plugin/testing says of a program: functions, suspension points, what they keep, where the map leads.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile, serialize, serializer } from "../../plugin/testing/index.ts";
import { toMapTo, toStayPlain, toSwitchAt } from "../../plugin/testing/matchers.ts";
import { root } from "../command.ts";

const source = `import { getCurrent } from "greenlets";

function pause(word: string): unknown {
  return getCurrent().parent!.switch(word);
}

function both(left: string, right: string): string {
  const first = pause(left);
  const second = pause(right);
  return \`\${first}\${second}\`;
}

const add = (a: number, b: number): number => a + b;
export { both, add };
`;
const result = compile(source, { filename: "src/both.ts" });

describe("compile", () => {
  test("lists functions, their suspension points, and what they keep", () => {
    expect(result.functions).toEqual([
      {
        name: "pause",
        line: 3,
        column: 1,
        points: [{ text: "getCurrent().parent!.switch(word)", line: 4, column: 10, live: [], tail: true }],
      },
      {
        name: "both",
        line: 7,
        column: 1,
        points: [
          { text: "pause(left)", line: 8, column: 17, live: ["right"], tail: false },
          { text: "pause(right)", line: 9, column: 18, live: ["first"], tail: false },
        ],
      },
    ]);
    expect(result.plain).toEqual(["add"]);
    expect(result.diagnostics).toEqual([]);
  });

  test("has a text form without positions: a line more above changes nothing", () => {
    const text = String(result);
    expect(text.split("\n\n").slice(0, 2)).toEqual([
      "pause may switch\n  getCurrent().parent!.switch(word)  (tail call)",
      "both may switch\n  pause(left)  keeps right\n  pause(right)  keeps first",
    ]);
    expect(text).toContain(result.code.trimEnd());
    const moved = source.replace("function pause", "type Unused = 1;\n\nfunction pause");
    expect(String(compile(moved, { filename: "src/both.ts" }))).toBe(text);
    expect(serializer.test(result)).toBe(true);
    expect(serializer.test({ ...result })).toBe(false);
    expect(serializer.serialize(result)).toBe(serialize(result));
  });

  test("makes a diagnostic of what the compiler refuses, the same on every machine", () => {
    const { code, diagnostics } = compile(`function f(g) {\n  g();\n  eval("1");\n}\n`, { filename: "/home/me/f.js" });
    expect(code).toBe("");
    expect(diagnostics).toMatchObject([{ code: "greenlets/direct-eval" }]);
    expect(diagnostics[0]!.message).toMatch(/^f\.js: A function that may switch can't contain a direct eval/);
    expect(compile("let a = ;").diagnostics).toMatchObject([{ code: "BABEL_PARSE_ERROR" }]);
    expect(() => compile("1", { stres: true } as never)).toThrow("Did you mean");
  });

  test("finds the same functions in every fixture file that the compiler changes", () => {
    const tree = readFileSync(join(root, "fixtures/calls/tree-walk/input.ts"), "utf8");
    const { functions, code } = compile(tree);
    expect(
      functions
        .filter(({ points }) => points.some(({ tail }) => !tail))
        .map(({ name }) => name)
        .filter((name) => !code.includes(`${name}$resume`)),
    ).toEqual([]);
  });
});

describe("matchers", () => {
  test.each([
    ["add", true],
    ["both", false],
    ["pause", false],
    ["nobody", false],
    [undefined, false],
  ])("toStayPlain(%s): %s", (name, pass) => {
    expect(toStayPlain(result, name).pass).toBe(pass);
  });

  test("toStayPlain says what there is instead", () => {
    expect(toStayPlain(result, "nobody").message()).toBe(
      "src/both.ts has no function nobody. It has: pause, both, add",
    );
    expect(toStayPlain(result, "both").message()).toBe(
      "Expected that both stays plain.\n  both: src/both.ts:8:17  pause(left)\n  both: src/both.ts:9:18  pause(right)",
    );
    expect(toStayPlain(compile("export const a = () => 1;")).pass).toBe(true);
  });

  test.each([
    ["both.ts:8", true],
    ["src/both.ts:8:17", true],
    ["8:17", true],
    ["both.ts:4", true],
    ["both.ts:8:18", false],
    ["both.ts:10", false],
    ["other.ts:8", false],
  ])("toSwitchAt(%s): %s", (place, pass) => {
    expect(toSwitchAt(result, place).pass).toBe(pass);
  });

  test("toSwitchAt refuses what is no place", () => {
    expect(() => toSwitchAt(result, "both")).toThrow(TypeError);
    expect(() => toSwitchAt({}, "8")).toThrow("what compile() of greenlets-plugin/testing returns");
  });

  test("toMapTo asks for every occurrence", () => {
    expect(toMapTo(result, [["pause(right)", "9:18"]]).pass).toBe(true);
    expect(toMapTo(result, [["pause(right)", "9:1"]]).message()).toContain(`"pause(right)" maps to 9:18, not to 9:1`);
    expect(toMapTo(result, [["nowhere()", "1:1"]]).pass).toBe(false);
  });
});

describe("a file that was compiled already", () => {
  const source = "export class A { constructor() { this.a = pause(); this.b = pause(); } }";
  test.each([{}, { stress: true }, { dev: true }])("is left alone: %o", (again) => {
    const { code } = compile(source, { filename: "a.js", module: "esm" });
    expect(code).toContain("abi(1)");
    expect(compile(code, { filename: "a.js", module: "esm", ...again }).code).toBe(code);
  });
  test("also as CommonJS", () => {
    const { code } = compile(source.replace("export ", ""), { filename: "a.cjs", module: "commonjs" });
    expect(code).toContain('require("greenlets/internal").abi(1)');
    expect(compile(code, { filename: "a.cjs", module: "commonjs" }).code).toBe(code);
  });
  test("a file that only imports the runtime's ABI is not one", () => {
    const text = `import { abi } from "greenlets/internal"; export const a = () => [pause(), abi];`;
    expect(compile(text, { filename: "a.js", module: "esm" }).code).not.toBe(text);
  });
});

test("a variable that is declared with ! and assigned by a closure loses the ! with its type", () => {
  const source =
    "export function f(): number { let n!: number; const set = (): void => { n = pause(); }; set(); return n; }";
  const { code } = compile(source, { filename: "a.ts", module: "esm" });
  expect(code).toContain("value: undefined");
  expect(code).not.toContain("n!");
});
