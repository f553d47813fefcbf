// `greenlets compile -p`: a project as a whole, emitted by its own TypeScript.
import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { describe, expect, onTestFinished, test } from "vitest";
import { greenlets, root, runNode } from "../command.ts";
import { folderWith, type Folder } from "./program.ts";

const ask = `import { getCurrent } from "greenlets";
export enum Mood { Calm = "calm", Loud = "loud" }
export function ask(question: string): string {
  const answer = getCurrent().parent!.switch(question) as string;
  return answer + Mood.Loud;
}
export const add = (left: number, right: number): number => left + right;
`;
const main = `import { Greenlet } from "greenlets";
import { add, ask } from "./ask.ts";
const greenlet = new Greenlet<[string?]>(() => ask("a") + add(1, 2));
console.log(greenlet.switch(), greenlet.switch("b"));
`;

function project(typescript: string, options: object = {}): Folder {
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    strict: true,
    rootDir: "src",
    skipLibCheck: true,
    types: [],
    lib: ["es2023", "dom"],
    allowImportingTsExtensions: true,
    noEmit: true,
    ...options,
  };
  const folder = folderWith({
    "package.json": `{ "type": "module" }`,
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }),
    "src/ask.ts": ask,
    "src/main.ts": main,
  });
  mkdirSync(join(folder.path, "node_modules"));
  symlinkSync(join(root, "runtime"), join(folder.path, "node_modules/greenlets"));
  symlinkSync(join(root, "node_modules", typescript), join(folder.path, "node_modules/typescript"));
  return folder;
}

const compile = (folder: Folder, ...args: string[]): ReturnType<typeof greenlets> =>
  greenlets(["compile", "-p", "tsconfig.json", "-d", "dist", ...args], { cwd: folder.path });

describe.each(["typescript", "typescript-7"])("with %s", (typescript) => {
  test("emits JavaScript, maps, declarations and the manifest", () => {
    const folder = project(typescript, { sourceMap: true });
    const { stdout, code } = compile(folder);
    expect(stdout).toMatch(/^7 files → dist \(/);
    expect(code).toBe(0);
    expect(runNode(["dist/main.js"], { cwd: folder.path })).toEqual({ stdout: "a bloud3\n", stderr: "", code: 0 });
    expect(folder.read("dist/ask.d.ts")).toContain("export declare function ask(question: string): string;");
    expect(JSON.parse(folder.read("dist/greenlets.json"))).toEqual({ abi: 1, switches: { ask: "Greenlet#switch" } });
    const js = folder.read("dist/ask.js");
    expect(js).toContain("ask$resume");
    expect(js).toContain("export const add = (left, right) => left + right;");
    const before = js.slice(0, js.indexOf("switch(question)")).split("\n");
    const map = new TraceMap(folder.read("dist/ask.js.map"));
    const place = originalPositionFor(map, { line: before.length, column: before.at(-1)!.length });
    expect(place).toMatchObject({ source: "../src/ask.ts", line: 4, column: 38 });
  });

  test("says what the compiler says of the sources, and emits all the same", () => {
    const folder = project(typescript);
    writeFileSync(join(folder.path, "src/wrong.ts"), `export const n: number = "one";\n`);
    const { stdout, code } = compile(folder);
    expect(code).toBe(1);
    expect(stdout).toMatch(/src\/wrong\.ts[(:]1[,:]14\)?.*TS2322/);
    expect(folder.read("dist/wrong.js")).toContain(`export const n = "one";`);
  });
});

test("makes CommonJS, older syntax and JSX of what it compiles, as the tsconfig says", () => {
  const folder = project("typescript", {
    module: "commonjs",
    target: "es2015",
    ignoreDeprecations: "6.0",
    jsx: "react",
  });
  writeFileSync(join(folder.path, "package.json"), "{}");
  writeFileSync(
    join(folder.path, "src/view.tsx"),
    `import { ask } from "./ask.ts";\ndeclare const React: any;\nexport const View = (): any => { const text = ask("?"); return <p>{text ?? ""}</p>; };\n`,
  );
  compile(folder);
  expect(runNode(["dist/main.js"], { cwd: folder.path }).stdout).toBe("a bloud3\n");
  expect(folder.read("dist/view.js")).toContain(`React.createElement("p"`);
  expect(folder.read("dist/view.js")).not.toContain("??");
});

test("writes nothing if a file is refused, and needs TypeScript and a place to write to", () => {
  const folder = project("typescript");
  writeFileSync(
    join(folder.path, "src/bad.ts"),
    `import { ask } from "./ask.ts";\nexport function f(): void {\n  ask("");\n  eval("1");\n}\n`,
  );
  const { stdout, stderr, code } = compile(folder);
  expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
  expect(stderr).toMatch(/src\/bad\.ts: A function that may switch can't contain a direct eval[^]*> 4 \|/);
  expect(() => folder.read("dist/main.js")).toThrow();
  expect(greenlets(["compile", "-p", "tsconfig.json"], { cwd: folder.path }).stderr).toMatch(/^greenlets: Where to\? /);
  const alone = folderWith({ "tsconfig.json": "{}", "a.ts": "export {};\n" });
  expect(compile(alone).stderr).toMatch(/^greenlets: TypeScript is not installed in /);
});

test("--watch compiles again what was edited", async () => {
  const folder = project("typescript");
  const args = [join(root, "node_modules/.bin/greenlets"), "compile", "-p", "tsconfig.json", "-d", "dist", "--watch"];
  const child = spawn(process.execPath, args, { cwd: folder.path, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill());
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => void (said += text));
  const times = (count: number): Promise<void> =>
    expect.poll(() => said.match(/files → dist/g)?.length ?? 0, { timeout: 50_000 }).toBeGreaterThanOrEqual(count);
  await times(1);
  expect(runNode(["dist/main.js"], { cwd: folder.path }).stdout).toBe("a bloud3\n");
  writeFileSync(join(folder.path, "src/ask.ts"), ask.replace(`Loud = "loud"`, `Loud = "LOUD"`));
  await times(2);
  expect(runNode(["dist/main.js"], { cwd: folder.path }).stdout).toBe("a bLOUD3\n");
  writeFileSync(join(folder.path, "src/new.ts"), `export const fresh = true;\n`);
  await times(3);
  expect(folder.read("dist/new.js")).toContain("fresh");
});
