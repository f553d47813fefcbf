/**
 * project — what is analysed: a tsconfig, or files with options.
 *
 *   In     `{ tsconfig }` or `{ root, files }`, optionally with texts that replace what is on the disk
 *   Out    ProjectSource: absolute file names, compiler options, the folder facts are relative to
 */
import { dirname, resolve } from "node:path";
import { ts } from "ts-morph";

export interface ProjectSource {
  /** The folder that paths in facts are relative to. */
  readonly root: string;
  readonly tsconfig: string | undefined;
  readonly files: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly texts: ReadonlyMap<string, string>;
}

export type ProjectInput =
  | { readonly tsconfig: string; readonly texts?: ReadonlyMap<string, string> }
  | {
      readonly root: string;
      readonly files: readonly string[];
      readonly options?: Readonly<Record<string, unknown>>;
      readonly texts?: ReadonlyMap<string, string>;
    };

export class ProjectError extends Error {
  readonly code = "project-unreadable";
  constructor(message: string) {
    super(message);
    this.name = "ProjectError";
  }
}

/** Options for files without a tsconfig: today's JavaScript, as bundlers resolve it. */
const loose: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowJs: true,
  allowImportingTsExtensions: true,
  jsx: ts.JsxEmit.Preserve,
  strict: true,
};

/** @throws ProjectError when the tsconfig can't be read, or no file is in it */
export function projectSource(input: ProjectInput): ProjectSource {
  return "tsconfig" in input ? fromTsconfig(resolve(input.tsconfig), input.texts) : fromFiles(input);
}

function fromFiles(input: Exclude<ProjectInput, { tsconfig: string }>): ProjectSource {
  const root = resolve(input.root);
  const files = input.files.map((file) => resolve(root, file));
  return { root, tsconfig: undefined, files, options: { ...loose, ...input.options }, texts: input.texts ?? new Map() };
}

function fromTsconfig(tsconfig: string, texts: ReadonlyMap<string, string> = new Map()): ProjectSource {
  const read = ts.readConfigFile(tsconfig, (path) => texts.get(path) ?? ts.sys.readFile(path));
  if (read.error !== undefined)
    throw new ProjectError(`${tsconfig}: ${ts.flattenDiagnosticMessageText(read.error.messageText, "\n")}`);
  const parsed = ts.parseJsonConfigFileContent(read.config, ts.sys, dirname(tsconfig), undefined, tsconfig);
  const files = [...new Set([...parsed.fileNames, ...texts.keys()])].filter((path) => !path.endsWith(".json"));
  const fatal = parsed.errors.find(({ code }) => code !== noInputs);
  if (fatal !== undefined)
    throw new ProjectError(`${tsconfig}: ${ts.flattenDiagnosticMessageText(fatal.messageText, "\n")}`);
  if (files.length === 0) throw new ProjectError(`${tsconfig} has no files: check its "include" and "files"`);
  return { root: dirname(tsconfig), tsconfig, files, options: { ...parsed.options }, texts };
}

/** "No inputs were found in config file": we say that ourselves. */
const noInputs = 18003;
