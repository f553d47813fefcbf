/** The runtime as one script, so that every realm gets its own copy, with its own errors and its own builtins. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "vite";
import { compile } from "../../plugin/compile.ts";

/** The parts of the runtime that may switch are compiled by our own compiler, as in a build of the package. */
const ownCompiler: Plugin = {
  name: "greenlets:own-compiler",
  resolveId: (id) => (id === "greenlets/internal" ? join(import.meta.dirname, "../../runtime/core/internal.ts") : null),
  load: (id) => (/[\\/]runtime[\\/]builtins[\\/].*\.ts$/.test(id) ? { code: compile(readFileSync(id, "utf8"), { filename: id, module: "esm" }).code, moduleType: "js" } : null),
};

/** The text of a script whose value has all exports of `greenlets` and `greenlets/internal`. */
export async function bundleRuntime(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "error",
    plugins: [ownCompiler],
    build: { write: false, minify: false, lib: { entry: join(import.meta.dirname, "runtime-entry.ts"), name: "greenlets", formats: ["iife"] } },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  if (bundle === undefined || !("output" in bundle)) throw new Error("the bundler returned no output");
  return `${bundle.output[0].code}\ngreenlets;`;
}
