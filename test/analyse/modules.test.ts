import { describe, expect, it } from "vitest";
import { snippet } from "./claims.ts";

describe("several files", () => {
  it("imports by name, default and namespace", () => {
    const s =
      snippet(`import d, { f, g as h } from "./b.ts"; import * as ns from "./b.ts"; function a() { f(); } function b() { h(); } function c() { d(); } function e() { ns.f(); } function e2() { ns.g(); }
// file: b.ts
export function f() { sw(); } export function g() {} export default function dd() { sw(); }`);
    s.maySwitch("a", "c", "e");
    s.plain("b", "e2");
    s.reason("a", "f");
  });
  it("a default export that is an expression", () => {
    const s = snippet(`import d from "./b.ts"; function a() { d(); }
// file: b.ts
export default () => { sw(); };`);
    s.maySwitch("a");
  });
  it("re-exports and barrel files", () => {
    const s =
      snippet(`import { f, g, q } from "./index.ts"; function a() { f(); } function b() { g(); } function c() { q.f(); }
// file: index.ts
export * from "./b.ts"; export { plainOne as g } from "./b.ts"; export * as q from "./b.ts";
// file: b.ts
export function f() { sw(); } export function plainOne() {}`);
    s.maySwitch("a", "c");
    s.plain("b");
  });
  it("a cycle of modules", () => {
    const s =
      snippet(`import { f } from "./b.ts"; export function a(n: number): void { if (n) f(n - 1); } export function leaf() { sw(); }
// file: b.ts
import { a, leaf } from "./main.ts"; export function f(n: number): void { a(n); leaf(); }`);
    s.maySwitch("a", "f");
  });
  it("a variable exported and assigned elsewhere", () => {
    const s = snippet(`import { hook, setHook } from "./b.ts"; setHook(sw); function a() { hook(); }
// file: b.ts
export let hook = () => {}; export function setHook(f: () => void) { hook = f; }`);
    s.maySwitch("a");
    s.plain("setHook");
  });
  it("a class extended in another file", () => {
    const s = snippet(`import { A, use } from "./b.ts"; class B extends A { override x() { sw(); } } use(new B());
// file: b.ts
export class A { x() {} } export function use(a: A) { a.x(); }`);
    s.maySwitch("use");
  });
  it("an interface implemented in another file", () => {
    const s = snippet(`import { run } from "./b.ts"; run({ go() { sw(); } });
// file: b.ts
export interface Goer { go(): void } export function run(g: Goer) { g.go(); }`);
    s.maySwitch("run");
  });
  it("module augmentation", () => {
    const s =
      snippet(`import { A } from "./b.ts"; declare module "./b.ts" { interface A { extra(): void } } A.prototype.extra = function () { sw(); }; function a(o: A) { o.extra(); } function b(o: A) { o.x(); }
// file: b.ts
export class A { x() {} }`);
    s.maySwitch("a");
    s.plain("b");
  });
  it("dynamic import", () => {
    const s =
      snippet(`async function a() { const m = await import("./b.ts"); m.f(); } async function b() { const { g } = await import("./b.ts"); g(); }
// file: b.ts
export function f() { sw(); } export function g() {}`);
    s.maySwitch("a");
    s.plain("b");
  });
  it("type-only imports run nothing", () => {
    const s = snippet(`import type { A } from "./b.ts"; function a(o: A) { return o.n; }
// file: b.ts
export class A { n = 1; x() { sw(); } }`);
    s.plain("a");
  });
  it("an import that leads nowhere counts as anything", () => {
    const s = snippet(`import { f } from "./missing.ts"; function a() { f(); }`);
    s.maySwitch("a");
  });
  it("require with types, in JavaScript", () => {
    const s = snippet(
      `const { f } = require("./c.cjs"); const c = require("./c.cjs"); function a() { f(); } function b() { c.g(); } function d() { c.f(); }
// file: c.cjs
const p = require("./prelude.ts"); function f() { p.sw(); } function g() {} exports.f = f; exports.g = g; exports.h = () => {};`,
      { first: "main.cjs", compiler: { allowJs: true, module: 199, moduleResolution: 99 } },
    );
    s.maySwitch("a", "d");
    s.plain("b");
  });
  it("module.exports as a function", () => {
    const s = snippet(
      `const f = require("./c.cjs"); function a() { f(); }
// file: c.cjs
const p = require("./prelude.ts"); module.exports = function () { p.sw(); };`,
      { first: "main.cjs", compiler: { allowJs: true, module: 199, moduleResolution: 99 } },
    );
    s.maySwitch("a");
  });
});

describe("JavaScript", () => {
  const js = { first: "main.js", compiler: { allowJs: true } } as const;
  it("functions without types", () => {
    const s = snippet(`import { sw } from "./prelude.ts"; function a() { sw(); } function b(x) { return x + 1; }`, js);
    s.maySwitch("a");
    s.plain("b");
  });
  it("an untyped callback is followed", () => {
    const s = snippet(
      `import { sw } from "./prelude.ts"; function each(xs, f) { for (let i = 0; i < xs.length; i++) f(xs[i]); } function a() { each([1], () => sw()); } function b() { each([1], () => {}); }`,
      js,
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("a method of an untyped parameter may be any member of that name", () => {
    const s = snippet(`function a(x) { x.run(); }`, js);
    s.maySwitch("a");
    s.reason("a", "a value of type `any`");
  });
  it("classes, with fields assigned in the constructor", () => {
    const s = snippet(
      `import { sw } from "./prelude.ts"; class A { constructor() { this.f = () => sw(); this.g = () => {}; } run() { this.f(); } idle() { this.g(); } }`,
      js,
    );
    s.maySwitch("A#run");
    s.plain("A#idle");
  });
});

describe("dependencies", () => {
  it("a function of an uncompiled package is plain, unless it is given a callback that may switch", () => {
    const s = snippet(
      `import { each, now } from "foreign"; function a() { now(); each([1], () => {}); } function b() { each([1], () => sw()); }`,
    );
    s.plain("a");
    s.maySwitch("b");
    expect(s.facts.files["main.ts"]!.foreign).toMatchObject([
      { callee: "each", reason: { text: "(callback of each)" } },
    ]);
  });
  it("callbacks inside an options object", () => {
    const s = snippet(
      `import { open } from "foreign"; function a() { open({ onData() { sw(); } }); } function b() { open({ name: "x" }); }`,
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("an object that implements the package's interface", () => {
    const s = snippet(
      `import { use } from "foreign"; class P { setup() { sw(); } teardown() {} } function a(p: P) { use(p); }`,
    );
    s.maySwitch("a");
  });
  it("listeners kept by an emitter", () => {
    const s = snippet(
      `import { Emitter } from "foreign"; const e = new Emitter(); e.on("x", () => sw()); function a() { e.emit("x"); }`,
    );
    s.maySwitch("a");
  });
  it("overriding a method of the package's class", () => {
    const s = snippet(
      `import { Base } from "foreign"; class D extends Base { override hook() { sw(); } } function a(b: Base) { b.hook(); } function c(d: D) { d.hook(); }`,
    );
    s.maySwitch("a", "c");
  });
  it("a result of type any may be anything", () => {
    const s = snippet(
      `import { load } from "foreign"; const h: () => void = load(); function a() { h(); } function b() { load().x.y(); } const n: number = load(); function c() { return n + 1; }`,
    );
    s.maySwitch("a", "b");
    s.plain("c");
  });
  it("a compiled package's manifest says what switches", () => {
    const s = snippet(
      `import { query, escape, retry, Pool } from "compiled"; function a() { query("x"); } function b() { escape("x"); } function c(p: Pool) { p.acquire(); } function d(p: Pool) { p.release("x"); return p.size; } function e() { retry(1, () => sw()); } function f() { retry(1, () => 1); }`,
    );
    s.maySwitch("a", "c", "e");
    s.plain("b", "d", "f");
    s.reason("c", "wait");
    expect(s.facts.files["main.ts"]!.foreign).toEqual([]);
  });
  it("Greenlet behind an interface of one's own", () => {
    const s = snippet(
      `interface Switcher { switch(...v: unknown[]): unknown } function a(x: Switcher) { x.switch(); } a(new Greenlet(() => {}));`,
    );
    s.maySwitch("a");
  });
  it("a subclass of Greenlet", () => {
    const s = snippet(`class G extends Greenlet { go() { this.switch(); } } function a(g: G) { g.go(); g.switch(); }`);
    s.maySwitch("G#go", "a");
  });
  it("Greenlet#switch as a value", () => {
    const s = snippet(
      `function a(g: Greenlet) { const f = g.switch; f(); } function b(g: Greenlet) { [1].map(g.switch); } function c(g: Greenlet) { g.switch.bind(g); }`,
    );
    s.maySwitch("a", "b");
    s.plain("c");
  });
});

describe("where types say nothing", () => {
  it("any, Function and unknown", () => {
    const s = snippet(
      "function a(x: any) { x(); } function b(x: Function) { x(); } function c(x: any) { x.y.z(); } function d(x: any) { return x.y; } function e(x: unknown) { return typeof x; } function f(x: any) { new x(); } function g(x: any) { x`t`; }",
    );
    s.maySwitch("a", "b", "c", "f", "g");
    s.plain("d", "e");
    s.reason("a", "a value of type `any`");
  });
  it("casts from any and unknown", () => {
    const s = snippet(
      "function a(x: unknown) { (x as () => void)(); } function b(x: any) { (x as () => void)(); } function c(x: unknown) { const f = x as () => void; f(); } function d(f: () => void) { (f as () => undefined)(); } function e() { d(() => {}); }",
    );
    s.maySwitch("a", "b", "c");
    s.plain("d", "e");
  });
  it("narrowing unknown to a function", () => {
    const s = snippet("function a(x: unknown) { if (typeof x === 'function') x(); }");
    s.maySwitch("a");
  });
  it("a type predicate keeps the value's way", () => {
    const s = snippet(
      "function isF(x: unknown): x is () => void { return typeof x === 'function'; } function a(x: unknown) { if (isF(x)) x(); } a(sw); function b(x: unknown) { if (isF(x)) x(); } b(1);",
    );
    s.maySwitch("a");
    s.plain("b", "isF");
  });
  it("methods called through any, by name", () => {
    const s = snippet("class A { each(f: () => void) { f(); } } function a(x: any) { x.each(sw); }");
    s.maySwitch("A#each", "a");
  });
  it("properties written through any, by name", () => {
    const s = snippet("class A { f = () => {}; run() { this.f(); } } function a(x: any) { x.f = sw; }");
    s.maySwitch("A#run");
    s.plain("a");
  });
  it("JSON.parse", () => {
    const s = snippet(
      "function a() { const o = JSON.parse('{}'); o.f(); } function b() { const o: { n: number } = JSON.parse('{}'); return o.n; }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("eval and new Function", () => {
    const s = snippet("function a() { eval('1'); eval('f')(); } function b() { new Function('return 1')(); }");
    s.maySwitch("a", "b");
  });
  it("arguments", () => {
    const s = snippet("function a() { arguments[0](); }");
    s.maySwitch("a");
  });
  it("Object.entries, values and fromEntries carry functions", () => {
    const s = snippet(
      "const o = { f: sw }; function a() { for (const f of Object.values(o)) f(); } function b() { for (const [, f] of Object.entries(o)) f(); } function c() { Object.fromEntries([['k', sw]])['k']!(); }",
    );
    s.maySwitch("a", "b", "c");
  });
  it("Object.assign, structuredClone and spread keep containers", () => {
    const s = snippet(
      "const o: Record<string, () => void> = Object.assign({}, { f: sw }); function a() { o['f']!(); } const q: Record<string, () => void> = { ...o }; function b() { q['f']!(); }",
    );
    s.maySwitch("a", "b");
  });
});

describe("a lie to the types is outside what the analysis promises", () => {
  it("a function hidden behind a cast to a number is called plain", () => {
    const s = snippet(
      "function take(n: number) { return (n as unknown as { call?: () => void }).call; } function a() { take(sw as unknown as number); }",
    );
    s.plain("a");
  });
});
