/**
 * assumed — `assume: { plain, switches }` for a file that is compiled by itself: functions named by patterns.
 *
 *   In     a program, its path, the patterns
 *   Out    the functions of the file that are meant, and which imported names are
 *   Keeps  a pattern with a path that names this file must match one of its functions: a mistyped one would silently assume nothing
 *
 * Names are those of the whole-program analysis: `query`, `Pool#acquire`, `Pool.create`. A method is known here only inside its own file.
 */
import { isAbsolute, posix, relative, sep } from "node:path";
import type { Node, Program } from "@babel/types";
import { type FunctionPattern, parsePattern } from "./analyse/pattern.ts";
import { assumeUnmatched } from "./diagnostics.ts";
import type { Variable } from "./scope.ts";
import { eachChild, isFunction } from "./walk.ts";

/** What the user knows better than the analysis. */
export interface Assume {
  readonly plain?: readonly string[];
  readonly switches?: readonly string[];
}

type Assumption = "plain" | "switches";

export interface Assumed {
  /** What is assumed of a function of the file. */
  of(fn: Node): Assumption | undefined;
  /** What is assumed of an imported function. */
  ofImport(variable: Variable, local: string): Assumption | undefined;
}

/** @throws CompileError `assume-unmatched` */
export function assumedIn(program: Program, path: string, { plain = [], switches = [] }: Assume): Assumed {
  const filename = (isAbsolute(path) ? relative(process.cwd(), path) : path).split(sep).join("/");
  const patterns = [
    ...plain.map((text) => ({ ...parsePattern(text), means: "plain" as const })),
    ...switches.map((text) => ({ ...parsePattern(text), means: "switches" as const })),
  ];
  const names = patterns.length === 0 ? new Map<Node, string>() : functionNames(program);
  for (const pattern of patterns) refuseUnmatched(pattern, filename, names);
  const find = (file: string, name: string): Assumption | undefined =>
    patterns.find((one) => one.name.test(name) && (one.path?.test(file) ?? true))?.means;
  return {
    of(fn) {
      const name = names.get(fn);
      return name === undefined ? undefined : find(filename, name);
    },
    ofImport(variable, local) {
      const imported = patterns.length === 0 ? undefined : importedFrom(variable, local);
      if (imported === undefined) return undefined;
      const files = pathsOf(filename, imported.source);
      return files.map((file) => find(file, imported.name)).find((one) => one !== undefined);
    },
  };
}

function refuseUnmatched(pattern: FunctionPattern, filename: string, names: ReadonlyMap<Node, string>): void {
  if (pattern.path?.test(filename) !== true || pattern.path.test("")) return;
  if (![...names.values()].some((name) => pattern.name.test(name))) throw assumeUnmatched(pattern.text, filename);
}

/** Every function of a file that has a name. */
function functionNames(program: Program): Map<Node, string> {
  const names = new Map<Node, string>();
  const go = (node: Node, parent: Node | null, around: string | undefined): void => {
    const isClass = node.type === "ClassDeclaration" || node.type === "ClassExpression";
    const name = isClass || isFunction(node) ? nameOf(node, parent, around) : undefined;
    if (name !== undefined && isFunction(node)) names.set(node, name);
    const inside = isClass ? name : node.type === "ClassBody" ? around : undefined;
    eachChild(node, (child) => go(child, node, inside));
  };
  go(program, null, undefined);
  return names;
}

function nameOf(node: Node, parent: Node | null, className: string | undefined): string | undefined {
  if ("key" in node) {
    const key = keyOf(node.key as Node);
    if (key === undefined || className === undefined) return key;
    return `${className}${(node as { static?: boolean }).static === true ? "." : "#"}${key}`;
  }
  if ("id" in node && node.id?.type === "Identifier") return node.id.name;
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") return parent.id.name;
  return parent !== null && "key" in parent ? keyOf(parent.key as Node) : undefined;
}

function keyOf(key: Node): string | undefined {
  if (key.type === "Identifier") return key.name;
  if (key.type === "PrivateName") return `#${key.id.name}`;
  return key.type === "StringLiteral" ? key.value : undefined;
}

function importedFrom({ declaration }: Variable, local: string): { source: string; name: string } | undefined {
  if (declaration.type !== "ImportDeclaration") return undefined;
  const specifier = declaration.specifiers.find((one) => one.local.name === local);
  if (specifier?.type !== "ImportSpecifier") return undefined;
  const { imported } = specifier;
  return { source: declaration.source.value, name: imported.type === "Identifier" ? imported.name : imported.value };
}

const EXTENSIONS = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** `./db` in `src/a.ts` → `src/db`, `src/db.ts`, …; `./db.js` may be `src/db.ts`. A package is its own name. */
function pathsOf(filename: string, source: string): string[] {
  if (!source.startsWith(".")) return [source];
  const path = posix.join(posix.dirname(filename), source);
  const stem = path.replace(/\.[cm]?[jt]sx?$/, "");
  return [path, ...EXTENSIONS.map((extension) => `${stem}${extension}`)];
}
