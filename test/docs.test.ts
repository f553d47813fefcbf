// What the documents show is what happens: programs run, outputs are current, links lead somewhere.
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile } from "../plugin/compile.ts";
import { greenlets, root } from "./command.ts";
import { folderWith } from "./cli/program.ts";

const readme = read("README.md");
const [program, output] = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code!);
const fixture = read("fixtures/calls/tree-walk/input.ts");

describe("README.md", () => {
  test("starts with one sentence", () => {
    expect(readme.split("\n")[0]).toMatch(/^\*\*greenlets\*\* [^.]+\.$/);
  });

  test("shows a program of ten lines that runs", () => {
    expect(program!.trimEnd().split("\n").length).toBe(10);
    const { path } = folderWith({ "program.mjs": program! });
    expect(greenlets(["run", join(path, "program.mjs")])).toEqual({ stdout: "1\n2\n3\n", stderr: "", code: 0 });
  });

  test("shows what its function compiles to", async () => {
    const [walk] = /function walk[^]*?\n}\n/.exec(fixture)!;
    expect(program).toContain(walk);
    const [bodies] = /function walk[^]*?(?=const tree)/.exec(compile(fixture, { filename: "input.ts" }).code)!;
    await expect(readme.replace(`\`\`\`js\n${output}\`\`\``, () => `\`\`\`js\n${bodies}\`\`\``)).toMatchFileSnapshot(
      join(root, "README.md"),
    );
  });

  test("names the two commands that package.json and .ci/run have", () => {
    const commands = [...readme.matchAll(/```sh\n(.*)\n```/g)].map(([, command]) => command);
    expect(commands).toEqual(["npm ci && npx greenlets run examples/tasks.ts", "npm ci && npm test"]);
    expect(read(".ci/run")).toContain(commands[1]!);
  });
});

describe.each(globSync(["*.md", "{docs,runtime,plugin}/*.md"], { cwd: root }))("%s", (page) => {
  test("links to files that are there", () => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });
});

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
