/**
 * preamble — the lines that a compiled module begins with.
 *
 *   Out    import { abi } from "greenlets/internal";
 *          import "greenlets/iteration";
 *          const $ = abi(1);
 *          const $state = $.state;
 *   Keeps  directives first; a script gets `require`
 *
 * `$` is a constant of the module, not the imported name itself: V8 knows its value in compiled code, while an imported
 * binding is read and checked at each use.
 */
import type { Expression, Identifier, Program, Statement } from "@babel/types";
import { type Part, partsWith } from "../runtime/parts.ts";
import * as b from "./emit/build.ts";
import type { Names } from "./names.ts";
import { walk } from "./walk.ts";

/** What emitted code expects of the runtime; changes with every incompatible change of it. */
export const ABI = 1;

const bareImport = (source: string): Statement =>
  ({
    type: "ImportDeclaration",
    specifiers: [],
    source: b.string(source),
    importKind: "value",
    attributes: [],
    phase: null,
  }) as unknown as Statement;

/** What a module needs of the runtime. */
export interface Needs {
  /** The specifier of the module that has `abi`. */
  runtime: string;
  /** Whether `$state` is mentioned. */
  flag: boolean;
  development: boolean;
  /** Whether calls find the versions of built-in functions that can be suspended. */
  builtins: boolean;
}

export function addPreamble(program: Program, needs: Needs, names: Names): void {
  const isModule = program.sourceType === "module";
  const abi = names.fresh("abi");
  const version = [b.number(ABI), ...(needs.development ? [b.string("development")] : [])];
  const runtime = isModule ? b.id(abi) : b.member(required(needs.runtime), "abi");
  const lines: Statement[] = isModule ? [importOf(needs.runtime, abi)] : [];
  for (const part of partsOf(program, needs).map((name) => `greenlets/${name}`))
    lines.push(isModule ? bareImport(part) : b.statement(required(part)));
  lines.push(b.declareAll("const", [[b.ours("$"), b.call(runtime, version)]]));
  if (needs.flag) lines.push(b.declareAll("const", [[b.ours("$state"), b.abi("state")]]));
  // Imports first, so that the module reads as it did; other imports of the file stay behind this one.
  program.body.unshift(...lines);
}

/** The parts of the runtime that have the names of `$` which the program mentions. */
function partsOf(program: Program, { development, builtins }: Needs): Part[] {
  const names = new Set(development ? ["develop"] : []);
  walk(program, (node) => {
    if (node.type === "MemberExpression" && b.isOurs(node.object)) names.add((node.property as Identifier).name);
  });
  const parts = partsWith(names);
  // Calls of stress and development builds look their callee up there, whatever its name is.
  const looksUp = builtins && parts.includes("development") && !parts.includes("builtins");
  return looksUp ? [...parts, "builtins"] : parts;
}

/** import { abi } from "greenlets/internal" */
const importOf = (source: string, abi: string): Statement =>
  ({
    type: "ImportDeclaration",
    specifiers: [{ type: "ImportSpecifier", imported: b.id("abi"), local: b.id(abi), importKind: "value" }],
    source: b.string(source),
    importKind: "value",
    attributes: [],
    phase: null,
  }) as unknown as Statement;

const required = (source: string): Expression => b.call(b.id("require"), [b.string(source)]);

/**
 * In a file that has a `$` of its own, the runtime's gets another name. Which is whose: ours are marked.
 *   const $2 = abi(1)
 */
export function renameRuntime(program: Program, taken: string, names: Names): void {
  const name = names.fresh(taken);
  walk(program, (node) => {
    if (node.type === "Identifier" && node.name === taken && b.isOurs(node)) node.name = name;
  });
}
