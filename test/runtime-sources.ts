// For programs that Node loads natively: `greenlets` is its sources, compiled where they may switch. Imported for what it does, and
// first by the threads that run fixtures, which print values as it says.
import { registerHooks } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compiledParts, compileRuntime, runtimeModules } from "../compile-runtime.ts";

export { formatLine } from "./trace.ts";
export { lower } from "./lower.ts";

registerHooks({
  resolve: (specifier, context, next) =>
    specifier in runtimeModules
      ? { url: pathToFileURL(runtimeModules[specifier]!).href, shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) =>
    compiledParts.test(url)
      ? { format: "module", source: compileRuntime(fileURLToPath(url)).code, shortCircuit: true }
      : next(url, context),
});
