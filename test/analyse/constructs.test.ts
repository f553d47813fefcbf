import { describe, it } from "vitest";
import { snippet } from "./claims.ts";

describe("iteration", () => {
  it("arrays, strings, maps and sets are plain", () => {
    const s = snippet(
      "function a(xs: number[], t: string, m: Map<string, number>) { for (const x of xs) x; for (const c of t) c; for (const [k] of m) k; return [...xs, ...t, ...m]; }",
    );
    s.plain("a");
  });
  it("a generator that switches: making it is plain, advancing it is not", () => {
    const s = snippet(
      "function* g() { sw(); yield 1; } function a() { return g(); } function b() { for (const x of g()) x; } function c() { g().next(); }",
    );
    s.maySwitch("g", "b", "c");
    s.plain("a");
    s.point("for (const x of g()) x;", "iterate");
  });
  it("a generator whose parameters switch: making it may switch", () => {
    const s = snippet(
      "function* g(x = sw()) { yield x; } function a() { return g(); } function b() { return [...g(1)]; } class K { *m({ y = sw() }: { y?: unknown }) { yield y; } } function c(k: K) { return k.m({}); } async function* h(x = sw()) { yield x; } function d() { return h(); }",
    );
    s.maySwitch("a", "b", "c");
    s.point("g()");
    s.point("k.m({})");
  });
  it("a generator that does not switch", () => {
    const s = snippet("function* g() { yield 1; } function b() { for (const x of g()) x; g().next(); [...g()]; }");
    s.plain("g", "b");
  });
  it("spread, array patterns, yield* and Array.from advance", () => {
    const s = snippet(
      "function* g() { sw(); yield 1; } function a() { return [...g()]; } function b() { const [x] = g(); return x; } function* c() { yield* g(); } function d() { return Array.from(g()); } function e() { return Math.max(...g()); } function f() { return new Set(g()); }",
    );
    s.maySwitch("a", "b", "c", "d", "e", "f");
    s.point("...g()", "iterate");
    s.point("[x]", "iterate");
    s.point("yield* g()", "iterate");
  });
  it("an iterable class", () => {
    const s = snippet(
      "class A { *[Symbol.iterator]() { sw(); yield 1; } } class B { private n = 1; *[Symbol.iterator]() { yield this.n; } } function a(o: A) { for (const x of o) x; } function b(o: B) { for (const x of o) x; }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("an iterator written by hand", () => {
    const s = snippet(
      "class It { next() { sw(); return { done: true as const, value: 1 }; } } class A { [Symbol.iterator]() { return new It(); } } function a(o: A) { for (const x of o) x; }",
    );
    s.maySwitch("a");
  });
  it("iterator.return runs when a loop is left", () => {
    const s = snippet(
      "class It { next() { return { done: false as const, value: 1 }; } return() { sw(); return { done: true as const, value: undefined }; } } class A { [Symbol.iterator]() { return new It(); } } function a(o: A) { for (const x of o) break; }",
    );
    s.maySwitch("a");
  });
  it("an iterable behind the Iterable interface", () => {
    const s = snippet(
      "class A { *[Symbol.iterator]() { sw(); yield 1; } } function a(o: Iterable<number>) { for (const x of o) x; } a(new A());",
    );
    s.maySwitch("a");
  });
  it("a generator handed through a parameter", () => {
    const s = snippet(
      "function* g() { sw(); yield 1; } function a(o: Iterable<number>) { for (const x of o) x; } a(g()); function b(o: Iterable<number>) { for (const x of o) x; } b([1]);",
    );
    s.maySwitch("a");
  });
  it("iterator helpers", () => {
    const s = snippet(
      "function* g() { yield 1; } function a() { return g().map(() => sw()).toArray(); } function b() { return g().map((x) => x).toArray(); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("functions yielded by a generator", () => {
    const s = snippet(
      "function* g() { yield sw; } function a() { for (const f of g()) f(); } function* h() { yield () => {}; } function b() { for (const f of h()) f(); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("functions sent into a generator", () => {
    const s = snippet(
      "function* g(): Generator<void, void, () => void> { const f = yield; f(); } function a() { const it = g(); it.next(); it.next(sw); }",
    );
    s.maySwitch("g", "a");
  });
  it("async iteration", () => {
    const s = snippet(
      "async function* g() { sw(); yield 1; } async function a() { for await (const x of g()) x; } async function b(xs: AsyncIterable<number>) { for await (const x of xs) x; }",
    );
    s.maySwitch("a", "g");
  });
  it("a union of iterables", () => {
    const s = snippet(
      "class A { *[Symbol.iterator]() { sw(); yield 1; } } function a(o: A | number[]) { for (const x of o) x; }",
    );
    s.maySwitch("a");
  });
  it("destructured loop variables", () => {
    const s = snippet("const jobs = [{ run: sw }]; function a() { for (const { run } of jobs) run(); }");
    s.maySwitch("a");
  });
  it("a loop over any", () => {
    const s = snippet("function a(x: any) { for (const y of x) y; }");
    s.maySwitch("a");
  });
});

describe("classes", () => {
  it("constructors", () => {
    const s = snippet(
      "class A { constructor() { sw(); } } class B {} function a() { new A(); } function b() { new B(); }",
    );
    s.maySwitch("A", "A#constructor", "a");
    s.plain("B", "b");
    s.point("new A()", "new");
  });
  it("inherited constructors and super calls", () => {
    const s = snippet(
      "class A { constructor() { sw(); } } class B extends A {} class C extends A { constructor() { super(); } } class D { constructor() {} } class E extends D {} function a() { new B(); } function b() { new C(); } function c() { new E(); }",
    );
    s.maySwitch("a", "b", "B", "C");
    s.plain("c", "E");
    s.point("super()", "call");
  });
  it("field initialisers", () => {
    const s = snippet(
      "function val() { sw(); return 1; } class A { x = val(); } class B { x = 1; } function a() { new A(); } function b() { new B(); }",
    );
    s.maySwitch("a", "A");
    s.plain("b", "B");
  });
  it("a field holding a function does not run it", () => {
    const s = snippet("class A { f = () => sw(); } function a() { new A(); } function b(o: A) { o.f(); }");
    s.plain("a", "A");
    s.maySwitch("b");
  });
  it("static fields and blocks run where the class is defined", () => {
    const s = snippet(
      "function val() { sw(); return 1; } function a() { return class { static x = val(); }; } function b() { class K { static { sw(); } } return new K(); } function c() { class K2 { static x = 1; } return K2; }",
    );
    s.maySwitch("a", "b");
    s.plain("c");
  });
  it("computed member names run where the class is defined", () => {
    const s = snippet("function key() { sw(); return 'k'; } function a() { return class { [key()]() {} }; }");
    s.maySwitch("a");
  });
  it("class expressions in variables", () => {
    const s = snippet(
      "const A = class { constructor() { sw(); } }; function a() { new A(); } const B = class { x() { sw(); } }; function b() { new B().x(); } function c() { new B(); }",
    );
    s.maySwitch("a", "b");
    s.plain("c");
  });
  it("mixins", () => {
    const s = snippet(
      "type K = new (...args: any[]) => object; function mix<B extends K>(Base: B) { return class extends Base { x() { sw(); } }; } class P {} class M extends mix(P) {} function a(m: M) { m.x(); }",
    );
    s.maySwitch("a");
    s.plain("mix");
  });
  it("extending a parameter whose constructor switches", () => {
    const s = snippet(
      "type K = new () => object; class P { constructor() { sw(); } } function mix(Base: K) { return class Mixed extends Base {}; } function a() { const M = mix(P); new M(); }",
    );
    s.maySwitch("a", "Mixed");
  });
  it("arguments of an inherited constructor", () => {
    const s = snippet(
      "class A { constructor(f: () => void) { f(); } } class B extends A {} function a() { new B(sw); } ",
    );
    s.maySwitch("a");
  });
  it("new.target, instanceof and typeof are plain", () => {
    const s = snippet("class A {} function a(o: unknown) { return o instanceof A && typeof o === 'object'; }");
    s.plain("a");
  });
});

describe("other constructs", () => {
  it("tagged templates", () => {
    const s = snippet(
      "function t(_s: TemplateStringsArray, ..._v: unknown[]) { sw(); } function p(_s: TemplateStringsArray) {} function a() { t`x${1}`; } function b() { p`x`; }",
    );
    s.maySwitch("a");
    s.plain("b");
    s.point("t`x${1}`", "tag");
  });
  it("functions inside a tagged template", () => {
    const s = snippet(
      "function t(_s: TemplateStringsArray, f: () => void) { f(); } function a() { t`${sw}`; } function b() { t`${() => {}}`; }",
    );
    s.maySwitch("a");
  });
  it("using", () => {
    const s = snippet(
      "class R { [Symbol.dispose]() { sw(); } } class Q { #q = 1; [Symbol.dispose]() { this.#q++; } } function a() { using _r = new R(); } function b() { using _q = new Q(); }",
    );
    s.maySwitch("a");
    s.plain("b");
    s.point("using _r = new R();", "using");
  });
  it("using through the Disposable interface", () => {
    const s = snippet(
      "class R { [Symbol.dispose]() { sw(); } } function a(d: Disposable) { using _r = d; } a(new R());",
    );
    s.maySwitch("a");
  });
  it("await using", () => {
    const s = snippet(
      "class R { async [Symbol.asyncDispose]() { sw(); } } async function a() { await using _r = new R(); }",
    );
    s.maySwitch("a");
  });
  it("decorators", () => {
    const s = snippet(
      "function dec(_c: unknown, _x: ClassDecoratorContext) { sw(); } function plainDec(_c: unknown, _x: ClassDecoratorContext) {} function a() { @dec class K1 {} return K1; } function b() { @plainDec class K2 {} return K2; }",
    );
    s.maySwitch("a");
    s.plain("b");
    s.point("@dec", "decorator");
  });
  it("method decorators made by a call", () => {
    const s = snippet(
      "function dec() { return (_f: unknown, _c: ClassMethodDecoratorContext) => { sw(); }; } function a() { class K { @dec() m() {} } return K; }",
    );
    s.maySwitch("a");
  });
  it("JSX components", () => {
    const jsx =
      "declare namespace JSX { interface Element {} interface IntrinsicElements { div: {} } interface ElementChildrenAttribute { children: {} } } declare const React: { createElement(...args: unknown[]): JSX.Element };";
    const s = snippet(
      `${jsx} function Slow(_p: {}) { sw(); return null!; } function Fast(_p: {}) { return null!; } function a() { return <Slow/>; } function b() { return <Fast/>; } function c() { return <div/>; } function d() { return <Slow></Slow>; }`,
      { first: "main.tsx", compiler: { jsx: 2 } },
    );
    s.maySwitch("a", "d");
    s.plain("b", "c");
    s.point("<Slow/>", "jsx");
  });
  it("JSX attributes that are functions", () => {
    const jsx =
      "declare namespace JSX { interface Element {} } declare const React: { createElement(...args: unknown[]): JSX.Element };";
    const s = snippet(
      `${jsx} function Each(p: { f: () => void }) { p.f(); return null!; } function a() { return <Each f={sw}/>; }`,
      { first: "main.tsx", compiler: { jsx: 2 } },
    );
    s.maySwitch("a", "Each");
  });
  it("template literals and operators that convert an object", () => {
    const s = snippet(
      "class A { toString() { sw(); return ''; } } class B { valueOf() { sw(); return 1; } } function a(o: A) { return `${o}`; } function b(o: B) { return +o + 1; } function c(x: string) { return `${x}` + x; }",
    );
    s.maySwitch("a", "b");
    s.plain("c");
    s.point("`${o}`", "coerce");
  });
  it("=== and !== convert nothing, nor do typeof, !, in and the logical operators", () => {
    const s = snippet(
      `class A { toString() { sw(); return ''; } valueOf() { sw(); return 1; } [Symbol.toPrimitive]() { sw(); return 1; } }
       function a(o: A, p: A) { return o === p || o !== p || typeof o === "object" || !o || "x" in o; }
       function b(o: A, p: A) { return o && p; } function c(o: A, p: A | undefined) { let q = p; q ??= o; q = p ?? o; return void q; }`,
    );
    s.plain("a", "b", "c");
  });
  it("instanceof asks a [Symbol.hasInstance] of our own, and nothing else", () => {
    const s = snippet(
      `class A { toString() { sw(); return ''; } } class B { static [Symbol.hasInstance](_o: unknown) { sw(); return true; } }
       function a(o: A) { return o instanceof A; } function b(o: A) { return o instanceof B; }`,
    );
    s.plain("a");
    s.maySwitch("b");
    s.point("o instanceof B", "coerce");
  });
  it("compound assignment converts as its operator does", () => {
    const s = snippet(
      "class A { toString() { sw(); return ''; } } function a(o: A) { let t = ''; t += o; return t; } function b(o: A, p: A) { let q = o; q ||= p; q = p; return q; }",
    );
    s.maySwitch("a");
    s.plain("b");
    s.point("t += o", "coerce");
  });
  it("a member named by a well-known symbol is that member, not any", () => {
    const s = snippet(
      `class A { close() { sw(); } text() { return ''; } declare [Symbol.dispose]: () => void; }
       A.prototype[Symbol.dispose] = A.prototype.close;
       function a(o: A) { return o.text(); } function b(o: A) { o[Symbol.dispose](); } function c(o: A) { using held = o; return held.text(); }
       const list = { *[Symbol.iterator]() { sw(); yield 1; } }; function d() { list[Symbol.iterator]().next(); } function e() { list[Symbol.iterator](); }`,
    );
    s.plain("a", "e");
    s.maySwitch("b", "c", "d");
  });
  it("async functions", () => {
    const s = snippet("async function a() { sw(); } async function b() { await a(); } async function c() { await 1; }");
    s.maySwitch("a", "b");
    s.plain("c");
  });
  it("try, catch and finally", () => {
    const s = snippet(
      "function a() { try { sw(); } finally {} } function b() { try {} catch { sw(); } } function c() { try {} finally { sw(); } } function d() { try {} finally {} }",
    );
    s.maySwitch("a", "b", "c");
    s.plain("d");
  });
  it("a caught value can be anything", () => {
    const s = snippet("function a() { try {} catch (e) { (e as () => void)(); } }");
    s.maySwitch("a");
  });
  it("labels, switches and loops", () => {
    const s = snippet(
      "function a(x: number) { l: for (;;) { switch (x) { case 1: sw(); break l; } } } function b(x: number) { while (x--) { if (x) continue; } }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("enums and namespaces", () => {
    const s = snippet(
      "enum E { A = 1 } namespace N { export function x() { sw(); } export const y = () => {}; export namespace M { export function z() { sw(); } } } function a() { N.x(); } function b() { N.y(); return E.A; } function c() { N.M.z(); }",
    );
    s.maySwitch("a", "c");
    s.plain("b");
  });
  it("a namespace merged with a function", () => {
    const s = snippet(
      "function f() {} namespace f { export function g() { sw(); } } function a() { f(); } function b() { f.g(); }",
    );
    s.plain("a");
    s.maySwitch("b");
  });
  it("a property added to a function", () => {
    const s = snippet(
      "function f() {} f.g = sw; f.h = () => {}; function a() { f.g(); } function b() { f.h(); } function c() { f(); }",
    );
    s.maySwitch("a");
    s.plain("b", "c");
  });
  it("interface merging", () => {
    const s = snippet(
      "interface I { x(): void } interface I { y(): void } class A implements I { x() {} y() { sw(); } } function a(i: I) { i.y(); } function b(i: I) { i.x(); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("Proxy handlers are callbacks of foreign code", () => {
    const s = snippet("function a() { return new Proxy({}, { get() { sw(); return 1; } }); }");
    s.maySwitch("a");
  });
});
