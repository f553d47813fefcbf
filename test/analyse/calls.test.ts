import { describe, it } from "vitest";
import { snippet } from "./claims.ts";

describe("direct calls", () => {
  it("a function that switches may switch, one that does not is plain", () => {
    const s = snippet("function a() { sw(); } function b() { return 1 + 1; }");
    s.maySwitch("a");
    s.plain("b");
    s.reason("a", "sw");
    s.points(["sw()"]);
  });
  it("callers of callers may switch, callees may not", () => {
    const s = snippet("function a() { b(); c(); } function b() { sw(); } function c() {}");
    s.maySwitch("a", "b");
    s.plain("c");
    s.reason("a", "b");
    s.points(["b()", "sw()"]);
  });
  it("Greenlet#switch and #throw are the roots", () => {
    const s = snippet(
      "function a(g: Greenlet) { g.switch(1); } function b(g: Greenlet) { g.throw(); } function c(g: Greenlet) { return g.dead; }",
    );
    s.maySwitch("a", "b");
    s.plain("c");
    s.reason("a", "Greenlet#switch");
    s.reason("b", "Greenlet#throw");
    s.points(["g.switch(1)", "g.throw()"]);
  });
  it("a cycle without a switch is plain, one with a switch is not", () => {
    const s = snippet(
      "function a(n: number) { if (n) b(n - 1); } function b(n: number) { a(n); } function c(n: number) { if (n) d(n - 1); } function d(n: number) { c(n); sw(); }",
    );
    s.plain("a", "b");
    s.maySwitch("c", "d");
  });
  it("recursion", () => {
    const s = snippet(
      "function walk(n: number): void { if (n === 0) sw(); else walk(n - 1); } function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2); }",
    );
    s.maySwitch("walk");
    s.plain("fib");
  });
  it("arrow functions and function expressions in constants", () => {
    const s = snippet(
      "const a = () => sw(); const b = function () { sw(); }; const c = () => 1; function d() { a(); } function e() { b(); } function f() { c(); }",
    );
    s.maySwitch("a", "b", "d", "e");
    s.plain("c", "f");
  });
  it("a function called where it is written", () => {
    const s = snippet("function a() { (() => { sw(); })(); } function b() { (() => 1)(); }");
    s.maySwitch("a");
    s.plain("b");
  });
  it("a nested function does not make the one around it switch", () => {
    const s = snippet(
      "function outer() { function inner() { sw(); } return inner; } function user() { outer(); } function caller() { outer()(); }",
    );
    s.plain("outer", "user");
    s.maySwitch("inner", "caller");
  });
  it("optional calls", () => {
    const s = snippet(
      "function a(f?: () => void) { f?.(); } a(sw); function b(o?: { f(): void }) { o?.f(); } b({ f() { sw(); } }); function c(f?: () => void) { f?.(); } c(() => {});",
    );
    s.maySwitch("a", "b");
    s.plain("c");
    s.point("f?.()");
    s.point("o?.f()");
  });
  it("conditional, logical and comma callees", () => {
    const s = snippet(
      "const p = () => {}; function a(x: boolean) { (x ? sw : p)(); } function b(x?: () => void) { (x ?? sw)(); } function c(x: boolean) { (x ? p : p)(); } function d() { (0, sw)(); }",
    );
    s.maySwitch("a", "b", "d");
    s.plain("c");
  });
  it("call, apply and bind", () => {
    const s = snippet(
      "function a() { sw.call(null); } function b() { sw.apply(null, []); } function c() { sw.bind(null)(); } function p() {} function d() { p.call(null); p.apply(null, []); p.bind(null)(); } function e() { sw.bind(null); }",
    );
    s.maySwitch("a", "b", "c");
    s.plain("d", "e");
  });
  it("Reflect.apply and Reflect.construct", () => {
    const s = snippet(
      "class C { constructor() { sw(); } } function a() { Reflect.apply(sw, null, []); } function b() { Reflect.construct(C, []); } function c() { Reflect.apply(Math.max, null, [1]); }",
    );
    s.maySwitch("a", "b");
    s.plain("c");
  });
  it("the module's own code", () => {
    const s = snippet("sw();");
    s.maySwitch("(module)");
    s.points(["sw()"]);
  });
  it("overloads", () => {
    const s = snippet(
      "function a(x: string): void; function a(x: number): void; function a(_x: unknown) { sw(); } function b(x: string): void; function b(x: number): void; function b(_x: unknown) {} function c() { a(1); } function d() { b(1); }",
    );
    s.maySwitch("a", "c");
    s.plain("b", "d");
  });
  it("type arguments, non-null, satisfies and parentheses do not hide a callee", () => {
    const s = snippet(
      "function id<T>(x: T): T { sw(); return x; } function a() { id<number>(1); } function b() { (sw)(); } function c() { sw!(); } function d() { (sw satisfies () => void)(); }",
    );
    s.maySwitch("a", "b", "c", "d");
  });
  it("only calls that may switch are points", () => {
    const s = snippet("function a() { Math.max(1, 2); sw(); parseInt('1'); [1].join(); }");
    s.points(["sw()"]);
  });
});

describe("function values", () => {
  it("a variable that may hold a function that switches", () => {
    const s = snippet(
      "let f = () => {}; function set() { f = sw; } function a() { f(); } let g = () => {}; function b() { g(); }",
    );
    s.maySwitch("a");
    s.plain("b", "set");
  });
  it("a reassigned function declaration", () => {
    const s = snippet("function f() {} f = sw; function a() { f(); }");
    s.maySwitch("a");
  });
  it("functions in an array", () => {
    const s = snippet(
      "const list = [() => {}, sw]; function a() { list[0]!(); } const others = [() => {}]; function b() { others[0]!(); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("pushed into an array through another name", () => {
    const s = snippet(
      "const list: (() => void)[] = []; const same = list; same.push(sw); function a() { for (const f of list) f(); }",
    );
    s.maySwitch("a");
  });
  it("in a Map, and out of it again", () => {
    const s = snippet(
      "const m = new Map<string, () => void>(); m.set('a', sw); function a() { m.get('a')!(); } const n = new Map<string, () => void>(); n.set('a', () => {}); function b() { n.get('a')!(); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("in a Set, iterated", () => {
    const s = snippet(
      "const m = new Set<() => void>(); m.add(sw); function a() { for (const f of m) f(); } function b() { m.forEach((f) => f()); }",
    );
    s.maySwitch("a", "b");
  });
  it("in a Map's values", () => {
    const s = snippet(
      "const m = new Map<string, () => void>([['a', sw]]); function a() { for (const f of m.values()) f(); } function b() { for (const [, f] of m) f(); }",
    );
    s.maySwitch("a", "b");
  });
  it("a table of functions with constant keys", () => {
    const s = snippet(
      "const table = { a: sw, z: () => {} }; function a() { table.a(); } function b() { table.z(); } function c(k: 'a' | 'z') { table[k](); }",
    );
    s.maySwitch("a", "c");
    s.plain("b");
  });
  it("a dictionary", () => {
    const s = snippet(
      "const d: Record<string, () => void> = {}; d['x'] = sw; function a(k: string) { d[k]!(); } const e: Record<string, () => void> = {}; e['x'] = () => {}; function b(k: string) { e[k]!(); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("a dictionary made of an object with known members", () => {
    const s = snippet(
      "const o = { x: () => {} }; o.x = sw; const d: Record<string, () => void> = o; function a(k: string) { d[k]!(); }",
    );
    s.maySwitch("a");
  });
  it("returned from a function", () => {
    const s = snippet(
      "function make() { return sw; } function a() { make()(); } function plainMake() { return () => {}; } function b() { plainMake()(); }",
    );
    s.maySwitch("a");
    s.plain("b", "make");
  });
  it("returned from a method called through an interface", () => {
    const s = snippet(
      "interface M { make(): () => void } class A implements M { make() { return sw; } } function a(m: M) { m.make()(); } a(new A());",
    );
    s.maySwitch("a");
  });
  it.each([
    "const list = [inner]; function a() { list.map((f) => f(sw)); }",
    "const list = [inner]; function a() { list.reduce((n, f) => { f(sw); return n; }, 0); }",
    'const map = new Map([["k", inner]]); function a() { map.forEach((f) => f(sw)); }',
    "const list = [inner]; function a() { for (const f of list) f(sw); }",
    "const list = [inner]; const visit = (f: typeof inner) => f(sw); function a() { list.forEach(visit); }",
  ])("handed to a function in a collection by a callback: %s", (text) => {
    const s = snippet(`const inner = (g: () => void) => { g(); }; ${text}`);
    s.maySwitch("a", "inner");
    s.point("g()");
  });
  it("a callback gets what is in the collection, not what it returned before", () => {
    const s = snippet(
      "const list = [() => {}]; function a() { return list.map((f) => { f(); return sw; }); } function b() { for (const f of a()) f(); }",
    );
    s.plain("a");
    s.maySwitch("b");
  });
  it("a value whose type is no function only holds what was put into it", () => {
    const s = snippet(
      "interface Row { [key: string]: unknown } const rows: ((row: Row) => string)[] = [(row) => String(row.f)]; function a() { return rows.map((f) => f({ f: sw })); }",
    );
    s.plain("a");
  });
  it("a copy made by spread is another object", () => {
    const s = snippet(
      "const base: Record<string, () => void> = { f: () => {} }; function a() { const copy = { ...base }; copy.g = sw; copy.g(); } function b() { base.f!(); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("the library's constructors keep nothing", () => {
    const s = snippet(
      "const f = Object.entries({ sw }); function a() { for (const [, g] of f) g(); } function b() { for (const [, g] of Object.entries({ n: () => {} })) g(); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("iterators of collections run nothing of what is inside", () => {
    const s = snippet(
      "const list = [sw]; function a() { let n = 0; for (const [i] of list.entries()) n += i; return n; } function b() { for (const [, f] of list.entries()) f(); }",
    );
    s.plain("a");
    s.maySwitch("b");
  });
  it("a list cast from unknown: what is in it may be anything, the list is a list", () => {
    const s = snippet(
      "function a(x: unknown) { let n = 0; for (const [i] of (x as unknown[]).entries()) n += i; return n; } function b(x: unknown) { for (const f of x as (() => void)[]) f(); }",
    );
    s.plain("a");
    s.maySwitch("b");
  });
  it("returned through two calls of function values", () => {
    const s = snippet("const outer = () => () => sw; function a(f: () => () => () => void) { f()()(); } a(outer);");
    s.maySwitch("a");
  });
  it("passed through a promise", () => {
    const s = snippet(
      "async function get() { return sw; } async function a() { const f = await get(); f(); } async function getPlain() { return () => {}; } async function b() { const f = await getPlain(); f(); }",
    );
    s.maySwitch("a");
    s.plain("b", "get", "getPlain");
  });
  it("resolved by a promise executor", () => {
    const s = snippet("async function a() { const f = await new Promise<() => void>((resolve) => resolve(sw)); f(); }");
    s.maySwitch("a");
  });
  it("a class passed as a value", () => {
    const s = snippet(
      "class C { constructor() { sw(); } } class D {} function make(K: new () => object) { return new K(); } function a() { make(C); } function b() { make(D); }",
    );
    s.maySwitch("a", "make");
    s.plain("b");
  });
  it("default values of parameters", () => {
    const s = snippet(
      "function a(f = sw) { f(); } function b(f = () => {}) { f(); } function c() { a(); } function d() { b(); }",
    );
    s.maySwitch("a", "c");
    s.plain("b", "d");
  });
  it("a default value is an expression of the function itself", () => {
    const s = snippet("function val() { sw(); return 1; } function a(_x = val()) {} function b() { a(); }");
    s.maySwitch("a", "b");
  });
  it("rest and spread", () => {
    const s = snippet(
      "function a(...fs: (() => void)[]) { fs[0]!(); } function b(...fs: (() => void)[]) { a(...fs); } b(sw); function c(...fs: (() => void)[]) { fs[0]!(); } c(() => {});",
    );
    s.maySwitch("a", "b");
    s.plain("c");
  });
  it("spread into positional parameters", () => {
    const s = snippet(
      "function a(x: () => void, y: () => void) { y(); } const fs: [() => void, () => void] = [() => {}, sw]; a(...fs);",
    );
    s.maySwitch("a");
  });
  it("destructured from an object", () => {
    const s = snippet(
      "const o = { f: sw, g: () => {} }; const { f, g: h } = o; function a() { f(); } function b() { h(); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("destructured parameters, with defaults", () => {
    const s = snippet(
      "function a({ f }: { f: () => void }) { f(); } a({ f: sw }); function b({ f = sw }: { f?: () => void }) { f(); } b({}); function c({ f = () => {} }: { f?: () => void; other: number }) { f(); } c({ other: 1 });",
    );
    s.maySwitch("a", "b");
  });
  it("destructured from an array and nested patterns", () => {
    const s = snippet(
      "const [f] = [sw]; function a() { f!(); } const { x: [g] } = { x: [sw] }; function b() { g!(); } const { ...rest } = { k: sw }; function c() { rest.k(); }",
    );
    s.maySwitch("a", "b", "c");
  });
  it("assigned by destructuring", () => {
    const s = snippet(
      "let f = () => {}; let g = () => {}; ({ f } = { f: sw }); [g] = [sw]; function a() { f(); } function b() { g(); }",
    );
    s.maySwitch("a", "b");
  });
  it("logical assignment", () => {
    const s = snippet(
      "let f: (() => void) | undefined; f ??= sw; function a() { f!(); } let g: (() => void) | undefined; g ||= () => {}; function b() { g!(); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("builtins as values are plain", () => {
    const s = snippet(
      "function a(xs: string[]) { return xs.map(Number).filter(Boolean); } function b(f: (x: string) => number) { return f('1'); } b(parseInt);",
    );
    s.plain("a", "b");
  });
});
