/**
 * What every program starts with: small functions that turn any value into what a construct needs, so that programs rarely
 * die of a TypeError, and things that log and pause in awkward places. `log`, `go`, `out`, `quiet` and `transfer` come from outside.
 */
export const prelude = `
const kept = [];
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
function tag(strings, ...values) { log(strings.raw.join("|"), ...values); return pause(values[0]); }
const tools = { tag(strings, ...values) { log(this === tools, strings.length); return pause(values[1]); } };
class Box { constructor(x) { this.a = pause(x); } m(x) { return log(x); } static n(x) { return pause(x); } }
function* count(n) { for (let i = 0; i < 3 && go(); i++) log("got", yield pause(i)); return n; }
async function later(x) { await null; log("later", x); return x; }
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
function program() {
  attempt("main", main);
  for (const f of kept) attempt("kept", f);
}
`;
