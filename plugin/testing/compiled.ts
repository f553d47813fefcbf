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
  readonly diagnostics: readonly Diagnostic[];
  /** Finds the functions; null once that is done. */
  #find: (() => Found) | null;
  #found: Found = { functions: [], plain: [] };

  constructor(
    filename: string,
    { code, map }: { code: string; map: object | null },
    find: () => Found,
    diagnostics: Diagnostic[],
  ) {
    this.filename = filename;
    this.code = code;
    this.map = map;
    this.#find = find;
    this.diagnostics = diagnostics;
  }

  /** The functions that may switch, in source order. */
  get functions(): readonly SwitchingFunction[] {
    return this.#look().functions;
  }

  /** The names of the functions that stay as they are. */
  get plain(): readonly string[] {
    return this.#look().plain;
  }

  /** Function by function, with the suspension points and what they keep: one line each. What was refused comes first. */
  get outline(): string {
    const refused = this.diagnostics.map(({ code, message }) => `${code}: ${message}`);
    return [...refused, ...this.functions.map(describe)].join("\n\n");
  }

  /** The outline, then the code. No positions: an edit elsewhere in the file changes nothing here. */
  toString(): string {
    return [this.outline, this.code.trimEnd()].filter((part) => part !== "").join("\n\n");
  }

  /** It takes two more compilations, so it waits until somebody asks. */
  #look(): Found {
    if (this.#find !== null) this.#found = this.#find();
    this.#find = null;
    return this.#found;
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
    const output = compileFile(source, { ...options, filename });
    return new Compiled(filename, output, () => findFunctions(source, filename, own), []);
  } catch (error) {
    return new Compiled(filename, { code: "", map: null }, nothing, [diagnosticOf(error)]);
  }
}

const nothing = (): Found => ({ functions: [], plain: [] });

/** Only errors about the source: anything else is thrown on. */
function diagnosticOf(error: unknown): Diagnostic {
  const { code, message } = error as Error & { code?: string };
  if (code === undefined || !/^(?:greenlets\/(?!options)|BABEL_)/.test(code)) throw error;
  // `/home/me/input.ts: Unexpected token` → `input.ts: …`: the same on every machine.
  return { code, message: message.replace(/^\S*[\\/](?=[^\\/\s]+: )/, "") };
}
