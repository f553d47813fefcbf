import { SourceMap } from "node:module";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { greenlets, runNode } from "../command.ts";
import { folderWith, switching } from "./program.ts";

/** No function here may switch, and nothing in it is as a printer would print it. */
const plain = `#!/usr/bin/env node\n'use strict'\r\nconst  add = (a,b)=>a+b // as it is\n;;console.log( add(1,2) )`;

describe("greenlets compile", () => {
  test("prints the output, with its map inside", () => {
    const { path } = folderWith({ "main.ts": switching });
    const { stdout, stderr, code } = greenlets(["compile", "main.ts"], { cwd: path });
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(stdout).toContain(`import { abi } from "greenlets/internal";`);
    expect(stdout).not.toContain("type Word");
    const [, data] = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\n$/.exec(stdout)!;
    const map = new SourceMap(JSON.parse(Buffer.from(data!, "base64").toString()));
    const line = stdout.split("\n").findIndex((text) => text.includes("console.log(word)"));
    expect(map.findEntry(line, stdout.split("\n")[line]!.indexOf("console"))).toMatchObject({
      originalLine: 3,
      originalColumn: 2,
    });
  });

  test("prints no map with --no-maps, and helpers with --stress", () => {
    const { path } = folderWith({ "main.ts": switching });
    const { stdout } = greenlets(["compile", "main.ts", "--no-maps", "--stress"], { cwd: path });
    expect(stdout).not.toContain("sourceMappingURL");
    expect(stdout).toContain("$.stress(");
  });

  test("gives a JavaScript file in which nothing may switch back byte for byte", () => {
    const { path, read } = folderWith({ "plain.js": plain });
    expect(greenlets(["compile", "plain.js"], { cwd: path })).toEqual({ stdout: plain, stderr: "", code: 0 });
    expect(greenlets(["compile", "plain.js", "-d", "out"], { cwd: path }).code).toBe(0);
    expect(read("out/plain.js")).toBe(plain);
    expect(existsSync(join(path, "out/plain.js.map"))).toBe(false);
  });

  test("writes a program that Node runs as it is, with maps that find the sources", () => {
    const { path, read } = folderWith({
      "package.json": `{ "type": "module" }`,
      "src/main.ts": `import { pause } from "./deep/pause.ts";\nimport { Greenlet } from "greenlets";\nconst g = new Greenlet((x: number) => pause(x) + 1);\nconsole.log(g.switch(1), g.switch(2));\n`,
      "src/deep/pause.ts": `import { getCurrent } from "greenlets";\nexport function pause(x: number): number {\n  return getCurrent().parent!.switch(x) as number;\n}\n`,
    });
    const { stdout, code } = greenlets(["compile", "src/main.ts", "src/deep/pause.ts", "-d", "out"], { cwd: path });
    expect({ stdout, code }).toEqual({
      stdout: "src/main.ts → out/src/main.js\nsrc/deep/pause.ts → out/src/deep/pause.js\n",
      code: 0,
    });
    expect(read("out/src/main.js")).toContain(`from "./deep/pause.js"`);
    expect(JSON.parse(read("out/src/deep/pause.js.map"))).toMatchObject({
      file: "pause.js",
      sources: ["../../../src/deep/pause.ts"],
    });
    const runner = `import { registerHooks } from "node:module"; registerHooks({ resolve: (s, c, n) => n(s, s.startsWith("greenlets") ? { ...c, parentURL: ${JSON.stringify(import.meta.url)} } : c) }); await import(process.argv[1]);`;
    expect(runNode(["--input-type=module", "-e", runner, join(path, "out/src/main.js")])).toEqual({
      stdout: "1 3\n",
      stderr: "",
      code: 0,
    });
  });

  test("keeps the kind of every module: .mts → .mjs, .cts → .cjs", () => {
    const { path, read } = folderWith({
      "a.mts": `export const f = (g: () => void) => { g(); return 1; };\n`,
      "b.cts": `exports.f = (g: () => void) => { g(); return 1; };\n`,
    });
    expect(greenlets(["compile", "a.mts", "b.cts", "-d", "out"], { cwd: path }).code).toBe(0);
    expect(read("out/a.mjs")).toContain(`import { abi } from "greenlets/internal"`);
    expect(read("out/b.cjs")).toContain(`require("greenlets/internal")`);
  });

  test("prints several files under their names", () => {
    const { path } = folderWith({ "a.js": "const a = 1;\n", "b.js": "const b = 2;\n" });
    expect(greenlets(["compile", "a.js", "b.js"], { cwd: path }).stdout).toBe(
      "// a.js\nconst a = 1;\n\n// b.js\nconst b = 2;\n",
    );
  });

  test("prints data with --json", () => {
    const { path } = folderWith({ "main.ts": switching, "plain.js": plain });
    const [main, other] = JSON.parse(
      greenlets(["compile", "main.ts", "plain.js", "--json"], { cwd: path }).stdout,
    ) as Record<string, unknown>[];
    expect(main).toMatchObject({
      file: "main.ts",
      output: null,
      changed: true,
      map: { version: 3, sources: ["main.ts"] },
    });
    expect(other).toEqual({ file: "plain.js", output: null, changed: false, map: null, code: plain });
  });

  test("writes nothing if one file is refused, and reports every one", () => {
    const { path } = folderWith({ "good.ts": switching, "bad.js": "let a = ;\n", "worse.ts": "function (\n" });
    const { stdout, stderr, code } = greenlets(["compile", "good.ts", "bad.js", "worse.ts", "-d", "out"], {
      cwd: path,
    });
    expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
    expect(stderr).toContain("greenlets: bad.js: Unexpected token (1:8)");
    expect(stderr).toContain("> 1 | let a = ;");
    expect(stderr).toContain("greenlets: worse.ts: ");
    expect(existsSync(join(path, "out"))).toBe(false);
  });

  test("reports refusals as data with --json", () => {
    const { path } = folderWith({ "eval.mjs": `export function f(g) {\n  g();\n  return eval("g");\n}\n` });
    const { stdout, stderr, code } = greenlets(["compile", "eval.mjs", "--json"], { cwd: path });
    expect({ stderr, code }).toEqual({ stderr: "", code: 1 });
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ code: "greenlets/direct-eval", line: 3, column: 10 }] });
  });

  test("never writes over a source, nor two files into one", () => {
    const { path, read } = folderWith({ "a.js": "1;\n", "a.ts": "2;\n" });
    expect(greenlets(["compile", "a.js", "-d", "."], { cwd: path })).toEqual({
      stdout: "",
      stderr: "greenlets: a.js would be written over the source a.js\n",
      code: 2,
    });
    expect(greenlets(["compile", "a.js", "a.ts", "-d", "out"], { cwd: path })).toMatchObject({
      stderr: "greenlets: a.js and a.ts would both be written to out/a.js\n",
      code: 2,
    });
    expect(read("a.js")).toBe("1;\n");
  });

  test("says what is wrong with a command line", () => {
    const { path } = folderWith({ "a.js": "1;\n", blocked: "a file" });
    const failure = (...args: string[]) => {
      const { stdout, stderr, code } = greenlets(args, { cwd: path });
      expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
      return stderr;
    };
    expect(failure("compile")).toBe(
      "greenlets: Which files? Usage: greenlets compile FILE… [-d DIR] [-p TSCONFIG] [--manifest FILE] [--stress] [--no-maps] [--json]\n",
    );
    expect(failure("compile", "a.js", "--stres")).toBe(
      "greenlets: There is no option `--stres`: did you mean `--stress`?\n",
    );
    expect(failure("compile", "a.js", "--entirely-else")).toBe("greenlets: There is no option `--entirely-else`\n");
    expect(failure("compile", "a.js", "-d")).toContain("argument missing");
    expect(failure("compile", "missing.ts")).toBe("greenlets: Can't read missing.ts: there is no such file\n");
    expect(failure("compile", "a.js", "-d", "blocked")).toMatch(/^greenlets: Can't write blocked\/a\.js: /);
    expect(failure("complie", "a.js")).toBe("greenlets: There is no command `complie`: did you mean `compile`?\n");
    expect(failure("dance")).toBe("greenlets: There is no command `dance`: `greenlets --help` lists the commands\n");
  });
});
