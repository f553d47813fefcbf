// The parts of the runtime that may switch are compiled by our own plugin: in the build, and where tests load them from their sources.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, type CompileResult } from "./plugin/compile.ts";

/**
 * The files that are compiled. What green's loop does for the host, and its errors, never switch and stay as they are; so do the few files in
 * which what may switch is written by hand.
 */
export const compiledParts = /[\\/]runtime[\\/](?:builtins[\\/].*|green[\\/](?!errors\.ts)[^\\/]+)(?<!\.d)\.ts$/;

/** Modules of the built-in versions that only ask the host, so that calling them never leads to a switch. */
export const plainBuiltins = ["/natives.ts", "/check.ts", "/define.ts", "/registry.ts", "/element.ts", "/object.ts"];

/** Modules of green that never switch. */
const green = join(import.meta.dirname, "runtime/green");
const plainGreen = [
  "/errors.ts",
  ...globSync("loop/*.ts", { cwd: green }).map((name) => `/${name.replace("\\", "/")}`),
];

/** The modules of the runtime by the names under which its package exports them. */
export const runtimeModules: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    greenlets: "core/index.ts",
    "greenlets/internal": "core/internal.ts",
    "greenlets/builtins": "builtins/install.ts",
    "greenlets/classes": "classes/install.ts",
    "greenlets/development": "development/install.ts",
    "greenlets/iteration": "iteration/install.ts",
    "greenlets/language": "language/install.ts",
    "greenlets/green": "green/index.ts",
  }).map(([name, path]) => [name, join(import.meta.dirname, "runtime", path)]),
);

/**
 * One such file, compiled. Neither part calls the resumable versions of built-in functions.
 * @param facts of the whole runtime, for the build; without them the file is compiled by itself, and more is taken for what may switch
 */
export function compileRuntime(filename: string, facts?: string): CompileResult {
  const isBuiltin = /[\\/]builtins[\\/]/.test(filename);
  const known = isBuiltin || facts === undefined ? {} : { facts };
  const plainImports = isBuiltin ? plainBuiltins : plainGreen;
  return compile(readFileSync(filename, "utf8"), { filename, module: "esm", builtins: false, plainImports, ...known });
}
