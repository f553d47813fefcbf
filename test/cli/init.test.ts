// `greenlets init`: each kind of build, what it shows, what it writes, and what it leaves alone.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { withPlugin } from "../../plugin/cli/init/add-plugin.ts";
import { builds } from "../../plugin/cli/init/builds.ts";
import { lineDiff } from "../../plugin/cli/init/line-diff.ts";
import { greenlets, root } from "../command.ts";
import { folderWith } from "./program.ts";

const manifest = (dependencies: object): string => `${JSON.stringify({ type: "module", dependencies })}\n`;
const both = { greenlets: "0.1.0", "greenlets-plugin": "0.1.0" };
const buildNamed = (name: string): (typeof builds)[number] => builds.find((build) => build.name === name)!;

describe("a plugin goes first, and nothing else changes", () => {
  test.each<[name: string, file: string, before: string, after: string]>([
    [
      "vite",
      "vite.config.ts",
      `// Ours.\nimport react from "react";\n\nexport default defineConfig({\n  plugins: [react()],\n});\n`,
      `// Ours.\nimport greenlets from "greenlets-plugin/vite";\nimport react from "react";\n\nexport default defineConfig({\n  plugins: [greenlets(), react()],\n});\n`,
    ],
    [
      "vite",
      "vitest.config.mts",
      `export default { test: { globals: true } } satisfies object;\n`,
      `import greenlets from "greenlets-plugin/vite";\nexport default { plugins: [greenlets()], test: { globals: true } } satisfies object;\n`,
    ],
    [
      "rollup",
      "rollup.config.js",
      `export default {\n  input: "a.js",\n  plugins: [\n    one(),\n  ],\n};\n`,
      `import greenlets from "greenlets-plugin/rollup";\nexport default {\n  input: "a.js",\n  plugins: [\n    greenlets(),\n    one(),\n  ],\n};\n`,
    ],
    [
      "rolldown",
      "rolldown.config.js",
      `const options = { plugins: [] };\nexport default options;\n`,
      `import greenlets from "greenlets-plugin/rolldown";\nconst options = { plugins: [greenlets()] };\nexport default options;\n`,
    ],
    [
      "webpack",
      "webpack.config.js",
      `module.exports = (env) => ({\n  entry: "./a.js",\n});\n`,
      `const { default: greenlets } = require("greenlets-plugin/webpack");\nmodule.exports = (env) => ({\n  plugins: [greenlets()],\n  entry: "./a.js",\n});\n`,
    ],
    [
      "rspack",
      "rspack.config.mjs",
      `export default {};\n`,
      `import greenlets from "greenlets-plugin/rspack";\nexport default { plugins: [greenlets()] };\n`,
    ],
    ["babel", ".babelrc", `{ "presets": ["a"] }\n`, `{ "plugins": ["greenlets-plugin/babel"], "presets": ["a"] }\n`],
    [
      "babel",
      "babel.config.json",
      `{\n  "plugins": [\n    ["b", { "c": 1 }]\n  ]\n}\n`,
      `{\n  "plugins": [\n    "greenlets-plugin/babel",\n    ["b", { "c": 1 }]\n  ]\n}\n`,
    ],
    [
      "babel",
      "babel.config.cjs",
      `module.exports = { plugins: ["b"] };\n`,
      `module.exports = { plugins: ["greenlets-plugin/babel", "b"] };\n`,
    ],
  ])("%s: %s", (name, file, before, after) => {
    expect(withPlugin(before, file, buildNamed(name))).toBe(after);
  });

  test.each([
    ["plugins that are computed", `export default { plugins: all() };`],
    ["a name that is taken", `const greenlets = 1;\nexport default { plugins: [] };`],
    ["a function with a body", `export default () => { return { plugins: [] }; };`],
    ["no export", `console.log(1);`],
    ["a syntax error", `export default {`],
  ])("not where the place can't be told: %s", (_, text) => {
    expect(withPlugin(text, "vite.config.js", buildNamed("vite"))).toBe(null);
  });
});

describe("greenlets init", () => {
  const config = `export default { plugins: [] };\n`;

  test("shows the change, writes nothing without a terminal to ask on, writes with --yes, and finds it there then", () => {
    const { path, read } = folderWith({ "package.json": manifest(both), "vite.config.js": config });
    expect(greenlets(["init"], { cwd: path })).toEqual({
      stdout: `--- vite.config.js
- export default { plugins: [] };
+ import greenlets from "greenlets-plugin/vite";
+ export default { plugins: [greenlets()] };

Nothing was changed: greenlets init --yes does it.
`,
      stderr: "",
      code: 0,
    });
    expect(read("vite.config.js")).toBe(config);
    expect(greenlets(["init", "--yes"], { cwd: path }).code).toBe(0);
    expect(read("vite.config.js")).toContain("plugins: [greenlets()]");
    expect(greenlets(["init", "--yes"], { cwd: path }).stdout).toBe("vite.config.js has the compile step already.\n");
  });

  test.each([
    ["y", "export default { plugins: [greenlets()] };"],
    ["n", "export default { plugins: [] };"],
    ["", "export default { plugins: [] };"],
  ])("asks once on a terminal; the answer is %j", (answer, line) => {
    const { path, read } = folderWith({ "package.json": manifest(both), "vite.config.js": config });
    const command = `${process.execPath} ${join(root, "node_modules/.bin/greenlets")} init`;
    // A terminal of its own, from Debian's bsdutils.
    const { stdout, status } = spawnSync("script", ["-qec", command, "/dev/null"], {
      cwd: path,
      input: `${answer}\n`,
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout.match(/Change vite\.config\.js\? \[y\/N\]/g)).toHaveLength(1);
    expect(read("vite.config.js").split("\n")).toContain(line);
  });

  test("says which lines to add where it can't add them, what to do by hand elsewhere, and what to install", () => {
    const { path, read } = folderWith({
      "package.json": manifest({ esbuild: "1", jest: "30" }),
      "webpack.config.js": "module.exports = all();\n",
      "yarn.lock": "",
    });
    expect(greenlets(["init", "-y"], { cwd: path }).stdout).toBe(
      `webpack.config.js: add  import greenlets from "greenlets-plugin/webpack";  and  greenlets()  to its plugins, before all others

esbuild: import greenlets from "greenlets-plugin/esbuild", and plugins: [greenlets()] in your build script

Jest: "greenlets-plugin/babel" among the plugins of a babel.config.json, with "factsHash" once you use facts

To install: yarn add greenlets && yarn add -D greenlets-plugin
`,
    );
    expect(read("webpack.config.js")).toBe("module.exports = all();\n");
  });

  test("without a build: an example, which runs at once, and is never written over", () => {
    const { path, read } = folderWith({});
    const { stdout, stderr, code } = greenlets(["init", "--yes"], { cwd: path });
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(stdout.slice(stdout.indexOf("$ "))).toBe("$ greenlets run hello.ts\nplain\nfunctions\ncan\npause\n");
    expect(read("hello.ts")).toContain("other().switch();");
    const own = folderWith({ "hello.ts": "mine\n" });
    expect(greenlets(["init", "--yes"], { cwd: own.path }).code).toBe(0);
    expect(own.read("hello.ts")).toBe("mine\n");
    expect(readdirSync(own.path)).toEqual(["hello.ts"]);
  });

  test("prints data with --json", () => {
    const { path, read } = folderWith({ "package.json": manifest(both), "vite.config.js": config });
    const { stdout } = greenlets(["init", "--json"], { cwd: path });
    expect(JSON.parse(stdout)).toEqual({
      changes: [
        {
          file: "vite.config.js",
          before: config,
          after: `import greenlets from "greenlets-plugin/vite";\nexport default { plugins: [greenlets()] };\n`,
        },
      ],
      notes: [],
    });
    expect(read("vite.config.js")).toBe(config);
  });

  test("bad input: a package.json that is none, an argument", () => {
    const { path } = folderWith({ "package.json": "{" });
    expect(greenlets(["init"], { cwd: path })).toMatchObject({
      stdout: "",
      stderr: expect.stringMatching(/^greenlets: Can't read package\.json: /),
      code: 2,
    });
    expect(greenlets(["init", "here"], { cwd: path })).toMatchObject({
      stderr: "greenlets: init takes no arguments: it works in this folder\n",
      code: 2,
    });
  });
});

test("lineDiff shows what changed and two lines around", () => {
  expect(lineDiff("f", "a\nb\nc\nd\ne\nf\n", "a\nb\nc\nd\nE\nf\n")).toBe("--- f\n  …\n  c\n  d\n- e\n+ E\n  f\n");
  expect(lineDiff("f", "a\n", "a\n")).toBe("");
});
