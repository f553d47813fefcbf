import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { compile } from "../../plugin/compile.ts";
import { load } from "../semantics/load.ts";

// A real library, compiled whole: its own higher-order functions are suspended in callbacks that switch. A template is
// text that lodash turns into a function at run time, so it is compiled then: lodash takes `Function` from its context.

const require = createRequire(import.meta.url);

/** CommonJS, evaluated as it comes out of the compiler. */
function evaluate(source: string, filename: string): unknown {
  const { code } = compile(source, { filename, module: "commonjs" });
  const module = { exports: {} as unknown };
  new Function("module", "exports", "require", code)(module, module.exports, require);
  return module.exports;
}

function CompilingFunction(parameters: string, body: string): unknown {
  return evaluate(`module.exports = function (${parameters}) { ${body} };`, "template.cjs");
}
CompilingFunction.prototype = Function.prototype;

test("map, sortBy, groupBy, chain, template and debounce with callbacks that switch", async () => {
  const path = require.resolve("lodash");
  const whole = evaluate(readFileSync(path, "utf8"), path) as { runInContext(context: object): unknown };
  const { program, debounced } = await load<{ program(_: unknown): unknown; debounced(_: unknown): unknown }>(`
    const pause = (value) => getCurrent().parent.switch(value);
    export function program(_) {
      const greenlet = new Greenlet(() => {
        const page = _.template("<% _.forEach(data.list, function (x) { %>[<%= data.f(x) %>]<% }) %> hello <%- data.f(7) %>", { variable: "data" });
        return [
          _.map([1, 2, 3], (x) => pause(x) * 2),
          _.map({ a: 1, b: 2 }, (value, key) => pause(key + value)),
          _.map(_.sortBy([{ n: 3 }, { n: 1 }, { n: 2 }], (o) => pause(o.n)), "n"),
          _.groupBy([1, 2, 3], (x) => pause(x) % 2),
          _.chain([1, 2, 3, 4]).filter((x) => pause(x) > 1).map((x) => pause(x) * 10).take(2).value(),
          page({ list: [1, 2], f: (x) => pause(x) + "!" }),
        ];
      });
      let value = greenlet.switch();
      while (!greenlet.dead) value = greenlet.switch(value);
      return value;
    }
    export function debounced(_) {
      const seen = [];
      const greenlet = new Greenlet(() => {
        const call = _.debounce((x) => void seen.push(pause(x)), 1000);
        call(1);
        call(2);
        call.flush();
        seen.push("flushed");
      });
      seen.push(greenlet.switch(), greenlet.switch("answer"));
      return seen;
    }`);
  const lodash = whole.runInContext({ Function: CompilingFunction });
  expect(program(lodash)).toEqual([
    [2, 4, 6],
    ["a1", "b2"],
    [1, 2, 3],
    { 0: [2], 1: [1, 3] },
    [20, 30],
    "[1!][2!] hello 7!",
  ]);
  expect(debounced(lodash)).toEqual(["answer", "flushed", 2, undefined]);
}, 120_000);
