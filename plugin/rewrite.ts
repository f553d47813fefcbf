/**
 * rewrite — source text in, the same language out: what bundlers and the load hooks call.
 *
 * Babel's parser and printer are all it needs: types, JSX and decorators stay for whoever comes next, and a function in which
 * nothing may switch stays byte for byte.
 */
import { parse, type ParserOptions } from "@babel/parser";
import type { File } from "@babel/types";
import { withFrame } from "./frame.ts";
import { isPlainByFacts, readKnowledge } from "./knowledge.ts";
import { settle, type Options } from "./options.ts";
import { parserPluginsWithTypes, sourceType, type ModuleKind } from "./parsing.ts";
import { compileProgram } from "./pipeline.ts";
import { Snapshot, splice, type Spliced } from "./splice/index.ts";

export interface RewriteOptions extends Options {
  filename: string;
  module?: ModuleKind;
  /** The file's name in the map and in descriptions; `filename` if there is none. */
  name?: string;
}

/**
 * Compiles one file. @returns null where nothing may switch: the file is then right as it is.
 * @throws an error with a code, a place and a code frame for what can't be compiled
 */
export function rewrite(source: string, options: RewriteOptions): Spliced | null {
  if (isPlainByFacts(options.facts ?? "", options.filename, source)) return null;
  return rewriteTree(source, parseFile(source, options.filename, options.module), options);
}

/** The same for a file that was parsed. */
export function rewriteTree(source: string, tree: File, options: RewriteOptions): Spliced | null {
  const { filename, module: _, name = filename, ...own } = options;
  const settings = settle(own);
  try {
    let before: Snapshot | undefined;
    const changed = compileProgram(tree.program, settings, {
      filename: name,
      knowledge: readKnowledge(settings.facts, filename, source),
      beforeChange: () => void (before = new Snapshot(tree.program)),
    });
    return changed && before ? splice(source, tree, before, name) : null;
  } catch (error) {
    throw withFrame(error, source, filename);
  }
}

/** @throws a SyntaxError with a place and a code frame */
export function parseFile(source: string, filename: string, module: ModuleKind | undefined): File {
  try {
    return parse(source, {
      sourceType: sourceType(module),
      sourceFilename: filename,
      createImportExpressions: true,
      plugins: parserPluginsWithTypes(filename) as ParserOptions["plugins"] & object,
    }) as unknown as File;
  } catch (error) {
    throw withFrame(error, source, filename);
  }
}
