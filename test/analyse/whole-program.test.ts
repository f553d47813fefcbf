// From types to a run: facts of a whole program in the compiler, the command and the options.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { analyse } from "../../plugin/analyse/index.ts";
import { factsOptions, factsPath, writeFacts } from "../../plugin/analyse/facts.ts";
import { compile } from "../../plugin/compile.ts";
import { rewrite } from "../../plugin/rewrite.ts";
import { greenlets, root, runNode } from "../command.ts";
import { projectWith } from "./project-folder.ts";

const pause = `import { getCurrent } from "greenlets";
export function pause(): unknown { return getCurrent().parent!.switch(); }
`;

/** A main module whose greenlet runs `body` and is driven to its end; what comes out, or the code of the error. */
const driver = (body: string, imports = ""): string => `import { Greenlet, GreenletError } from "greenlets";
import { pause } from "./pause.ts";
${imports}
function body(): unknown {
${body}
}
const log: unknown[] = [];
const g = new Greenlet(() => {
  try { return body(); } catch (error) { return error instanceof GreenletError ? error.code : String(error); } finally { log.push("finally"); }
});
let value = g.switch();
for (let n = 1; !g.dead; n++) value = g.switch(n);
console.log(value, ...log);
`;

function checked(files: Record<string, string>): string {
  const { path } = projectWith(files);
  const { stderr, code } = greenlets(["check"], { cwd: path });
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  return path;
}

describe("greenlets run with facts", () => {
  const table = `export function sum(list: readonly number[], weight: (n: number) => number): number {
  let total = 0;
  for (const n of list) total += weight(n);
  return total;
}
`;
  const main = driver(
    "  return sum([1, 2], (n) => n * 2) + (pause() as number);",
    'import { sum } from "./table.ts";',
  ).concat("console.log(`${sum as never as string}`.includes('$'));\n");
  const files = { "src/pause.ts": pause, "src/table.ts": table, "src/main.ts": main };

  it("compiles by types what has not changed", () => {
    const path = checked(files);
    expect(greenlets(["run", "src/main.ts"], { cwd: path })).toEqual({
      stdout: "7 finally\nfalse\n",
      stderr: "",
      code: 0,
    });
  });
  it("compiles a changed file by itself, and says so", () => {
    const path = checked(files);
    writeFileSync(join(path, "src/table.ts"), `${table}// edited\n`);
    const { stdout, stderr } = greenlets(["run", "src/main.ts"], { cwd: path });
    expect(stdout).toBe("7 finally\ntrue\n");
    expect(stderr).toContain(
      "[greenlets/stale-facts] GreenletsWarning: src/table.ts has changed since the facts were written, so every file is compiled by itself.",
    );
    expect(stderr.match(/GreenletsWarning/g)).toHaveLength(1);
  });
  it("leaves the facts alone for a main module that is not in the project", () => {
    const path = checked(files);
    const outside = `import { Greenlet } from "greenlets"; import { sum } from "./src/table.ts"; import { pause } from "./src/pause.ts";
const g = new Greenlet(() => sum([1, 2], (n) => n + (pause() as number))); g.switch(); g.switch(10); console.log(g.switch(20));\n`;
    writeFileSync(join(path, "outside.ts"), outside);
    expect(greenlets(["run", "outside.ts"], { cwd: path })).toEqual({ stdout: "33\n", stderr: "", code: 0 });
  });
});

/** The lines of a program, without the comment at its top. */
function codeLines(program: string): string[] {
  const lines = program.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(lines.findIndex((line) => !line.startsWith("//")));
}

describe("code that cannot switch", () => {
  const helpers = `// Comments, blank lines and odd spacing stay.
export  class Matrix<T extends number> { constructor(readonly cells: T[][]) {}

  at( i: number,j: number ):T { return this.cells[i]![j]! }
}
export const apply = <T, R>(list: readonly T[], f: (item: T) => R): R[] => { const out: R[] = []; for (const x of list) out.push(f(x)); return out }
`;
  const mixed = `import { pause } from "./pause.ts";
export function wait(): unknown { return [pause()]; }
export  function plain( f: () => number ):number { return f( ) +  f() }
export const used = [wait, plain(() => 1)];
`;
  const facts = (path: string): { facts?: string } => factsOptions(path);

  it("is byte-identical: whole files, and functions beside ones that switch", () => {
    const path = checked({ "src/pause.ts": pause, "src/helpers.ts": helpers, "src/mixed.ts": mixed });
    const rewritten = (name: string, text: string, options: object): string | undefined =>
      rewrite(text, { filename: join(path, name), ...options })?.code;
    expect(rewritten("src/helpers.ts", helpers, facts(path))).toBeUndefined();
    expect(rewritten("src/helpers.ts", helpers, {}), "by itself it may switch").toContain("$.save");
    const text = rewritten("src/mixed.ts", mixed, facts(path))!;
    expect(text).toContain("wait$resume");
    for (const line of mixed.split("\n").slice(2)) expect(text).toContain(line);
  });
  it.each(["btree", "chess", "interpreter", "json", "raytracer", "template"])(
    "is byte-identical in a program that computes beside a greenlet: %s",
    (name) => {
      const program = readFileSync(join(root, `bench/programs/${name}.ts`), "utf8");
      const serving = `import { getCurrent, Greenlet } from "greenlets";
function serve(): never { for (;;) getCurrent().parent!.switch(run()); }
const server = new Greenlet(serve);
export const next = (): unknown => server.switch();
`;
      const { path } = projectWith({ [`src/${name}.ts`]: program + serving });
      const found = analyse({ tsconfig: join(path, "tsconfig.json") });
      writeFacts(factsPath(path), found);
      const { functions } = found.files[`src/${name}.ts`]!;
      expect(functions.filter(({ maySwitch }) => maySwitch).map((fn) => fn.name)).toEqual(["serve", "next"]);
      const code = rewrite(program + serving, { filename: join(path, `src/${name}.ts`), ...facts(path) })!.code;
      const written = codeLines(program);
      const kept = codeLines(code);
      const from = kept.indexOf(written[0]!);
      expect(kept.slice(from, from + written.length)).toEqual(written);
    },
  );
  it("calls the built-in function itself where the callback is plain", () => {
    const text = `import { pause } from "./pause.ts";
export function mixed(list: number[]): unknown[] { const doubled = list.map((n) => n * 2); pause(); return doubled.map(() => pause()); }
`;
    const path = checked({ "src/pause.ts": pause, "src/lists.ts": text });
    const { code } = rewrite(text, { filename: join(path, "src/lists.ts"), ...facts(path) })!;
    expect(code).toMatch(/doubled = list\.map\(\(?n\)? => n \* 2\)/);
    expect(code).toContain("$.map(doubled, doubled.map, ");
  });
  it("is byte-identical in a JavaScript file, too", () => {
    const text = "export  function twice( f ) { return f() +  f( ) }\nexport const four = twice( () => 2 )\n";
    const { path } = projectWith({ "src/a.js": text });
    writeFacts(factsPath(path), analyse({ root: path, files: ["src/a.js"] }));
    expect(compile(text, { filename: join(path, "src/a.js"), ...facts(path) })).toMatchObject({
      code: text,
      changed: false,
    });
    expect(compile(text, { filename: join(path, "src/a.js") }).changed).toBe(true);
  });
});

describe("atomic", () => {
  const text = `import { atomic } from "greenlets";
import { pause } from "./pause.ts";
const rows: number[] = [];
function save(n: number): void {
  rows.push(n);
  pause();
}
export function both(): void {
  atomic(() => rows.push(1));
  atomic(() => {
    save(1);
  });
}
`;
  it.each(["compile", "rewrite"] as const)(
    "that may switch stops the build, with place, frame and chain (%s)",
    (way) => {
      const { path } = projectWith({ "src/pause.ts": pause, "src/a.ts": text });
      writeFacts(factsPath(path), analyse({ tsconfig: join(path, "tsconfig.json") }));
      const options = { filename: join(path, "src/a.ts"), ...factsOptions(path) };
      const build = (): unknown => (way === "compile" ? compile(text, options) : rewrite(text, options));
      expect(build).toThrow(
        expect.objectContaining({
          code: "greenlets/atomic-switches",
          loc: expect.objectContaining({ line: 10, column: 2 }),
        }),
      );
      expect(build).toThrow(`Something inside this atomic block may switch:
  → (callback of atomic) (src/a.ts:10:10)
  → save (src/a.ts:4:1)
  → pause (src/pause.ts:2:8)
  → Greenlet#switch
`);
      expect(build).toThrow(/^> 10 \|   atomic\(\(\) => \{$/m);
    },
  );
  it("is an error at run time in any case", () => {
    const { path } = projectWith({
      "src/pause.ts": pause,
      "src/main.ts": driver("  return atomic(() => pause());", 'import { atomic } from "greenlets";'),
    });
    expect(greenlets(["run", "src/main.ts"], { cwd: path }).stdout).toBe("atomic finally\n");
  });
});

describe("assert", () => {
  const lies = driver(
    "  const f = pause as unknown as { call2(): void };\n  return count(f as never);",
    'import { count } from "./count.ts";',
  );
  const count = `interface Handler { on: (n: number) => number }
const handlers: Handler[] = [{ on: (n) => n }];
export function count(extra: Handler["on"]): number {
  Object.assign(handlers[0]!, JSON.parse("{}"));
  Reflect.set(handlers[0]!, "on", extra);
  return use(handlers[0]!) + 1;
}
function use(handler: Handler): number { return handler.on(1); }
`;
  const files = { "src/pause.ts": pause, "src/count.ts": count, "src/main.ts": lies };
  it("checks at run time what types and assumptions call plain", () => {
    const { path } = projectWith(files);
    writeFacts(
      factsPath(path),
      analyse({ tsconfig: join(path, "tsconfig.json") }, { assume: { plain: ["count", "use"] } }),
    );
    const out = (options: object): string => {
      for (const name of ["pause", "count", "main"]) {
        const filename = join(path, `src/${name}.ts`);
        const { code } = compile(readFileSync(filename, "utf8"), { filename, ...factsOptions(path), ...options });
        writeFileSync(join(path, `${name}.mjs`), code.replaceAll(/"\.\/(\w+)\.ts"/g, '"./$1.mjs"'));
      }
      return runNode(["main.mjs"], { cwd: path }).stdout;
    };
    expect(readFileSync(join(path, "src/count.ts"), "utf8")).toBe(count);
    expect(out({ assert: true })).toBe("not-plain finally\n");
    const filename = join(path, "src/count.ts");
    expect(compile(count, { filename, ...factsOptions(path), assert: true }).code).toContain(
      "return $.plain(use(handlers[0])) + 1;",
    );
    expect(compile(count, { filename, ...factsOptions(path) }).code).not.toContain("$");
  });
  it("hands the value through where nothing switches, chains uncut", () => {
    const text = `import { find } from "./find.js";
export function name(list) { return list?.find(2).name + [list?.find(1).name, find(list), new find(list)].length; }
`;
    const options = { filename: "src/a.js", assume: { plain: ["name", "find"] }, assert: true };
    expect(rewrite(text, options)!.code).toContain(
      "return $.plain(list?.find(2).name) + [$.plain(list?.find(1).name), $.plain(find(list)), $.plain(new find(list))].length;",
    );
  });
});

describe("assume in the Babel plugin", () => {
  const text = `import { log, read } from "./log.ts";
export function report(rows) { log(rows.length); for (let i = 0; i < 3; i++) log(i); }
export class Cache { get(key) { return this.load(key); } load(key) { return [read(key)]; } }
export function render(view) { view.draw(); return view; }
`;
  const code = (assume: object): string | undefined => rewrite(text, { filename: "src/a.js", assume })?.code;
  it("plain functions, by name and by path", () => {
    expect(code({})).toContain("report$resume");
    const assumed = code({ plain: ["src/log.ts:log", "src/*.js:Cache#get", "render"] })!;
    expect(assumed).not.toContain("report$resume");
    expect(assumed).not.toContain("get$resume");
    expect(assumed).toContain("load$resume");
    expect(code({ plain: ["log", "read", "Cache#*", "render"] })).toBeUndefined();
    expect(code({ plain: ["src/other.ts:log", "read", "Cache#*", "render"] })).toContain("report$resume");
  });
  it("functions that switch, against what the file says", () => {
    const plain = "function hook() { return 1; }\nexport function a() { return [hook()]; }\n";
    expect(rewrite(plain, { filename: "b.js" })).toBeNull();
    expect(rewrite(plain, { filename: "b.js", assume: { switches: ["hook"] } })!.code).toContain("a$resume");
  });
  it("a pattern for a file that matches nothing in it is an error", () => {
    expect(() => code({ plain: ["src/a.js:rendr"] })).toThrow(
      expect.objectContaining({
        code: "greenlets/assume-unmatched",
        message: expect.stringContaining("src/a.js:rendr"),
      }),
    );
    expect(() => code({ plain: ["src/b.js:rendr"] })).not.toThrow();
  });
});

describe("a facts file that is not there", () => {
  it("is said once, and every file is compiled by itself", () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const text = "export function a(f) { return [f()]; }\n";
    for (let i = 0; i < 2; i++)
      expect(
        rewrite(text, { filename: "a.js", facts: "/nowhere/node_modules/.cache/greenlets/facts.json" })!.code,
      ).toContain("a$resume");
    expect(warn.mock.calls).toEqual([
      [expect.stringContaining("/nowhere/"), expect.objectContaining({ code: "greenlets/stale-facts" })],
    ]);
    warn.mockRestore();
  });
});
