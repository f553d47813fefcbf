import { describe, it } from "vitest";
import { snippet } from "./claims.ts";

describe("callbacks", () => {
  it("a builtin that calls its callback is a point when the callback may switch", () => {
    const s = snippet(
      "function a(xs: number[]) { xs.map(() => sw()); } function b(xs: number[]) { xs.map((x) => x + 1); }",
    );
    s.maySwitch("a");
    s.plain("b");
    s.point("xs.map(() => sw())");
    s.reason("a", "(callback of map)");
  });
  it("every kind of builtin with a callback", () => {
    for (const call of [
      "[1].forEach(() => sw())",
      "[1].filter(() => { sw(); return true; })",
      "[1].reduce((a) => { sw(); return a; })",
      "[1].sort(() => { sw(); return 0; })",
      "[1].flatMap(() => { sw(); return []; })",
      "Array.from([1], () => sw())",
      "new Map().forEach(() => sw())",
      "new Set().forEach(() => sw())",
      "'a'.replace(/a/, () => { sw(); return ''; })",
      "JSON.parse('1', () => sw())",
      "JSON.stringify({}, () => sw())",
      "new Promise(() => sw())",
      "Object.groupBy([1], () => { sw(); return 'a'; })",
      "new Uint8Array(1).map(() => { sw(); return 1; })",
    ]) {
      const s = snippet(`function a() { ${call}; }`);
      s.maySwitch("a");
      s.point(call);
    }
  });
  it("JSON.stringify asks what is in the value for its toJSON", () => {
    const s = snippet(
      "class Row { toJSON() { sw(); return 1; } } function a(rows: Row[]) { return JSON.stringify({ rows }); } function b(n: number) { return JSON.stringify(n); }",
    );
    s.maySwitch("a");
    s.plain("b");
    s.point("JSON.stringify({ rows })", "call");
    s.reason("a", "Row#toJSON");
  });
  it("JSON.stringify finds a toJSON in records, mapped types and type parameters, and takes any for one", () => {
    const s = snippet(
      `class Row { toJSON() { sw(); return 1; } } class Plain { n = 1; text() { return new Row(); } }
      function a(rows: Record<string, Row>) { return JSON.stringify(rows); } function b(rows: Partial<{ row: Row }>) { return JSON.stringify(rows); }
      function c<T extends { rows: Map<string, Row> }>(value: T) { return JSON.stringify(value); } function d(value: any) { return JSON.stringify(value); }
      function e(value: Plain[]) { return JSON.stringify(value); } function f(value: Record<"n", Date>) { return JSON.stringify(value); }`,
    );
    s.maySwitch("a", "b", "c", "d");
    s.plain("e", "f");
  });
  it("JSON.stringify runs getters", () => {
    const s = snippet(
      "const row = { get id() { sw(); return 1; } }; function a() { return JSON.stringify([row]); } function b() { return JSON.stringify('x'); }",
    );
    s.maySwitch("a");
    s.plain("b");
    s.point("JSON.stringify([row])", "call");
  });
  it("JSON.stringify is no point where no toJSON switches", () => {
    const s = snippet(
      "class Row { toJSON() { return 1; } } function a(rows: Row[]) { return JSON.stringify({ rows }); } function b() { sw(); }",
    );
    s.plain("a");
  });
  it("a call whose result is dropped, or is known by its declaration, is judged as before", () => {
    const s = snippet(
      `interface Tags { a: { f(): void }; b: { f(): void } } declare function made<K extends keyof Tags>(name: K): Tags[K] | null;
      function keep<T>(value: T): T { return value; }
      function a() { keep(sw); } function b() { keep(sw)(); }
      function d() { (made("a")! as Tags["a"]).f(); }`,
    );
    s.plain("a");
    s.maySwitch("b");
  });
  it("builtins that only store or compare do not call", () => {
    const s = snippet(
      "const xs: (() => void)[] = []; function a() { xs.push(sw); xs.includes(sw); xs.indexOf(sw); new Set([sw]).has(sw); new Map().set(1, sw); Object.is(sw, sw); }",
    );
    s.plain("a");
  });
  it("callbacks the host calls later are no switch now", () => {
    const s = snippet(
      "declare function setTimeout(f: () => void, ms: number): number; declare function queueMicrotask(f: () => void): void; function a() { setTimeout(sw, 1); queueMicrotask(sw); } function b(p: Promise<number>) { p.then(() => sw()); }",
    );
    s.plain("b");
  });
  it("a helper that calls its callback pays only where the callback switches", () => {
    const s = snippet(
      "function each(xs: number[], f: (x: number) => void) { for (const x of xs) f(x); } function a() { each([1], () => sw()); } function b() { each([1], () => {}); }",
    );
    s.maySwitch("each", "a");
    s.plain("b");
  });
  it("through two helpers", () => {
    const s = snippet(
      "function inner(f: () => void) { f(); } function outer(f: () => void) { inner(f); } function a() { outer(sw); } function b() { outer(() => {}); }",
    );
    s.maySwitch("inner", "outer", "a");
    s.plain("b");
  });
  it("through a helper that hands it to a builtin", () => {
    const s = snippet(
      "function each<T>(xs: T[], f: (x: T) => void) { xs.forEach(f); } function a() { each([1], () => sw()); } function b() { each([1], () => {}); }",
    );
    s.maySwitch("a", "each");
    s.plain("b");
  });
  it("through a helper whose own callback calls it", () => {
    const s = snippet(
      "function each<T>(xs: T[], f: (x: T) => void) { xs.forEach((x) => f(x)); } function a() { each([1], () => sw()); } function b() { each([1], () => {}); }",
    );
    s.maySwitch("a", "each");
    s.plain("b");
  });
  it("the helper's generic result is the callback's", () => {
    const s = snippet(
      "function run<T>(f: () => T): T { return f(); } function a() { return run(() => 1); } function b() { run(() => sw()); } function c() { const g = run(() => sw); g(); }",
    );
    s.plain("a");
    s.maySwitch("b", "c");
  });
  it("a callback that captures a callback", () => {
    const s = snippet(
      "function twice(f: () => void) { const g = () => { f(); f(); }; g(); } function a() { twice(sw); } function b() { twice(() => {}); }",
    );
    s.maySwitch("a", "twice");
    s.plain("b");
  });
  it("a stored callback contaminates all who run the store", () => {
    const s = snippet(
      "const hooks: (() => void)[] = []; function on(f: () => void) { hooks.push(f); } function fire() { for (const h of hooks) h(); } function a() { on(sw); } function b() { fire(); }",
    );
    s.maySwitch("fire", "b");
    s.plain("on", "a");
  });
  it("a memoising wrapper", () => {
    const s = snippet(
      "function wrap(f: () => void) { return () => f(); } const g = wrap(sw); function a() { g(); } function b() { wrap(sw); }",
    );
    s.maySwitch("a");
    s.plain("b", "wrap");
  });
  it("a callback parameter that is reassigned is followed as a variable", () => {
    const s = snippet("function a(f: () => void) { f = sw; f(); } function b() { a(() => {}); }");
    s.maySwitch("a", "b");
  });
  it("callbacks of methods", () => {
    const s = snippet(
      "class L { with<T>(f: () => T): T { return f(); } } function a(l: L) { l.with(() => sw()); } function b(l: L) { l.with(() => 1); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("callbacks of constructors", () => {
    const s = snippet(
      "class Job { constructor(f: () => void) { f(); } } function a() { new Job(sw); } function b() { new Job(() => {}); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("callbacks a constructor keeps", () => {
    const s = snippet(
      "class Job { constructor(private f: () => void) {} run() { this.f(); } } function a() { return new Job(sw); } function b(j: Job) { j.run(); }",
    );
    s.plain("a");
    s.maySwitch("b");
    s.reason("b", "Job#run");
  });
  it("arguments that are functions reach parameters of callbacks", () => {
    const s = snippet("function give(f: (g: () => void) => void) { f(sw); } function a() { give((g) => g()); }");
    s.maySwitch("a");
  });
  it("a recursive helper with a callback", () => {
    const s = snippet(
      "function walk(n: number, f: () => void): void { if (n > 0) walk(n - 1, f); else f(); } function a() { walk(1, sw); } function b() { walk(1, () => {}); }",
    );
    s.maySwitch("a", "walk");
    s.plain("b");
  });
});
