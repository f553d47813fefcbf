/** Our versions of the built-in functions and the runtime under them, as one script that changes the realm it runs in. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "vite";
import { compileVersion } from "./compile-version.ts";

const own = /[\\/]runtime[\\/]builtins[\\/].*\.ts$/;

/** Compiles the versions as the package's own build does. */
function compiled(stress: boolean): Plugin {
  return {
    name: "greenlets:versions",
    enforce: "pre",
    async load(id) {
      if (!own.test(id)) return null;
      return { code: compileVersion(await readFile(id, "utf8"), id, internal, stress), moduleType: "js" };
    },
  };
}

const internal = join(import.meta.dirname, "../../runtime/core/internal.ts");

/** The text of a script whose value has all exports of `greenlets` and `greenlets/internal`. */
export async function bundleRealm(mode: "versions" | "compiled" | "stress"): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "error",
    plugins: mode === "versions" ? [] : [compiled(mode === "stress")],
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, "realm-entry.ts"), name: "greenlets", formats: ["iife"] },
    },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  if (bundle === undefined || !("output" in bundle)) throw new Error("the bundler returned no output");
  return `"use strict";\n${bundle.output[0].code}\ngreenlets;`;
}
