/** Loads the packages and the workloads through the compiler, and notes what that costs. */
import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";
import { compile } from "../../plugin/compile.ts";

export interface Cost {
  milliseconds: number;
  before: number;
  after: number;
}

/** Where run.ts builds the runtime. */
export const runtimeFolder: string = join(import.meta.dirname, ".installed/.runtime");

/** `greenlets` and what it exports. */
const RUNTIME = /^greenlets(?:\/(\w+))?$/;

const compiled = /\/test\/corpus\/(\.installed\/node_modules\/.*\.[cm]?js|workloads\.ts)$/;

export function compileWhatIsLoaded(stress: boolean): Cost {
  const cost: Cost = { milliseconds: 0, before: 0, after: 0 };
  registerHooks({
    resolve(specifier, context, next) {
      const own = RUNTIME.exec(specifier);
      if (own === null) return next(specifier, context);
      return { url: pathToFileURL(join(runtimeFolder, `${own[1] ?? "index"}.js`)).href, shortCircuit: true };
    },
    load(url, context, next) {
      if (!compiled.test(url)) return next(url, context);
      const filename = fileURLToPath(url);
      const text = readFileSync(filename, "utf8");
      const source = filename.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
      const module = /\.(mjs|ts)$/.test(filename) ? "esm" : "commonjs";
      const start = performance.now();
      const { code } = compile(source, {
        filename: filename.replace(/\.ts$/, ".js"),
        module,
        stress,
        sourceMaps: false,
      });
      if (!filename.endsWith(".ts")) add(cost, performance.now() - start, source.length, code.length);
      return { format: module === "esm" ? "module" : "commonjs", source: code, shortCircuit: true };
    },
  });
  return cost;
}

function add(cost: Cost, milliseconds: number, before: number, after: number): void {
  cost.milliseconds += milliseconds;
  cost.before += before;
  cost.after += after;
}
