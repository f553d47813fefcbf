// `greenlets doctor` on projects that are well, and on every way of being ill that it knows.
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { greenlets, root } from "../command.ts";
import { folderWith, type Folder } from "./program.ts";

type Finding = { state: "good" | "notice" | "bad"; about: string; text: string };

function examine(path: string): { findings: Finding[]; code: number | null } {
  const { stdout, code } = greenlets(["doctor", "--json"], { cwd: path });
  return { findings: JSON.parse(stdout) as Finding[], code };
}

function link(folder: Folder, name: string, target: string): void {
  const at = join(folder.path, "node_modules", name);
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(target, at);
}

/** A project with both packages. */
function project(files: Record<string, string>): Folder {
  const folder = folderWith({ "package.json": `{ "type": "module" }\n`, ...files });
  link(folder, "greenlets", join(root, "runtime"));
  link(folder, "greenlets-plugin", join(root, "plugin"));
  return folder;
}

const of = (findings: readonly Finding[], about: string): string[] =>
  findings.filter((one) => one.about === about).map(({ state, text }) => `${state}: ${text}`);

describe("greenlets doctor", () => {
  test("finds nothing wrong with a project that is set up and analysed", () => {
    const { path } = project({
      "vite.config.js": `import greenlets from "greenlets-plugin/vite";\nexport default { plugins: [greenlets()] };\n`,
      "tsconfig.json": `{ "compilerOptions": { "module": "nodenext", "types": [] }, "include": ["a.ts"] }\n`,
      "a.ts": "export const a = 1;\n",
    });
    expect(greenlets(["facts"], { cwd: path }).code).toBe(0);
    const { stdout, code } = greenlets(["doctor"], { cwd: path });
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(1)).toEqual([
      "✓ greenlets 0.1.0",
      "✓ greenlets-plugin 0.1.0",
      expect.stringMatching(/^✓ .*runtime takes code of ABI 1$/),
      "✓ vite.config.js has the compile step",
      "✓ the facts of 1 files are up to date",
      "",
    ]);
    writeFileSync(join(path, "a.ts"), "export const a = 2;\n");
    expect(of(examine(path).findings, "facts")).toEqual([
      "notice: the facts of 1 of 1 files are out of date and not used (a.ts): greenlets check writes them again",
    ]);
    writeFileSync(join(path, "node_modules/.cache/greenlets/facts.json"), "{");
    const broken = examine(path);
    expect(broken.code).toBe(1);
    expect(of(broken.findings, "facts")[0]).toMatch(/^bad: The facts file .* is not JSON/);
  });

  test("an empty folder: what is missing, and how to get it", () => {
    const { findings, code } = examine(folderWith({}).path);
    expect(code).toBe(1);
    expect(findings.slice(1)).toEqual([
      { state: "bad", about: "greenlets", text: "greenlets is not installed here: npm install greenlets" },
      {
        state: "bad",
        about: "greenlets-plugin",
        text: "greenlets-plugin is not installed here: npm install greenlets-plugin",
      },
      { state: "notice", about: "build", text: expect.stringContaining("no build that greenlets init knows") },
      { state: "notice", about: "facts", text: expect.stringMatching(/^no facts/) },
    ]);
  });

  test("two copies of the runtime, one of another ABI, and a dependency that was not compiled", () => {
    const folder = project({
      "node_modules/old/package.json": `{ "name": "old", "dependencies": { "greenlets": "0.0.9" } }\n`,
      "node_modules/new/package.json": `{ "name": "new", "dependencies": { "greenlets": "0.1.0" }, "greenlets": "./greenlets.json" }\n`,
      "node_modules/old/node_modules/greenlets/package.json": `{ "name": "greenlets", "version": "0.0.9", "type": "module" }\n`,
      "node_modules/old/node_modules/greenlets/dist/internal.js": `export const $ = { abi(n) { throw new Error("compiled for ABI " + n + ", this is 0"); } };\n`,
    });
    const { findings, code } = examine(folder.path);
    expect(code).toBe(1);
    expect(of(findings, "greenlets")).toEqual([
      expect.stringMatching(
        /^bad: greenlets is installed 2 times \(0\.1\.0 in .*runtime, 0\.0\.9 in .*old\/node_modules\/greenlets\)/,
      ),
    ]);
    expect(of(findings, "ABI")).toEqual([
      expect.stringMatching(/^good: /),
      "bad: node_modules/old/node_modules/greenlets: compiled for ABI 1, this is 0",
    ]);
    expect(of(findings, "old")[0]).toMatch(/^notice: old uses greenlets and ships no "greenlets" manifest/);
    expect(of(findings, "new")).toEqual([]);
  });

  test("packages of another version than the command", () => {
    const folder = folderWith({
      "node_modules/greenlets-plugin/package.json": `{ "name": "greenlets-plugin", "version": "0.0.9" }\n`,
    });
    cpSync(join(root, "runtime/dist"), join(folder.path, "node_modules/greenlets/dist"), { recursive: true });
    writeFileSync(
      join(folder.path, "node_modules/greenlets/package.json"),
      `{ "name": "greenlets", "version": "0.0.9", "type": "module" }\n`,
    );
    const { findings } = examine(folder.path);
    expect(of(findings, "greenlets")).toEqual([
      "bad: greenlets is 0.0.9, but this command is of 0.1.0: install the same version of both packages",
    ]);
    expect(of(findings, "greenlets-plugin")[0]).toMatch(/^bad: greenlets-plugin is 0\.0\.9/);
    expect(of(findings, "ABI")).toEqual(["good: node_modules/greenlets takes code of ABI 1"]);
  });

  test.each([
    [
      `{ "plugins": ["greenlets-plugin/babel", "./other.cjs"] }`,
      "good: babel.config.json has the compile step, before other plugins",
    ],
    [
      `{ "plugins": ["./other.cjs", "greenlets-plugin/babel"] }`,
      "bad: babel.config.json: ./other.cjs comes before greenlets-plugin/babel, which must be the first plugin",
    ],
    [`{ "plugins": ["./other.cjs"] }`, "notice: babel.config.json has no compile step: greenlets init adds it"],
    [`{ "plugins": ["greenlets-plugin/babel", }`, expect.stringMatching(/^bad: babel\.config\.json can't be read: /)],
  ])("the order of Babel's plugins: %s", (config, finding) => {
    const folder = project({ "babel.config.json": `${config}\n`, "other.cjs": "module.exports = () => ({});\n" });
    expect(of(examine(folder.path).findings, "build")).toEqual([finding]);
  });

  test("takes no arguments", () => {
    expect(greenlets(["doctor", "who"])).toMatchObject({
      stderr: "greenlets: doctor takes no arguments: it looks at this folder\n",
      code: 2,
    });
  });
});
