/** compile — source text in, plain JavaScript out: what the command, the bundler plugins and the tests call. */
import { transformSync, type InputOptions, type PluginAPI, type PluginObject } from "@babel/core";
import presetTypescript from "@babel/preset-typescript";
import greenlets from "./babel.ts";
import type { Options } from "./options.ts";
import { plugin, skip } from "./visitor.ts";
import { isTypescript, parserPlugins, sourceType, type ModuleKind } from "./parsing.ts";

export interface CompileOptions extends Options {
  filename: string;
  sourceMaps?: boolean;
  /** How the file is parsed; by default what its contents say. */
  module?: ModuleKind;
}

export interface CompileResult {
  code: string;
  map: object | null;
  diagnostics: string[];
  /** False when nothing in the file may switch: a JavaScript file is then returned as it was. */
  changed: boolean;
}

type PluginFunction = (api: PluginAPI, options: Options) => PluginObject;

/** The plugin for a file that nothing else transforms. */
const alone: PluginFunction = (api, options) => plugin(api, options, skip);

/** Compiles one file. @throws an error with a code and a code frame for what can't be compiled */
export function compile(source: string, options: CompileOptions): CompileResult {
  const { filename, sourceMaps = true, module, ...own } = options;
  const isTyped = isTypescript(filename);
  const presets = isTyped ? [presetTypescript] : [];
  const babel: InputOptions = {
    filename,
    sourceMaps,
    babelrc: false,
    configFile: false,
    compact: false,
    sourceType: sourceType(module),
    parserOpts: { plugins: parserPlugins(filename), createImportExpressions: true },
    plugins: [[(isTyped ? greenlets : alone) as unknown as string, own]],
    presets,
  } as unknown as InputOptions;
  const result = transformSync(source, babel);
  const code = result?.code ?? source;
  const changed = (result?.metadata as { greenlets?: true } | undefined)?.greenlets === true;
  if (!changed && !isTyped) return { code: source, map: null, diagnostics: [], changed };
  return { code, map: (result?.map as object | null) ?? null, diagnostics: [], changed };
}

export { tracePasses, type TracedPass } from "./trace.ts";
