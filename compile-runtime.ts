// The parts of the runtime that may switch are compiled by our own plugin: in the build, and where tests load them from their sources.
import { readFileSync } from "node:fs";
import { compile, type CompileResult } from "./plugin/compile.ts";

/** The files that are compiled. */
export const compiledParts = /[\\/]runtime[\\/](?:builtins|green|node)[\\/].*(?<!\.d)\.ts$/;

/** Modules of the built-in versions that only ask the host, so that calling them never leads to a switch. */
const plainModules = ["/natives.ts", "/check.ts", "/define.ts", "/registry.ts", "/element.ts"];

/** One such file, compiled. The versions of built-in functions must not call themselves. */
export function compileRuntime(filename: string): CompileResult {
  const builtins = /[\\/]builtins[\\/]/.test(filename) ? { builtins: false, plainImports: plainModules } : {};
  return compile(readFileSync(filename, "utf8"), { filename, module: "esm", ...builtins });
}
