/**
 * `node --experimental-vm-modules test/builtins/conformance.ts --dir PATH [--mode versions|compiled|stress] [--filter GLOB] [--list FILE]`
 *
 * Runs the built-ins tests of a copy of test262 with our versions in place of the host's own functions:
 * `versions` as they are written, `compiled` as they are shipped, with the test compiled too and inside a greenlet, `stress`
 * with every suspension point of both really suspending. Ends with 1 if a test fails that passes with the host's functions.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join, matchesGlob, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Script } from "node:vm";
import { compile } from "../../plugin/compile.ts";
import { HarnessLibrary } from "../conformance/harness.ts";
import { judge, type Bench, type Way } from "../conformance/judge.ts";
import { scenariosOf } from "../conformance/scenario.ts";
import { translations, type Translate } from "../conformance/translate.ts";
import { bundleRealm } from "./realm-script.ts";

const callbacks =
  "{every,filter,find,findIndex,findLast,findLastIndex,flatMap,forEach,map,reduce,reduceRight,some,sort,toSorted}";

const areas = [
  `built-ins/Array/prototype/${callbacks}`,
  "built-ins/Array/{from,fromAsync}",
  `built-ins/TypedArray/prototype/${callbacks}`,
  "built-ins/{TypedArray,TypedArrayConstructors}/from",
  "built-ins/TypedArrayConstructors/ctors{,-bigint}/object-arg",
  "built-ins/{Map,Set}/prototype/forEach",
  "built-ins/Map/groupBy",
  "built-ins/Object/{assign,entries,fromEntries,groupBy,values}",
  "built-ins/Iterator/{from,prototype}",
  "built-ins/String/prototype/{match,matchAll,replace,replaceAll,search,split}",
  "built-ins/RegExp/prototype/Symbol.{match,matchAll,replace,search,split}",
  "built-ins/RegExpStringIteratorPrototype",
  "built-ins/JSON/{parse,stringify}",
  "built-ins/Reflect/{apply,construct,get,set}",
  "built-ins/Function/prototype/{apply,bind,call}",
  "built-ins/Promise/try",
].map((area) => `${area}/**/*.js`);
areas.push("built-ins/{Map,Set,WeakMap,WeakSet,Promise}/*.js");

/** What is never visible at a compiled call: how the function object itself looks. */
const looks = "**/{name,length,prop-desc,not-a-constructor,builtin,is-a-method,proto,prototype,constructor}.js";

const { values } = parseArgs({
  options: {
    dir: { type: "string" },
    mode: { type: "string", default: "versions" },
    filter: { type: "string" },
    list: { type: "string" },
  },
});

process.on("unhandledRejection", () => undefined);
process.exitCode = await main(resolve(values.dir ?? "."), values.mode as Mode);

type Mode = "versions" | "compiled" | "stress";

function selected(suite: string): string[] {
  const paths = globSync(areas, { cwd: join(suite, "test") }).filter((path) => !matchesGlob(path, looks));
  return paths.filter((path) => values.filter === undefined || matchesGlob(path, values.filter)).sort();
}

function wayOf(mode: Mode): Way {
  const asWritten: Translate = { name: "compiled", compile: (code) => ({ code }) };
  if (mode === "versions") return { translate: asWritten, greenlet: false };
  return { translate: translations(compile)[mode], greenlet: true };
}

async function main(suite: string, mode: Mode): Promise<number> {
  const native: Bench = { suite, library: new HarnessLibrary(suite), runtime: null };
  const ours: Bench = { suite, library: new HarnessLibrary(suite), runtime: new Script(await bundleRealm(mode)) };
  const plain: Way = { translate: { name: "plain", compile: (code) => ({ code }) }, greenlet: false };
  const failures: string[] = [];
  let counted = 0;
  for (const path of selected(suite)) {
    for (const scenario of scenariosOf(path, readFileSync(join(suite, "test", path), "utf8"))) {
      if ((await judge(native, scenario, plain)).kind !== "pass") continue;
      counted++;
      const verdict = await judge(ours, scenario, wayOf(mode));
      if (verdict.kind === "pass") continue;
      failures.push(`${path} (${scenario.variant}) ${verdict.kind === "fail" ? verdict.message : verdict.code}`);
    }
  }
  if (values.list !== undefined) writeFileSync(values.list, failures.join("\n"));
  else console.log(failures.join("\n"));
  console.log(
    `${mode}: ${counted - failures.length} of ${counted} scenarios that pass with the host's functions pass with ours`,
  );
  return failures.length === 0 ? 0 : 1;
}
