// What no engine runs as it is, for the fixtures that show it: TypeScript lowers it, before or behind the compiler.
import { createRequire } from "node:module";
import type ts from "typescript";

const LOWERED = /[\\/]fixtures[\\/]lowered[\\/]([^\\/]+)[\\/]/;

const require = createRequire(import.meta.url);

/** JSX, decorators and auto-accessors as JavaScript; undefined for all other fixtures. */
export function lower(code: string, path: string): string | undefined {
  const name = LOWERED.exec(path)?.[1];
  if (name === undefined) return undefined;
  // Loaded here, because hardly any thread needs it.
  const { transpileModule, ModuleKind, ScriptTarget, JsxEmit } = require("typescript") as typeof ts;
  return transpileModule(code, {
    fileName: path.replace(/\.js$/, ".jsx"),
    compilerOptions: {
      target: ScriptTarget.ES2022,
      module: ModuleKind.ESNext,
      jsx: JsxEmit.React,
      jsxFactory: "element",
      experimentalDecorators: name === "decorators-of-typescript",
    },
  }).outputText;
}
