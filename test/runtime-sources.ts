// For programs that Node loads natively: `greenlets` is its sources, compiled where they may switch. Imported for what it does, and
// first by the threads that run fixtures, which print values as it says.
import { registerHooks } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compiledParts, compileRuntime } from "../compile-runtime.ts";

export { formatLine } from "./trace.ts";
export { lower } from "./lower.ts";

const runtime: Record<string, string> = {
  greenlets: fileURL("../runtime/core/index.ts"),
  "greenlets/internal": fileURL("../runtime/core/internal.ts"),
  "greenlets/builtins": fileURL("../runtime/builtins/install.ts"),
  "greenlets/green": fileURL("../runtime/green/index.ts"),
};

registerHooks({
  resolve: (specifier, context, next) =>
    specifier in runtime ? { url: runtime[specifier]!, shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    compiledParts.test(url)
      ? { format: "module", source: compileRuntime(fileURLToPath(url)).code, shortCircuit: true }
      : next(url, context),
});

function fileURL(path: string): string {
  return pathToFileURL(join(import.meta.dirname, path)).href;
}
