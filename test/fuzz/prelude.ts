/**
 * What every program starts with: small functions that turn any value into what a construct needs, so that programs rarely
 * die of a TypeError, and things that log and pause in awkward places. `log`, `go`, `out`, `quiet`, `transfer` and `kept` come from outside.
 */
export const prelude = `
function pause(value) { return transfer(value); }
function keep(f) { kept.push(f); }
function list(v) { return Array.isArray(v) ? v : [v]; }
function object(v) { return typeof v === "object" && v !== null ? v : { a: v, b: 2, m(x) { return pause(x); } }; }
function fn(v) { return typeof v === "function" ? v : pause; }
function num(v) { return typeof v === "number" && v < 100 && v > -100 ? v : 1; }
function text(v) { return typeof v === "string" || typeof v === "number" ? v : typeof v; }
function key(v) { return v === 1 || v === "b" ? "b" : v === 2 ? "c" : "a"; }
function mkey(v) { return v ? "m" : "n"; }
function choose(v, base) { return base; }
const sites = [];
function site(strings) { if (!sites.includes(strings)) sites.push(strings); return sites.indexOf(strings); }
function tag(strings, ...values) { log(site(strings), strings.raw.join("|"), ...values); return pause(values[0]); }
const tools = { tag(strings, ...values) { log(this === tools, site(strings)); return pause(values[1]); } };
class Box { constructor(x) { this.a = pause(x); } m(x) { return log(x); } static n(x) { return pause(x); } }
class Lazy extends Box { #g = 1; get g() { return pause(this.#g); } set g(v) { this.#g = pause(log(v)); } }
function hidden(o) { return Object.defineProperty(o, "g", { enumerable: false }); }
function* count(n) { for (let i = 0; i < 3 && go(); i++) log("got", yield pause(i)); return n; }
async function later(x) { await null; log("later", x); return x; }
async function* several(x) { await null; try { yield log("first", x); yield* [x, 2]; } finally { log("left"); } }
function settle(p) { Promise.resolve(p).then((v) => log("settled", v), (e) => log("rejected", e)); return 0; }
function resource(v) { return { v, [Symbol.dispose]() { log("dispose", v); pause(v); } }; }
function closing(v) {
  let turns = 0;
  const iterator = {
    next() { return turns++ < 2 ? { value: pause(v), done: false } : { value: undefined, done: true }; },
    return() { log("closed"); pause(turns); return {}; },
  };
  return { [Symbol.iterator]: () => iterator };
}
function attempt(what, f) {
  try { log(what, f()); } catch (error) { log(what + " threw", error); }
}
`;

/** The end of a program. */
export const start = `
function program() {
  attempt("main", main);
  for (const f of kept) attempt("kept", f);
}
`;

/** Classes and functions that are never compiled: a parent without pauses, parents that call back, a child of any class. */
export const foreign = `
"use strict";
function quietly(f) { quiet(1); try { return f(); } finally { quiet(-1); } }
class Native {
  constructor(x, y) { this.a = x; this.c = log(new.target === Native, y); }
  m(x) { return log("native", x); }
  static n(x) { return log("static", x); }
  get b() { return log("get b"); }
  set b(v) { log("set b", v); }
}
class Asking extends Native {
  field = log("field");
  constructor(x, y) { super(y, x); quietly(() => this.m?.(x)); }
}
class Swapping { constructor(x) { return log({ a: x, m: (y) => log("swapped", y) }); } }
function Old(x) { this.a = log("old", x); }
Old.prototype.m = function (x) { return log(this instanceof Old, x); };
function derive(base) {
  return class Derived extends base {
    constructor(...list) { quiet(1); try { super(...list); } finally { quiet(-1); } }
    n(x) { return quietly(() => super.m?.(x)); }
  };
}
function each(items, f) { return quietly(() => items.map((item) => f(item))); }
function make(maker, ...list) { return quietly(() => new maker(...list)); }
return { Native, Asking, Swapping, Old, derive, each, make };
`;

/** What all programs can name. */
export const names = {
  class: ["Box", "Lazy", "Native", "Asking", "Swapping", "Old"],
  generator: ["count"],
  async: ["later"],
  asyncGenerator: ["several"],
} as const;
