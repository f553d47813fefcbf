// What the documents show is what happens: programs run, outputs are current, links lead somewhere.
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile, tracePasses } from "../plugin/compile.ts";
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

describe("docs/architecture.md", () => {
  const page = read("docs/architecture.md");

  test("stays under 300 lines", () => {
    expect(page.split("\n").length).toBeLessThan(300);
  });

  test("shows one function after every pass, as the command prints it", async () => {
    const [, command, shown] = /```sh\nnpx greenlets (trace .*)\n```\n\n(```js\n[^]*?```)/.exec(page)!;
    const { stdout, stderr, code } = greenlets(command!.split(" "));
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    await expect(page.replace(shown!, () => `\`\`\`js\n${stdout}\`\`\``)).toMatchFileSnapshot(
      join(root, "docs/architecture.md"),
    );
  });

  test("lists the passes that there are, in their order", () => {
    const listed = [...page.matchAll(/^\| \[(\w+)\]\(..\/plugin/gm)].map(([, pass]) => pass!);
    const traced = tracePasses(fixture, { filename: "input.ts", function: "walk" }).map(({ pass }) => pass);
    expect(listed.filter((pass) => traced.includes(pass))).toEqual(traced);
  });
});

describe.each(globSync(["*.md", "{docs,runtime,plugin}/*.md"], { cwd: root }))("%s", (page) => {
  test("links to files that are there", () => {
    const prose = read(page).replaceAll(/```[^]*?```|`[^`\n]*`/g, "");
    const links = [...prose.matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });
});

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
