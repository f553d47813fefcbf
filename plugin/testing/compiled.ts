/** compiled — what tests look at: one file's output, and what the compiler found in it. */
import { compile as compileFile, type CompileOptions as FileOptions } from "../compile.ts";
import { findFunctions, type Found, type SwitchingFunction } from "./functions.ts";

export interface CompileOptions extends Omit<FileOptions, "filename" | "sourceMaps"> {
  /** Says the language and names the file in maps and messages: input.ts by default. */
  filename?: string;
}

/** What the compiler refused. */
export interface Diagnostic {
  code: string;
  /** One sentence, the way out, and the code frame. */
  message: string;
}

/** The result of `compile`. As a string, it is what a snapshot shows. */
export class Compiled {
  readonly filename: string;
  /** The output; empty if the file was refused. */
  readonly code: string;
  /** Null for JavaScript in which nothing may switch. */
  readonly map: object | null;
  /** The functions that may switch, in source order. */
  readonly functions: readonly SwitchingFunction[];
  /** The names of the functions that stay as they are. */
  readonly plain: readonly string[];
  readonly diagnostics: readonly Diagnostic[];

  constructor(
    filename: string,
    { code, map }: { code: string; map: object | null },
    found: Found,
    diagnostics: Diagnostic[],
  ) {
    this.filename = filename;
    this.code = code;
    this.map = map;
    this.functions = found.functions;
    this.plain = found.plain;
    this.diagnostics = diagnostics;
  }

  /** Function by function, then the code. No positions: an edit elsewhere in the file changes nothing here. */
  toString(): string {
    const refused = this.diagnostics.map(({ code, message }) => `${code}: ${message}`);
    const functions = this.functions.map(describe);
    return [...refused, ...functions, ...(this.code === "" ? [] : [this.code.trimEnd()])].join("\n\n");
  }
}

/** `walk may switch\n  walk(node.left)  keeps node` */
function describe({ name, points }: SwitchingFunction): string {
  const lines = points.map(
    ({ text, live, tail }) =>
      `  ${text}${tail ? "  (tail call)" : live.length > 0 ? `  keeps ${live.join(", ")}` : ""}`,
  );
  return [`${name} may switch`, ...lines].join("\n");
}

/**
 * Compiles source text as a build would. What the compiler refuses is a diagnostic.
 * @throws OptionsError for an unknown option
 */
export function compile(source: string, { filename = "input.ts", ...options }: CompileOptions = {}): Compiled {
  const { module: _, ...own } = options;
  try {
    return new Compiled(
      filename,
      compileFile(source, { ...options, filename }),
      findFunctions(source, filename, own),
      [],
    );
  } catch (error) {
    return new Compiled(filename, { code: "", map: null }, { functions: [], plain: [] }, [diagnosticOf(error)]);
  }
}

/** Only errors about the source: anything else is thrown on. */
function diagnosticOf(error: unknown): Diagnostic {
  const { code, message } = error as Error & { code?: string };
  if (code === undefined || !/^(?:greenlets\/(?!options)|BABEL_)/.test(code)) throw error;
  // `/home/me/input.ts: Unexpected token` → `input.ts: …`: the same on every machine.
  return { code, message: message.replace(/^\S*[\\/](?=[^\\/\s]+: )/, "") };
}
