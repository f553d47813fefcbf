/** The three ways a source text is prepared: as it stands, compiled, and compiled so that every suspension point suspends. */
import { pathToFileURL } from "node:url";
import vm from "node:vm";

export type Sort = "script" | "esm";

export interface CompileOptions {
  readonly filename: string;
  readonly stress?: boolean;
  readonly sourceMaps?: boolean;
  readonly module?: "script" | "commonjs" | "esm";
}

export type Compile = (source: string, options: CompileOptions) => { readonly code: string };

export interface Translate {
  readonly name: "plain" | "compiled" | "stress";
  readonly compile: (source: string, filename: string, sort: Sort) => { readonly code: string };
}

/** `compiler` is the path of a module that exports `compile`. */
export async function loadCompile(compiler: string): Promise<Compile> {
  const module: { readonly compile: Compile } = await import(pathToFileURL(compiler).href);
  return module.compile;
}

/** The compiler would not, or could not: `code` is its own code, or "crash" when the error has none. */
export class CompileFailure extends Error {
  override readonly name = "CompileFailure";
  readonly code: string;

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    const code = (cause as { code?: unknown } | null)?.code;
    this.code = typeof code === "string" ? code : "crash";
  }
}

export function translations(compile: Compile): Record<Translate["name"], Translate> {
  const using = (name: "compiled" | "stress"): Translate => ({
    name,
    compile: (source, filename, module) => {
      try {
        return compile(source, { filename, module, stress: name === "stress" });
      } catch (cause) {
        // What the engine can't parse either is left to it: the test may expect its SyntaxError.
        if ((cause as { code?: unknown }).code === "BABEL_PARSE_ERROR" && !parses(source, module))
          return { code: source };
        throw new CompileFailure(cause);
      }
    },
  });
  return {
    plain: { name: "plain", compile: (code) => ({ code }) },
    compiled: using("compiled"),
    stress: using("stress"),
  };
}

function parses(source: string, sort: Sort): boolean {
  try {
    void (sort === "esm" ? new vm.SourceTextModule(source) : new vm.Script(source));
    return true;
  } catch {
    return false;
  }
}
