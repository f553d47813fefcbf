/** Our versions of the built-in functions and the runtime under them, as one script that changes the realm it runs in. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "vite";
import { plainBuiltins, runtimeModules } from "../../compile-runtime.ts";
import { compile } from "../../plugin/compile.ts";

const own = /[\\/]runtime[\\/]builtins[\\/](?!install).*\.ts$/;

/** Compiles the versions as the package's own build does. */
function compiled(stress: boolean): Plugin {
  return {
    name: "greenlets:versions",
    enforce: "pre",
    resolveId: (id) => runtimeModules[id],
    async load(id) {
      if (!own.test(id)) return null;
      const source = await readFile(id, "utf8");
      const { code } = compile(stress ? suspending(source) : source, {
        filename: id,
        module: "esm",
        builtins: false,
        plainImports: plainBuiltins,
        runtime,
      });
      return { code, moduleType: "js" };
    },
  };
}

/**
 * Every call and every read that a version makes on behalf of the program really suspends, unless a foreign frame is below.
 *     return value;  →  return stressValue(state.below, value);
 */
function suspending(source: string): string {
  const isSource = /return (applyNative\(callee, self, values\)|value);\n/;
  const header = `import { stressValue } from "${development}/stress.ts";\nimport { core as marking } from "${core}/core.ts";\nconst marks = marking.state;\n`;
  const isPassage = source.includes("export function through<") || source.includes("const applyNative");
  return isPassage ? header + source.replace(isSource, "return stressValue(marks.below, $1);\n") : source;
}

const core = join(import.meta.dirname, "../../runtime/core");
const development = join(import.meta.dirname, "../../runtime/development");

const runtime = join(core, "internal.ts");

/** Compiled tests find the versions as programs do, at their calls; uncompiled ones must be given them. */
const entries = {
  versions: "realm-entry.ts",
  compiled: "../conformance/runtime-entry.ts",
  stress: "../conformance/runtime-entry.ts",
};

/** The text of a script whose value has all exports of `greenlets` and `greenlets/internal`. */
export async function bundleRealm(mode: "versions" | "compiled" | "stress"): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "error",
    plugins: mode === "versions" ? [] : [compiled(mode === "stress")],
    build: {
      write: false,
      minify: false,
      // The package says that its modules have no side effects; installing the versions is one.
      rolldownOptions: { treeshake: false },
      lib: { entry: join(import.meta.dirname, entries[mode]), name: "greenlets", formats: ["iife"] },
    },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  if (bundle === undefined || !("output" in bundle)) throw new Error("the bundler returned no output");
  return `"use strict";\n${bundle.output[0].code}\ngreenlets;`;
}
