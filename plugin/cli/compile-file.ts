import { moduleFormat } from "./module-format.ts";
import { rewriteRelativeImports } from "./relative-imports.ts";
import { displayName, type Source } from "./source.ts";

/** One file after the compile step. */
export type Compiled = {
  /** As given on the command line. */
  name: string;
  /** Absolute. */
  path: string;
  /** Where it was written; null if it was not. */
  output: string | null;
  code: string;
  map: object | null;
  /** False: nothing in it may switch and it had no types, so `code` is the file, byte for byte. */
  changed: boolean;
};

/** Compiles a file as `greenlets compile` shows it; throws what the compiler throws. */
export async function compileFile(
  source: Source,
  { stress, maps }: { stress: boolean; maps: boolean },
): Promise<Compiled> {
  const { compile } = await import("../compile.ts");
  const module = moduleFormat(source.path, source.text) === "module" ? "esm" : "commonjs";
  const { code, map } = compile(source.text, { filename: displayName(source.path), stress, module, sourceMaps: maps });
  const changed = code !== source.text;
  const typed = /\.[mc]?tsx?$/.test(source.path);
  return {
    name: source.name,
    path: source.path,
    output: null,
    code: typed ? rewriteRelativeImports(code) : code,
    map: changed ? map : null,
    changed,
  };
}
