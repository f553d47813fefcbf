import { readFileSync } from "node:fs";
import { createRequire, type LoadHookContext } from "node:module";
import { fileURLToPath } from "node:url";
import type { Program } from "@babel/types";
import { BODY } from "../build/compiles.ts";
import { isDependency } from "../own-folders.ts";
import { isPlainByFacts } from "../knowledge.ts";
import { isTypescript } from "../parsing.ts";
import { parseFile, rewriteTree } from "../rewrite.ts";
import { walk } from "../walk.ts";
import { can, host, type Language } from "./host.ts";
import { withInlineMap } from "./inline-map.ts";
import { compilable, declaredFormat, formatBySyntax, type ModuleFormat } from "./module-format.ts";
import type { LoadSettings } from "./load-settings.ts";
import { describeFailure } from "./report.ts";

/** A module as a load hook hands it to Node. */
export type Loaded = { format: ModuleFormat | `${ModuleFormat}-typescript`; source: string; shortCircuit: true };

/** A module after the compile step. */
type Compiled = { format: Loaded["format"]; code: string; map: object | null };

/** Compiles one module of the program that runs, with its source map inside; undefined for what is right as it is. */
export function loadCompiled(
  url: string,
  context: Pick<LoadHookContext, "format">,
  settings: LoadSettings,
): Loaded | undefined {
  const compiled = compileUrl(url, context.format, settings);
  return (
    compiled && { format: compiled.format, source: withInlineMap(compiled.code, compiled.map), shortCircuit: true }
  );
}

/**
 * Compiles one module of the program that runs.
 *
 * In: its URL and what Node knows of it. Out: code and map; undefined for what is right as it is: dependencies, built-in modules,
 * JSON, WebAssembly, and files in which nothing may switch. Throws what the compiler throws, with the code frame as its stack.
 */
export function compileUrl(
  url: string,
  given: string | null | undefined,
  settings: LoadSettings,
): Compiled | undefined {
  if (!url.startsWith("file:")) return undefined;
  const path = fileURLToPath(url);
  if (!compilable.test(path) || isDependency(path)) return undefined;
  const text = readFileSync(path, "utf8");
  const isPlain = !BODY.test(text) || isPlainByFacts(settings.facts, path, text);
  if (isPlain && isLeftToHost(path, text)) return undefined;
  const known = knownFormat(given) ?? declaredFormat(path);
  return framed(() => compiled({ path, text, known, settings }));
}

interface Module {
  path: string;
  text: string;
  /** The format where it is known without a look at the text. */
  known: ModuleFormat | undefined;
  settings: LoadSettings;
}

/** The same language with a map, where the host can take it; JavaScript elsewhere. */
function compiled(module: Module): Compiled | undefined {
  const { path, text, known, settings } = module;
  const language = languageOf(path);
  if (language !== "javascript" && host.reads === "javascript") return stripped(module);
  const tree = parseFile(text, path, kindOf(path, known).module);
  const needed = language === "types" && !isErasable(tree.program, path) ? "typescript" : language;
  const result = rewriteTree(text, tree, { filename: path, ...settings });
  if (result === null) return can(host.reads, needed) ? undefined : stripped(module);
  if (!can(host.takes, needed)) return stripped(module);
  const format = known ?? (tree.program.sourceType === "module" ? "module" : "commonjs");
  return { ...result, format: language === "javascript" ? format : `${format}-typescript` };
}

/** JavaScript, by Babel: for what is more than types (enums, namespaces, parameter properties), and for hosts that know no types. */
function stripped({ path, text, known, settings }: Module): Compiled {
  babel ??= load("./compile.js") as typeof import("../compile.ts");
  const format = known ?? formatBySyntax(path, text);
  const { code, map } = babel.compile(text, { ...settings, filename: path, ...kindOf(path, format), sourceMaps: true });
  return { format, code, map };
}

/** All of Babel, once it is needed: it takes longer to load than all the rest together. */
let babel: typeof import("../compile.ts") | undefined;

/** Loads it ahead, for hosts that need it for every TypeScript file and can't load it in the middle of loading one. */
export async function loadBabel(): Promise<void> {
  babel = await import("../compile.ts");
}

const load = createRequire(import.meta.url);

/** TypeScript makes CommonJS of `import` in a .cts file, so what that is shows only in its text. */
function kindOf(path: string, format: ModuleFormat | undefined): { module?: "esm" | "commonjs" } {
  if (format === undefined || path.endsWith(".cts")) return {};
  return { module: format === "module" ? "esm" : "commonjs" };
}

function languageOf(path: string): Language {
  return !isTypescript(path) ? "javascript" : path.endsWith("x") ? "typescript" : "types";
}

/** A word or a sign that stands wherever TypeScript is more than types; it may also stand elsewhere. */
const MORE_THAN_TYPES = /\b(?:enum|namespace|module|import\s+[\w$]+\s*=|export\s*=)|[^\w$\s>)\]]\s*<[\w$]/;

/** True for a text without code that the host reads by itself. */
function isLeftToHost(path: string, text: string): boolean {
  const language = languageOf(path);
  const isMore = MORE_THAN_TYPES.test(text) || (path.endsWith(".cts") && /\b(?:im|ex)port\b/.test(text));
  return can(host.reads, language === "types" && isMore ? "typescript" : language);
}

const CODE = new Set(["TSParameterProperty", "TSImportEqualsDeclaration", "TSExportAssignment", "TSTypeAssertion"]);
const DECLARATIONS = new Set(["TSEnumDeclaration", "TSModuleDeclaration"]);

/** True if types, and nothing else, make a file TypeScript. */
function isErasable(program: Program, path: string): boolean {
  let erasable = !(path.endsWith(".cts") && program.sourceType === "module");
  walk(program, (node) => {
    const isDeclared = DECLARATIONS.has(node.type) && (node as { declare?: boolean }).declare !== true;
    if (CODE.has(node.type) || isDeclared) erasable = false;
    return erasable;
  });
  return erasable;
}

function framed<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error) error.stack = describeFailure(error);
    throw error;
  }
}

/** `commonjs-typescript` → `commonjs`; null and undefined mean that Node would look into the file. */
function knownFormat(format: string | null | undefined): ModuleFormat | undefined {
  if (format?.startsWith("module")) return "module";
  if (format?.startsWith("commonjs")) return "commonjs";
  return undefined;
}
