import { describe, it } from "vitest";
import { snippet } from "./claims.ts";

describe("methods", () => {
  it("of a class", () => {
    const s = snippet("class A { x() { sw(); } y() {} } function a(o: A) { o.x(); } function b(o: A) { o.y(); }");
    s.maySwitch("A#x", "a");
    s.plain("A#y", "b");
  });
  it("overridden in a subclass", () => {
    const s = snippet(
      "class A { x() {} } class B extends A { override x() { sw(); } } function a(o: A) { o.x(); } function b(o: B) { o.x(); }",
    );
    s.maySwitch("a", "b", "B#x");
    s.plain("A#x");
  });
  it("a sibling's override does not matter", () => {
    const s = snippet(
      "class A { private p = 1; x() { return this.p; } } class B extends A { override x() { sw(); return 1; } } class C extends A { b = 1; override x() { return 2; } } function a(o: C) { o.x(); } function c(o: A) { o.x(); }",
    );
    s.plain("a");
    s.maySwitch("c");
  });
  it("inherited methods", () => {
    const s = snippet("class A { x() { sw(); } } class B extends A {} function a(o: B) { o.x(); }");
    s.maySwitch("a");
  });
  it("abstract methods", () => {
    const s = snippet(
      "abstract class A { abstract x(): void; run() { this.x(); } } class B extends A { x() { sw(); } } class C { x() {} other = 1 } function a(o: C) { o.x(); }",
    );
    s.maySwitch("A#run");
    s.plain("a");
  });
  it("super calls mean the base's method alone", () => {
    const s = snippet(
      "class A { x() {} } class B extends A { override x() { sw(); } } class C extends A { override x() { super.x(); } } function a(o: B) { o.x(); }",
    );
    s.plain("C#x");
    s.maySwitch("a");
  });
  it("static methods", () => {
    const s = snippet("class A { static x() { sw(); } static y() {} } function a() { A.x(); } function b() { A.y(); }");
    s.maySwitch("A.x", "a");
    s.plain("A.y", "b");
  });
  it("private methods", () => {
    const s = snippet("class A { #x() { sw(); } y() { this.#x(); } #z() {} w() { this.#z(); } }");
    s.maySwitch("A#y");
    s.plain("A#w");
  });
  it("methods of object literals", () => {
    const s = snippet("const o = { x() { sw(); }, y() {} }; function a() { o.x(); } function b() { o.y(); }");
    s.maySwitch("a");
    s.plain("b");
  });
  it("this inside an object literal", () => {
    const s = snippet("const o = { x() { this.y(); }, y() { sw(); } };");
    s.maySwitch("x", "y");
  });
  it("a method as a value", () => {
    const s = snippet(
      "class A { x() { sw(); } } const f = new A().x; function a() { f(); } const { x } = new A(); function b() { x(); }",
    );
    s.maySwitch("a", "b");
  });
  it("a method written over", () => {
    const s = snippet("class A { x() {} } const o = new A(); o.x = sw; function a(p: A) { p.x(); }");
    s.maySwitch("a");
  });
  it("element access with a constant name", () => {
    const s = snippet("class A { x() { sw(); } y() {} } function a(o: A) { o['x'](); } function b(o: A) { o['y'](); }");
    s.maySwitch("a");
    s.plain("b");
  });
  it("element access with a computed name may mean any member", () => {
    const s = snippet("class A { x() { sw(); } y() {} } function a(o: A, k: 'x' | 'y') { o[k](); }");
    s.maySwitch("a");
  });
});

describe("structural types", () => {
  it("an interface and its implementations", () => {
    const s = snippet(
      "interface I { x(): void; y(): void } class A implements I { x() { sw(); } y() {} } function a(i: I) { i.x(); } function b(i: I) { i.y(); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("a class that happens to fit", () => {
    const s = snippet(
      "interface I { x(): void } class A { x() { sw(); } z = 1 } function a(i: I) { i.x(); } a(new A());",
    );
    s.maySwitch("a");
  });
  it("a class that does not fit", () => {
    const s = snippet(
      "interface I { x(): void; needed(): void } class A { x() { sw(); } } function a(i: I) { i.x(); }",
    );
    s.plain("a");
  });
  it("an object literal that fits", () => {
    const s = snippet(
      "interface I { x(): void } function a(i: I) { i.x(); } a({ x: sw }); interface J { x(): void; only: 1 } function b(j: J) { j.x(); } b({ x() {}, only: 1 });",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("optional members", () => {
    const s = snippet(
      "interface O { done?: () => void; fail?: () => void } function a(o: O) { o.done?.(); } function b(o: O) { o.fail?.(); } a({ done: sw }); b({ fail: () => {} });",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("private members make classes nominal", () => {
    const s = snippet(
      "class A { private n = 1; x() { return this.n; } } class B { private n = 1; x() { sw(); return this.n; } } function a(o: A) { o.x(); } function b(o: B) { o.x(); }",
    );
    s.plain("a");
    s.maySwitch("b");
  });
  it("#private members too", () => {
    const s = snippet(
      "class A { #n = 1; x() { return this.#n; } } class B { #n = 1; x() { sw(); return this.#n; } } function a(o: A) { o.x(); }",
    );
    s.plain("a");
  });
  it("a spread object is made of parts that fit together only", () => {
    const s = snippet(
      "interface I { x(): void; y(): void } const p = { x() { sw(); } }; const q = { y() {} }; function a(i: I) { i.x(); } a({ ...p, ...q });",
    );
    s.maySwitch("a");
  });
  it("Object.assign", () => {
    const s = snippet(
      "interface I { x(): void; y(): void } const p = { x() { sw(); } }; const q = { y() {} }; function a(i: I) { i.x(); } a(Object.assign(p, q));",
    );
    s.maySwitch("a");
  });
  it("intersections", () => {
    const s = snippet(
      "interface X { x(): void } interface Y { y(): void } function a(o: X & Y) { o.x(); } const made: X & Y = { x() { sw(); }, y() {} }; a(made);",
    );
    s.maySwitch("a");
  });
  it("unions", () => {
    const s = snippet(
      "class A { k = 'a' as const; x() { sw(); } } class B { k = 'b' as const; x() {} } function a(o: A | B) { o.x(); } function b(o: A | B) { if (o.k === 'b') o.x(); }",
    );
    s.maySwitch("a");
  });
  it("Partial, Pick and Omit", () => {
    const s = snippet(
      "interface I { x(): void; y(): void } function a(o: Partial<I>) { o.x?.(); } a({ x: sw }); interface J { x(): void; z(): void; w: 1 } function b(o: Pick<J, 'z'>) { o.z(); } b({ z: () => {} });",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("a type alias of a function", () => {
    const s = snippet("type F = () => void; interface H { f: F } function a(h: H) { h.f(); } a({ f: sw });");
    s.maySwitch("a");
  });
  it("a property written through an interface", () => {
    const s = snippet(
      "interface I { f: () => void } class A implements I { f = () => {}; run() { this.f(); } } function set(i: I) { i.f = sw; } set(new A());",
    );
    s.maySwitch("A#run");
  });
  it("a property written by Object.assign or a computed name", () => {
    const s = snippet(
      "interface O { f: () => void; g: () => void } const o: O = { f() {}, g() {} }; function set(k: 'f' | 'g') { o[k] = sw; } function a() { o.f(); }",
    );
    s.maySwitch("a");
    s.plain("set");
  });
  it("callables with properties", () => {
    const s = snippet(
      "interface C { (): void; extra(): void } function a(c: C) { c.extra(); } const c: C = Object.assign(() => {}, { extra() { sw(); } }); a(c);",
    );
    s.maySwitch("a");
  });
});

describe("generics", () => {
  it("a constraint's methods", () => {
    const s = snippet(
      "interface I { x(): void } function a<T extends I>(t: T) { t.x(); } class A { x() { sw(); } } a(new A());",
    );
    s.maySwitch("a");
  });
  it("a generic class keeps what it is given", () => {
    const s = snippet(
      "class Box<T> { constructor(private v: T) {} get() { return this.v; } } function a() { new Box(sw).get()(); } function b() { return new Box(1).get(); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("an instance of a generic interface", () => {
    const s = snippet(
      "interface Src<T> { next(): T } class A implements Src<number> { next() { sw(); return 1; } } function a(x: Src<number>) { return x.next(); }",
    );
    s.maySwitch("a");
  });
  it("a generic list of one's own", () => {
    const s = snippet(
      "class List<T> { private items: T[] = []; add(t: T) { this.items.push(t); } each(f: (t: T) => void) { for (const i of this.items) f(i); } } const l = new List<() => void>(); l.add(sw); function a() { l.each((f) => f()); } function b() { new List<number>().each((n) => n + 1); }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("this types", () => {
    const s = snippet("class A { chain(): this { return this; } x() { sw(); } } function a(o: A) { o.chain().x(); }");
    s.maySwitch("a");
  });
  it("mapped and conditional types", () => {
    const s = snippet(
      "type Wrap<T> = { [K in keyof T]: () => T[K] }; function a(w: Wrap<{ n: number }>) { return w.n(); } a({ n: () => { sw(); return 1; } });",
    );
    s.maySwitch("a");
  });
});

describe("accessors", () => {
  it("a getter that switches", () => {
    const s = snippet(
      "class A { get v() { sw(); return 1; } get w() { return 2; } } function a(o: A) { return o.v; } function b(o: A) { return o.w; }",
    );
    s.maySwitch("a", "A#v");
    s.plain("b", "A#w");
    s.point("o.v", "get");
  });
  it("a setter that switches", () => {
    const s = snippet(
      "class A { set v(_x: number) { sw(); } get v() { return 1; } } function a(o: A) { o.v = 1; } function b(o: A) { return o.v; } function c(o: A) { o.v += 1; }",
    );
    s.maySwitch("a", "c");
    s.plain("b");
    s.point("o.v", "set");
  });
  it("an interface property that is a getter in some class", () => {
    const s = snippet(
      "interface I { v: number } class A { get v() { sw(); return 1; } } function a(i: I) { return i.v; } a(new A()); interface J { v: number; j: 1 } function b(j: J) { return j.v; }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("in an object literal", () => {
    const s = snippet("const o = { get v() { sw(); return 1; } }; function a() { return o.v; }");
    s.maySwitch("a");
  });
  it("read by destructuring", () => {
    const s = snippet("class A { get v() { sw(); return 1; } } function a(o: A) { const { v } = o; return v; }");
    s.maySwitch("a");
    s.point("v", "get");
  });
  it("a static getter", () => {
    const s = snippet("class A { static get v() { sw(); return 1; } } function a() { return A.v; }");
    s.maySwitch("a");
  });
  it("a getter that returns a function", () => {
    const s = snippet(
      "class A { get f() { return sw; } } function a(o: A) { o.f(); } function b(o: A) { return o.f; }",
    );
    s.maySwitch("a");
    s.plain("b");
  });
  it("what is written to a setter", () => {
    const s = snippet(
      "class A { #f = () => {}; set f(x: () => void) { this.#f = x; } run() { this.#f(); } } function a(o: A) { o.f = sw; }",
    );
    s.maySwitch("A#run");
    s.plain("a");
  });
  it("a computed name may mean an accessor", () => {
    const s = snippet("class A { get v() { sw(); return 1; } w = 2 } function a(o: A, k: 'v' | 'w') { return o[k]; }");
    s.maySwitch("a");
  });
  it("auto accessors", () => {
    const s = snippet("class A { accessor v = 1 } function a(o: A) { o.v = o.v + 1; }");
    s.plain("a");
  });
  it("increments", () => {
    const s = snippet("class A { get v() { return 1; } set v(_x: number) { sw(); } } function a(o: A) { o.v++; }");
    s.maySwitch("a");
  });
});
