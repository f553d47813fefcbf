/** parsing — how a file is parsed: by its name, and by what a caller knows of its module format. */

const TYPESCRIPT = /\.[cm]?tsx?$/;
const JSX = /\.(?:[cm]?jsx?|tsx)$/;

/** How Node or a bundler will load a file, where that is known. */
export type ModuleKind = "esm" | "commonjs" | "script";

export const isTypescript = (filename: string): boolean => TYPESCRIPT.test(filename);

/** The syntax beyond ECMAScript's that is understood in every file; types come with Babel's preset. */
export function parserPlugins(filename: string): string[] {
  const plugins = [
    "decorators",
    "decoratorAutoAccessors",
    "explicitResourceManagement",
    "sourcePhaseImports",
    "deferredImportEvaluation",
  ];
  if (/\.[cm]?jsx?$/.test(filename)) plugins.push("jsx");
  return plugins;
}

/** The same with types, for Babel's parser by itself. */
export function parserPluginsWithTypes(filename: string): string[] {
  const plugins = [
    "decorators",
    "decoratorAutoAccessors",
    "explicitResourceManagement",
    "sourcePhaseImports",
    "deferredImportEvaluation",
  ];
  if (JSX.test(filename)) plugins.push("jsx");
  if (isTypescript(filename)) plugins.push("typescript");
  return plugins;
}

/** Babel's name for a module format; by default what the text says. */
export function sourceType(module: ModuleKind | undefined): "unambiguous" | "module" | "commonjs" | "script" {
  return module === undefined ? "unambiguous" : module === "esm" ? "module" : module;
}
