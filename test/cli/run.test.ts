import { existsSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { greenlets, root, runNode } from "../command.ts";
import { folderWith, switching } from "./program.ts";

const printed = { stdout: "first\nsecond\nthird!\n", stderr: "", code: 0 };

describe("greenlets run", () => {
  test.each(["main.ts", "main.mts"])("runs TypeScript: %s", (name) => {
    const { path } = folderWith({ [name]: switching });
    expect(greenlets(["run", join(path, name)])).toEqual(printed);
  });

  test("makes every suspension point suspend with --stress, and prints the same", () => {
    const { path } = folderWith({ "main.ts": switching });
    expect(greenlets(["run", "--stress", "main.ts"], { cwd: path })).toEqual(printed);
  });

  test("runs CommonJS, as the main module", () => {
    const main = `const { talk } = require("./lib");
const { Greenlet } = require("greenlets");
const g = new Greenlet(talk);
console.log(require.main === module, g.switch(1), g.switch(2));
`;
    const lib = `const { getCurrent } = require("greenlets");
exports.talk = function talk(n) { const answer = getCurrent().parent.switch(n + 1); return answer * 10; };
`;
    const { path } = folderWith({ "main.cjs": main, "lib.js": lib });
    expect(greenlets(["run", "main.cjs"], { cwd: path })).toEqual({ stdout: "true 2 20\n", stderr: "", code: 0 });
  });

  test("compiles what a program imports, in either module system, by the names of source or output", () => {
    const { path } = folderWith({
      "package.json": `{ "type": "module" }`,
      "main.ts": `import { pause } from "./pause.js";\nimport legacy from "./legacy.cjs";\nimport { Greenlet } from "greenlets";
const g = new Greenlet(() => legacy.twice(() => pause("a")));\nconsole.log(g.switch(), g.switch(1), g.switch(2));\n`,
      "pause.ts": `import { getCurrent } from "greenlets";\nexport function pause(x: string): unknown { return getCurrent().parent!.switch(x); }\n`,
      "legacy.cts": `exports.twice = (f: () => unknown): unknown[] => { const first = f(); return [first, f()]; };\n`,
    });
    expect(greenlets(["run", "main.ts"], { cwd: path })).toEqual({ stdout: "a a [ 1, 2 ]\n", stderr: "", code: 0 });
  });

  test("gives the program its own arguments, options among them", () => {
    const { path } = folderWith({ "main.mjs": `console.log(process.argv.slice(1), import.meta.main);\n` });
    const { stdout } = greenlets(["run", "main.mjs", "--stress", "-x", "--", "word"], { cwd: path });
    expect(stdout.replaceAll(/\s+/g, " ")).toBe(
      `[ '${join(path, "main.mjs")}', '--stress', '-x', '--', 'word' ] true `,
    );
  });

  test.each([
    ["process.exitCode = 7;", 7],
    ["process.exit(3);", 3],
    ["throw new Error('uncaught');", 1],
    ["await Promise.reject(new Error('rejected'));", 1],
  ])("leaves the exit code to the program: %s", (text, code) => {
    const { path } = folderWith({ "main.mjs": `${text}\n` });
    expect(greenlets(["run", "main.mjs"], { cwd: path }).code).toBe(code);
  });

  test("shows source lines in the stack of an error that crossed switches", () => {
    const { path } = folderWith({
      "main.ts": `import { Greenlet, getCurrent } from "greenlets";
type Nothing = undefined; // types move the lines of the output

function inner(): void {
  getCurrent().parent!.switch();

  throw new Error("in the middle");
}
const g = new Greenlet(inner);
g.switch();
g.switch();
`,
    });
    const { stderr, code } = greenlets(["run", "main.ts"], { cwd: path });
    expect(code).toBe(1);
    expect(stderr).toContain(`throw new Error("in the middle")`);
    expect(stderr).toMatch(/main\.ts:7:9/);
    expect(stderr).toMatch(/main\.ts:11:/);
  });

  test("reports what can't be compiled, with its place", () => {
    const { path } = folderWith({ "main.ts": `function f( {\n` });
    const { stdout, stderr, code } = greenlets(["run", "main.ts"], { cwd: path });
    expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
    expect(stderr).toMatch(/main\.ts: .*\(2:0\)/);
    expect(stderr).toContain("  1 | function f( {\n> 2 |");
  });

  test("reports what can't be compiled in an imported file, too", () => {
    const { path } = folderWith({
      "main.mjs": `console.log("starting");\nawait import("./broken.ts");\n`,
      "broken.ts": `const f = () => {\n  let a = ;\n};\n`,
    });
    const { stdout, stderr, code } = greenlets(["run", "main.mjs"], { cwd: path });
    expect({ stdout, code }).toEqual({ stdout: "starting\n", code: 1 });
    expect(stderr).toContain("> 2 |   let a = ;");
  });

  test("leaves dependencies as they are", () => {
    const { path } = folderWith({
      "main.mjs": `import { each } from "lib";\nconsole.log(each.toString().includes("$"));\n`,
      "node_modules/lib/package.json": `{ "name": "lib", "type": "module", "exports": "./index.js" }`,
      "node_modules/lib/index.js": `export function each(list, f) { for (const item of list) f(item); }\n`,
    });
    expect(greenlets(["run", "main.mjs"], { cwd: path }).stdout).toBe("false\n");
  });

  test("says so when there is no such file, or none is named", () => {
    expect(greenlets(["run", "nowhere.ts"])).toEqual({
      stdout: "",
      stderr: "greenlets: Can't read nowhere.ts: there is no such file\n",
      code: 2,
    });
    expect(greenlets(["run", "test"])).toEqual({
      stdout: "",
      stderr: "greenlets: test is a folder, not a file\n",
      code: 2,
    });
    expect(greenlets(["run"])).toMatchObject({
      stderr: "greenlets: Which file? Usage: greenlets run [--stress] FILE [ARGUMENT…]\n",
      code: 2,
    });
  });
});

/** A Node without hooks in the program's own thread, if the machine has one beside the one that runs the tests. */
const oldNode = ["/usr/bin/node", "/usr/local/bin/node"].find(
  (node) =>
    existsSync(node) &&
    spawnSync(node, ["-p", "!!require('module').registerHooks"], { encoding: "utf8" }).stdout.trim() === "false",
);

if (oldNode !== undefined) {
  const run = (args: string[], cwd: string) =>
    runNode([join(root, "node_modules/.bin/greenlets"), "run", ...args], { cwd, node: oldNode });

  describe("greenlets run, on Node 20", () => {
    test("runs TypeScript, stressed or not, and passes the exit code on", () => {
      const { path } = folderWith({ "main.ts": `${switching}process.exitCode = Number(process.argv[2]);\n` });
      expect(run(["main.ts", "4"], path)).toEqual({ ...printed, code: 4 });
      expect(run(["--stress", "main.ts", "0"], path)).toEqual(printed);
    });

    test("refuses CommonJS that may switch, and says what to do", () => {
      const { path } = folderWith({ "main.cjs": `exports.f = (g) => { g(); return 1; };\n` });
      const { stdout, stderr, code } = run(["main.cjs"], path);
      expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
      expect(stderr).toContain("main.cjs is CommonJS, and on Node 20");
      expect(stderr).toContain("Run it on Node 22.15 or later, or write the compiled files with `greenlets compile`.");
    });
  });
}
