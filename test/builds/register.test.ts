// `node --import greenlets-plugin/register`: the built packages, in processes of their own.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, switching } from "../cli/program.ts";
import { root, runNode, type Outcome } from "../command.ts";

const register = join(root, "plugin/dist/register.js");
const printed = { stdout: "first\nsecond\nthird!\n", stderr: "", code: 0 };

function run(cwd: string, ...args: string[]): Outcome {
  return runNode(["--import", register, ...args], { cwd });
}

describe("node --import greenlets-plugin/register", () => {
  test.each(["main.ts", "main.mts"])("compiles the main module: %s", (name) => {
    const { path } = folderWith({ [name]: switching });
    expect(run(path, name)).toEqual(printed);
  });

  test("compiles ES module → CommonJS → ES module, one stack through all of them", () => {
    const { path } = folderWith({
      "main.mts": `import { Greenlet } from "greenlets";\nimport { relay } from "./relay.cts";
const g = new Greenlet(() => relay("a") + relay("b"));\nconsole.log(g.switch(), g.switch("1"), g.switch("2"));\n`,
      "relay.cts": `const { pause } = require("./pause.mjs");
exports.relay = (word: string): string => { const answer: string = pause(word); return word + answer; };\n`,
      "pause.mjs": `import { getCurrent } from "greenlets";\nexport function pause(x) { const y = getCurrent().parent.switch(x); return y; }\n`,
    });
    expect(run(path, "main.mts")).toEqual({ stdout: "a b a1b2\n", stderr: "", code: 0 });
  });

  test("compiles what is more than types: enums, parameter properties, import in .cts", () => {
    const { path } = folderWith({
      "package.json": `{ "type": "module" }`,
      "main.cts": `import talk = require("./talk.ts");\nimport { join } from "node:path";\nconsole.log(talk.talk(join("a", "b")));\n`,
      "talk.ts": `import { Greenlet, getCurrent } from "greenlets";
enum Mood { Calm = "calm" }
class Speaker {
  constructor(private readonly word: string) {}
  say(): string { return this.word + getCurrent().parent!.switch("?") + Mood.Calm; }
}
export function talk(word: string): string {
  const greenlet = new Greenlet<[string?]>(() => new Speaker(word).say());
  return greenlet.switch() + String(greenlet.switch("!"));
}
`,
    });
    expect(run(path, "main.cts")).toEqual({ stdout: "?a/b!calm\n", stderr: "", code: 0 });
  });

  test("leaves a plain file to Node, as it is", () => {
    const { path } = folderWith({
      "main.mjs": `import { add } from "./add.mjs";\nconsole.log(String(add));\n`,
      "add.mjs": `export   function add( a,b ){return a+b}\n`,
    });
    expect(run(path, "main.mjs").stdout).toBe("function add( a,b ){return a+b}\n");
  });

  test("compiles in worker threads as well", () => {
    const { path } = folderWith({
      "main.mjs": `import { Worker } from "node:worker_threads";\nnew Worker(new URL("./worker.ts", import.meta.url));\n`,
      "worker.ts": switching,
    });
    expect(run(path, "main.mjs")).toEqual(printed);
  });

  test("serves node --test, and a failing line is the line of the source", () => {
    const { path } = folderWith({
      "a.test.mts": `import { Greenlet, getCurrent } from "greenlets";
import { test } from "node:test";
type Unused = 1;
function inner(): void {
  getCurrent().parent!.switch();
  throw new Error("in the middle");
}
test("switches", () => {
  const g = new Greenlet(inner);
  g.switch();
  g.switch();
});
`,
    });
    const { stdout, code } = run(path, "--test", "--test-reporter=tap", "a.test.mts");
    expect(code).toBe(1);
    expect(stdout).toContain("in the middle");
    expect(stdout).toMatch(/a\.test\.mts:6:9/);
  });

  test("shows the frame of what can't be compiled", () => {
    const { path } = folderWith({ "main.ts": `const f = () => {\n  let a = ;\n};\n` });
    const { stderr, code } = run(path, "main.ts");
    expect(code).toBe(1);
    expect(stderr).toContain("> 2 |   let a = ;");
  });
});
