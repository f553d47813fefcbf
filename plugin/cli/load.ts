import { readFileSync } from "node:fs";
import type { LoadHookContext } from "node:module";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "../compile.ts";
import { isOwn } from "../own-folders.ts";
import { withInlineMap } from "./inline-map.ts";
import { compilable, moduleFormat, type ModuleFormat } from "./module-format.ts";
import { describeFailure } from "./report.ts";

/** A module as a load hook hands it to Node. */
export type Loaded = { format: ModuleFormat; source: string; shortCircuit: true };

/**
 * Compiles one module of the program that runs.
 *
 * In: its URL and what Node knows of it. Out: JavaScript with its source map inside; undefined for what is not ours to compile
 * (dependencies, built-in modules, JSON, WebAssembly). Throws what the compiler throws, with the code frame as its stack.
 */
export function loadCompiled(
  url: string,
  context: Pick<LoadHookContext, "format">,
  stress: boolean,
): Loaded | undefined {
  if (!url.startsWith("file:")) return undefined;
  const path = fileURLToPath(url);
  if (!compilable.test(path) || isDependency(path)) return undefined;
  const text = readFileSync(path, "utf8");
  const format = knownFormat(context.format) ?? moduleFormat(path, text);
  return { format, source: compileModule(path, text, format, stress), shortCircuit: true };
}

/** The same for a file whose text is at hand. */
export function compileModule(filename: string, text: string, format: ModuleFormat, stress: boolean): string {
  try {
    const module = format === "module" ? "esm" : "commonjs";
    const { code, map } = compile(text, { filename, stress, module, sourceMaps: true });
    return withInlineMap(code, map);
  } catch (error) {
    if (error instanceof Error) error.stack = describeFailure(error);
    throw error;
  }
}

/** True for what was compiled before it was published, or never is: packages, and our own code. */
export function isDependency(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`) || isOwn(path);
}

/** `commonjs-typescript` → `commonjs`; null and undefined mean that Node would look into the file. */
function knownFormat(format: string | null | undefined): ModuleFormat | undefined {
  if (format?.startsWith("module")) return "module";
  if (format?.startsWith("commonjs")) return "commonjs";
  return undefined;
}
