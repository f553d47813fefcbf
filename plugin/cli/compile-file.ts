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

export interface FileOptions {
  readonly stress: boolean;
  readonly maps: boolean;
  /** A facts file; none: the file is compiled by itself. */
  readonly facts?: string;
}

/** Compiles a file as `greenlets compile` shows it; throws what the compiler throws. */
export async function compileFile(source: Source, { stress, maps, facts = "" }: FileOptions): Promise<Compiled> {
  const { compile } = await import("../compile.ts");
  const module = moduleFormat(source.path, source.text) === "module" ? "esm" : "commonjs";
  const filename = displayName(source.path);
  const { code, map } = compile(source.text, { filename, stress, facts, module, sourceMaps: maps });
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
