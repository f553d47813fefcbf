/**
 * Programs in the awkward places of the language, where earlier compilers for the same purpose gave wrong values or refused:
 * `sw(v)` switches away and comes back with `v`, `out(v)` prints. Each is the body of a sloppy function.
 */
export interface Case {
  readonly title: string;
  readonly source: string;
  readonly prints: readonly string[];
}

export const cases: readonly Case[] = [
  // control flow
  {
    title: "a for loop that switches in each turn",
    source: "let sum = 0; for (let k = 1; k <= 4; k++) sum += sw(k * k); out(sum);",
    prints: ["30"],
  },
  {
    title: "an error thrown beside a switch is caught",
    source: "try { sw('before'); throw 'late'; } catch (error) { out(error + sw('!')); }",
    prints: ["late!"],
  },
  {
    title: "a finaliser that switches after return",
    source: "function f() { try { return sw('value'); } finally { sw(0); out('cleanup'); } } out(f());",
    prints: ["cleanup", "value"],
  },
  {
    title: "a finaliser that switches after throw",
    source:
      "function f() { try { throw 'oops'; } finally { out(sw('cleanup')); } } try { f(); } catch (error) { out(error); }",
    prints: ["cleanup", "oops"],
  },
  {
    title: "a switch inside a catch clause",
    source: "try { null.x; } catch (error) { out(sw(error instanceof TypeError)); }",
    prints: ["true"],
  },
  {
    title: "labelled break and continue around switches",
    source:
      "rows: for (let y = 0; y < 4; y++) { for (let x = 0; x < 4; x++) { if (sw(x) === y) continue rows; if (sw(y) === 3) break rows; out(`${x}${y}`); } }",
    prints: ["01", "02", "12"],
  },
  {
    title: "a switch statement that falls through",
    source:
      "switch (sw('b')) { case 'a': out('a'); case 'b': out('b'); case sw('c'): out(sw('c')); break; default: out('none'); }",
    prints: ["b", "c"],
  },
  {
    title: "for-of over an array",
    source: "let text = ''; for (const part of ['x', 'y', 'z']) text = sw(part) + text; out(text);",
    prints: ["zyx"],
  },
  {
    title: "for-in over an object",
    source: "const seen = []; for (const key in { one: 1, two: 2 }) seen.push(sw(key)); out(seen.join());",
    prints: ["one,two"],
  },
  {
    title: "&& and || decide after a switch",
    source: "out(sw('') || sw('filled')); out(sw(1) && sw(0)); out(sw(0) && missing());",
    prints: ["filled", "0", "0"],
  },
  {
    title: "a conditional expression with switches in all three parts",
    source: "out(sw(false) ? sw('yes') : sw('no'));",
    prints: ["no"],
  },

  // functions and objects
  {
    title: "new of a function whose body switches",
    source:
      "function Point(x, y) { this.x = sw(x); this.y = sw(y); } const p = new Point(3, 4); out(p.x + p.y); out(p instanceof Point);",
    prints: ["7", "true"],
  },
  {
    title: "an arrow keeps this and arguments",
    source: "function f() { const g = () => sw(this.tag) + arguments[0]; return g(); } out(f.call({ tag: 't' }, 'a'));",
    prints: ["ta"],
  },
  {
    title: "classes, with super after a switch",
    source:
      "class A { #n; constructor() { this.#n = sw(20); } n() { return sw(this.#n); } } class B extends A { n() { const one = sw(1); return super.n() + one; } } out(new B().n());",
    prints: ["21"],
  },
  {
    title: "a derived constructor that switches around super()",
    source:
      "class A { constructor(v) { this.v = sw(v); } } class B extends A { constructor() { const v = sw(1); super(sw(v + 1)); this.w = sw(this.v + 1); } } const b = new B(); out(b.v + ',' + b.w);",
    prints: ["2,3"],
  },
  {
    title: "nested destructuring",
    source:
      "const { a: [first, { b }], ...others } = { a: [sw(1), { b: sw(2) }], c: sw(3) }; out(first + b + others.c);",
    prints: ["6"],
  },
  {
    title: "destructuring with defaults that switch",
    source: "const [x = sw('d'), { y = sw('e') } = {}] = []; out(x + y);",
    prints: ["de"],
  },
  {
    title: "default parameters that switch",
    source: "function f(a, b = sw(a + 1), c = sw(b + 1)) { return [a, b, c].join(); } out(f(1));",
    prints: ["1,2,3"],
  },
  {
    title: "rest and spread",
    source: "function f(first, ...more) { return sw(more.length) + first; } out(f(...[sw(5), 6, 7], ...[8]));",
    prints: ["8"],
  },
  { title: "template literals", source: "out(`[${sw('a')}|${sw('b')}]`);", prints: ["[a|b]"] },
  {
    title: "a tagged template whose tag switches",
    source: "function tag(strings, value) { return sw(strings.raw[0]) + value; } out(tag`a\\n${sw(1)}`);",
    prints: ["a\\n1"],
  },
  {
    title: "generators that switch",
    source:
      "function* g() { yield sw('p'); const sent = yield sw('q'); out(sent); } const it = g(); out(it.next().value); out(it.next().value); it.next(sw('r'));",
    prints: ["p", "q", "r"],
  },
  {
    title: "a generator spread and looped over",
    source:
      "function* g(n) { while (n > 0) yield sw(n--); } let sum = 0; for (const v of g(3)) sum += v; out(sum); out([...g(2)].join());",
    prints: ["6", "2,1"],
  },
  {
    title: "?. and ?? around switches",
    source:
      "const none = null; out(none?.f(sw(1)) ?? sw('default')); const o = { f: (x) => sw(x) }; out(o?.f?.(sw(2)));",
    prints: ["default", "2"],
  },
  {
    title: "private names",
    source:
      "class C { #x = 1; static is(o) { return #x in o; } add() { this.#x += sw(4); return this.#x; } } const c = new C(); out(c.add()); out(C.is(sw(c)));",
    prints: ["5", "true"],
  },
  {
    title: "arguments after a switch",
    source: "function f() { sw(0); return arguments.length * arguments[1]; } out(f(1, 5, 9));",
    prints: ["15"],
  },
  {
    title: "sloppy arguments share with parameters",
    source:
      "function f(a) { arguments[0] = sw('changed'); const seen = a; a = sw('again'); return seen + arguments[0]; } out(f('first'));",
    prints: ["changedagain"],
  },
  {
    title: "a getter that switches",
    source: "const o = { n: 2, get double() { return sw(this.n) * 2; } }; out(o.double);",
    prints: ["4"],
  },
  {
    title: "new.target after a switch",
    source:
      "function F() { sw(0); this.direct = new.target === F; } class G extends F {} out(new F().direct); out(new G().direct);",
    prints: ["true", "false"],
  },
  {
    title: "a function keeps its name and length",
    source: "function named(a, b) { return sw(a); } out(sw(named.name) + named.length);",
    prints: ["named2"],
  },

  // bindings and evaluation order
  {
    title: "each turn has its own binding",
    source:
      "const get = []; for (let k = 0; k < 3; k++) { sw(0); get.push(() => k); } out(get.map((f) => f()).join());",
    prints: ["0,1,2"],
  },
  {
    title: "each turn has its own binding without any switch in it",
    source: "const get = []; for (let k = 0; k < 3; k++) get.push(() => k); sw(0); out(get.map((f) => f()).join());",
    prints: ["0,1,2"],
  },
  {
    title: "the left operand is read before the call",
    source: "let o = { n: 1 }; function f() { o = { n: 50 }; return sw(1); } out(o.n + f());",
    prints: ["2"],
  },
  {
    title: "x += f() reads x first",
    source: "let x = 1; function f() { x = 50; return sw(1); } x += f(); out(x);",
    prints: ["2"],
  },
  {
    title: "a closure and the function share one variable",
    source: "let n = 0; const add = () => { n += sw(1); }; add(); n *= 10; add(); out(n);",
    prints: ["11"],
  },

  // callbacks of builtins, and functions the host runs
  { title: "a callback of map", source: "out([1, 2, 3].map((x) => sw(x) * 3).join());", prints: ["3,6,9"] },
  {
    title: "a comparator of sort",
    source: "out([30, 4, 100].sort((a, b) => sw(a) - sw(b)).join());",
    prints: ["4,30,100"],
  },
  {
    title: "reduce, filter and forEach",
    source:
      "let log = ''; [1, 2].forEach((x) => { log += sw(x); }); out(log); out([1, 2, 3, 4].filter((x) => sw(x % 2 === 0)).reduce((a, b) => sw(a + b), 10));",
    prints: ["12", "16"],
  },
  {
    title: "replace with a function",
    source: "out('a-b'.replace(/[ab]/g, (c) => sw(c.toUpperCase())));",
    prints: ["A-B"],
  },
  {
    title: "a Promise executor",
    source: "new Promise((resolve) => { resolve(sw('now')); }).then(out);",
    prints: ["now"],
  },
  {
    title: "an async function stays one",
    source:
      "async function f(x) { const y = await x; return y + 1; } const p = f(sw(1)); out(p instanceof Promise); p.then(out);",
    prints: ["true", "2"],
  },
];

/** What is refused, with the code of the error. */
export const refused: readonly { readonly title: string; readonly source: string }[] = [
  { title: "with", source: "with ({ a: 1 }) { out(sw(a)); }" },
  { title: "direct eval", source: "const a = 1; out(sw(eval('a')));" },
];
