/** The runtime as one script, so that every realm gets its own copy, with its own errors and its own builtins. */
import { join } from "node:path";
import { build } from "vite";

/** The text of a script whose value has all exports of `greenlets` and `greenlets/internal`. */
export async function bundleRuntime(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, lib: { entry: join(import.meta.dirname, "runtime-entry.ts"), name: "greenlets", formats: ["iife"] } },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  if (bundle === undefined || !("output" in bundle)) throw new Error("the bundler returned no output");
  return `${bundle.output[0].code}\ngreenlets;`;
}
