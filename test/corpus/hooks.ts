/** Loads the packages and the workloads through the compiler, and notes what that costs. */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";
import { compile } from "../../plugin/compile.ts";

export interface Cost {
  milliseconds: number;
  before: number;
  after: number;
}

const root = join(import.meta.dirname, "../..");
const runtime: Readonly<Record<string, string>> = {
  greenlets: pathToFileURL(join(root, "runtime/core/index.ts")).href,
  "greenlets/internal": pathToFileURL(join(root, "runtime/core/internal.ts")).href,
};

/** Packages, the workloads, and the parts of the runtime that may switch. */
const compiled = /\/test\/corpus\/(\.installed\/node_modules\/.*\.c?js|workloads\.ts)$|\/runtime\/builtins\/.*\.ts$/;

export function compileWhatIsLoaded(stress: boolean): Cost {
  const cost: Cost = { milliseconds: 0, before: 0, after: 0 };
  registerHooks({
    resolve: (specifier, context, next) => (specifier in runtime ? { url: runtime[specifier] as string, shortCircuit: true } : next(specifier, context)),
    load(url, context, next) {
      if (!compiled.test(url)) return next(url, context);
      const filename = fileURLToPath(url);
      const own = filename.endsWith(".ts");
      const source = readFileSync(filename, "utf8");
      const start = performance.now();
      const { code } = compile(source, { filename, module: own ? "esm" : "commonjs", stress: stress && !filename.includes("/runtime/"), sourceMaps: false });
      if (!own) add(cost, performance.now() - start, source.length, code.length);
      return { format: own ? "module" : "commonjs", source: code, shortCircuit: true };
    },
  });
  return cost;
}

function add(cost: Cost, milliseconds: number, before: number, after: number): void {
  cost.milliseconds += milliseconds;
  cost.before += before;
  cost.after += after;
}
