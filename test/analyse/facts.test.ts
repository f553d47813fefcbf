import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Analysis } from "../../plugin/analyse/index.ts";
import {
  FACTS_ABI,
  type Facts,
  FactsError,
  factsOf,
  factsPath,
  factsState,
  readFacts,
  sourceHash,
  writeFacts,
} from "../../plugin/analyse/facts.ts";
import { snippet, textsOf } from "./claims.ts";
import { compilerOptions } from "./options.ts";

const folder = mkdtempSync(join(tmpdir(), "greenlets-facts-"));
afterAll(() => rmSync(folder, { recursive: true }));

const text =
  'import { sw, Greenlet, getCurrent, atomic } from "./prelude.ts";\nexport function a() { sw(); } export default function b() {}';
const facts = (): Facts => snippet("export function a() { sw(); } export default function b() {}").facts;

describe("the facts file", () => {
  it("is written whole and read back", () => {
    const file = factsPath(folder);
    const made = facts();
    writeFacts(file, made);
    expect(readFacts(file)).toEqual(made);
    expect(readdirSync(join(file, "..")), "no partial file stays").toEqual(["facts.json"]);
  });
  it("is absent where nobody wrote it", () => expect(readFacts(join(folder, "none.json"))).toBeUndefined());
  it("of another version, or broken, is refused with a code", () => {
    const file = join(folder, "bad.json");
    const codeOf = (content: string): string => {
      writeFileSync(file, content);
      try {
        readFacts(file);
      } catch (error) {
        return error instanceof FactsError ? error.code : "another error";
      }
      return "no error";
    };
    expect(codeOf("{")).toBe("facts-corrupt");
    expect(codeOf("[]")).toBe("facts-corrupt");
    expect(codeOf(JSON.stringify({ ...facts(), abi: FACTS_ABI + 1 }))).toBe("facts-abi");
  });
  it("answers for the text it was made from, and for no other", () => {
    const made = facts();
    expect(factsState(made, "main.ts", text)).toBe("fresh");
    expect(factsState(made, "main.ts", `${text} `)).toBe("stale");
    expect(factsState(made, "toString", text)).toBe("absent");
    expect(factsOf(made, "main.ts", `${text} `)).toBeUndefined();
  });
  it("gives positions of the nodes as every parser counts them", () => {
    const answers = factsOf(facts(), "main.ts", text)!;
    const at = (part: string): [number, number] => [text.indexOf(part), text.indexOf(part) + part.length];
    expect(answers.maySwitch(...at("function a() { sw(); }"))).toBe(true);
    expect(answers.maySwitch(...at("function b() {}"))).toBe(false);
    expect(answers.knows(...at("export function a() { sw(); }")), "without `export`").toBe(false);
    expect(answers.isPoint(...at("sw()"))).toBe(true);
    expect(answers.isAccessorPoint(...at("sw()"))).toBe(false);
    expect(answers.reason(...at("sw()"))?.text).toBe("sw");
    expect(answers.plain).toBe(false);
    expect(answers.maySwitch(1, 2), "an unknown function may switch").toBe(true);
  });
  it("counts UTF-16 units", () => {
    const s = snippet("const s = '😀é'; export function a() { sw(); }");
    s.points(["sw()"]);
  });
  it("is the same every time", () => {
    const twice = [1, 2].map(
      () =>
        snippet(
          "interface I { x(): void } class A implements I { x() { sw(); } } class B { x() {} } function a(i: I) { i.x(); } const t = { a, b: () => {} }; function c(k: 'a') { t[k](null!); }",
        ).facts,
    );
    expect(JSON.stringify(twice[0])).toBe(JSON.stringify(twice[1]));
  });
  it("has a hash that changes exactly when an answer does", () => {
    const [a, b, c] = ["function a() { return 1; }", "function a() { return 1; }", "function a() { sw(); }"].map(
      (one) => snippet(one).facts.hash,
    );
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });
  it("hashes texts", () => expect(sourceHash("a")).toBe("ca978112ca1bbdca"));
});

describe("atomic", () => {
  it("blocks that may switch are found, with the reason", () => {
    const s = snippet("function f() { atomic(() => { sw(); }); atomic(() => 1); }");
    expect(s.facts.files["main.ts"]!.atomics.map((one) => one.reason?.text)).toEqual([
      "(callback of atomic)",
      undefined,
    ]);
  });
  it("a function handed over by name", () => {
    const s = snippet("function body() { helper(); } function helper() { sw(); } function f() { atomic(body); }");
    expect(s.facts.files["main.ts"]!.atomics[0]!.reason?.text).toBe("body");
  });
});

describe("assumptions", () => {
  it("a function assumed plain", () => {
    const s = snippet("function log() { sw(); } function a() { log(); } function b() { sw(); }", {
      assume: { plain: ["log"] },
    });
    s.plain("log", "a");
    s.maySwitch("b");
    s.points(["sw()"]);
  });
  it("nobody pays for what a function assumed plain is given", () => {
    const s = snippet("function log(write) { write(); } function a() { log(() => sw()); } function b(c) { log(c); }", {
      assume: { plain: ["log"] },
    });
    s.plain("log", "a", "b");
  });
  it("a function assumed to switch, by path and pattern", () => {
    const s = snippet(
      "class Db { query() {} close() {} } function a(d: Db) { d.query(); } function b(d: Db) { d.close(); }",
      { assume: { switches: ["*.ts:Db#q*"] } },
    );
    s.maySwitch("Db#query", "a");
    s.plain("Db#close", "b");
    s.reason("Db#query", "assume.switches");
  });
  it("a pattern that matches nothing is an error that names it", () => {
    expect(() => snippet("function a() {}", { assume: { plain: ["lgo"] } })).toThrow(/`lgo`/);
  });
});

describe("an open project", () => {
  const open = (
    source: string,
    backend: "ts-morph" | "native" = "ts-morph",
  ): { analysis: Analysis; path(name: string): string; texts: Map<string, string> } => {
    const texts = textsOf(source);
    const root = join([...texts.keys()][0]!, "..");
    return {
      analysis: new Analysis({ root, files: [...texts.keys()], options: compilerOptions, texts }, { backend }),
      path: (name) => join(root, name),
      texts,
    };
  };
  const source = `import { f } from "./b.ts"; export function a() { f(); }
// file: b.ts
export function f(): void { g(); } function g() {}
// file: c.ts
export function other() {}`;
  const plain = (analysis: Analysis, name: string): boolean =>
    analysis.facts().files["main.ts"]!.functions.find((one) => one.name === name)!.maySwitch === false;

  for (const backend of ["ts-morph", "native"] as const) {
    it(`sees a callee in another file begin to switch (${backend})`, () => {
      const { analysis, path, texts } = open(source, backend);
      expect(plain(analysis, "a")).toBe(true);
      const before = analysis.facts().hash;
      analysis.update(new Map([[path("b.ts"), texts.get(path("b.ts"))!.replace("g() {}", "g() { sw(); }")]]));
      expect(plain(analysis, "a")).toBe(false);
      expect(analysis.facts().hash).not.toBe(before);
      analysis.close();
    });
    it(`gives the same facts after an update as from the start (${backend})`, () => {
      const { analysis, path, texts } = open(source, backend);
      analysis.facts();
      const edited = texts
        .get(path("b.ts"))!
        .replace("g() {}", "g() { sw(); }\nexport class N { get v() { sw(); return 1; } }");
      analysis.update(new Map([[path("b.ts"), edited]]));
      const fresh = new Analysis(
        {
          root: analysis.root,
          files: [...texts.keys()],
          options: compilerOptions,
          texts: new Map([...texts, [path("b.ts"), edited]]),
        },
        { backend },
      );
      expect(analysis.facts()).toEqual(fresh.facts());
      analysis.close();
      fresh.close();
    });
  }
  it("reads one file when only a body changes, and its importers when what they see changes", () => {
    const { analysis, path, texts } = open(source);
    analysis.facts();
    const b = texts.get(path("b.ts"))!;
    expect(analysis.update(new Map([[path("b.ts"), b.replace("g() {}", "g() { 1; }")]]))).toBe(1);
    expect(analysis.update(new Map([[path("b.ts"), b.replace("g() {}", "g() { 2; }")]]))).toBe(1);
    expect(
      analysis.update(
        new Map([[path("b.ts"), b.replace("f(): void", "f(): number").replace("g();", "g(); return 1;")]]),
      ),
    ).toBe(2);
    analysis.close();
  });
  it("reads the files that see a change through others", () => {
    const { analysis, path, texts } = open(`import { make } from "./b.ts"; export function a() { make().run(); }
// file: b.ts
import { C } from "./c.ts"; export function make(): C { return new C(); }
// file: c.ts
export class C { run(): void {} }
// file: d.ts
export const unrelated = 1;`);
    expect(plain(analysis, "a")).toBe(true);
    const c = texts.get(path("c.ts"))!;
    const base = "export class Base { run(): void { sw(); } }\n";
    const edited = `${base}${c.replace("export class C { run(): void {} }", "export class C extends Base {}")}`;
    expect(analysis.update(new Map([[path("c.ts"), edited]])), "main, b and c").toBe(3);
    expect(plain(analysis, "a")).toBe(false);
    analysis.close();
  });
  it("sees a file come and go", () => {
    const { analysis, path } = open('import { f } from "./later.ts"; export function a() { f(); }');
    expect(plain(analysis, "a"), "an import that leads nowhere").toBe(false);
    analysis.update(new Map([[path("later.ts"), "export function f(): void {}"]]));
    expect(plain(analysis, "a")).toBe(true);
    expect(Object.keys(analysis.facts().files)).toContain("later.ts");
    analysis.update(new Map([[path("later.ts"), undefined]]));
    expect(plain(analysis, "a")).toBe(false);
    analysis.close();
  });
});
