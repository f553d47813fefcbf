/**
 * preamble — the two lines that a compiled module begins with.
 *
 *   Out    import { $ } from "greenlets/internal";
 *          const $state = $.abi(1);
 *   Keeps  directives first; a script gets `require`
 */
import type { Program, Statement } from "@babel/types";
import * as b from "./emit/build.ts";
import type { Names } from "./names.ts";
import { walk } from "./walk.ts";

const ABI = 1;
/** Adds the resumable versions of built-in functions to `$`. */
const BUILTINS = "greenlets/builtins";

const bareImport = (source: string): Statement =>
  ({
    type: "ImportDeclaration",
    specifiers: [],
    source: b.string(source),
    importKind: "value",
    attributes: [],
    phase: null,
  }) as unknown as Statement;

export function addPreamble(
  program: Program,
  runtime: string,
  usesFlag: boolean,
  usesBuiltins: boolean,
  development: boolean,
): void {
  const lines: Statement[] = [program.sourceType === "module" ? importOf(runtime) : requireOf(runtime)];
  if (usesFlag)
    lines.push(
      b.declareAll("const", [
        [b.ours("$state"), b.runtime("abi", b.number(ABI), ...(development ? [b.string("development")] : []))],
      ]),
    );
  if (usesBuiltins)
    lines.splice(
      1,
      0,
      program.sourceType === "module"
        ? bareImport(BUILTINS)
        : b.statement(b.call(b.id("require"), [b.string(BUILTINS)])),
    );
  // Imports first, so that the module reads as it did; other imports of the file stay behind this one.
  program.body.unshift(...lines);
}

const importOf = (runtime: string): Statement =>
  ({
    type: "ImportDeclaration",
    specifiers: [{ type: "ImportSpecifier", imported: b.id("$"), local: b.ours("$"), importKind: "value" }],
    source: b.string(runtime),
    importKind: "value",
    attributes: [],
    phase: null,
  }) as unknown as Statement;

const requireOf = (runtime: string): Statement =>
  ({
    type: "VariableDeclaration",
    kind: "const",
    declarations: [
      {
        type: "VariableDeclarator",
        id: {
          type: "ObjectPattern",
          properties: [
            { type: "ObjectProperty", key: b.id("$"), value: b.ours("$"), computed: false, shorthand: true },
          ],
        },
        init: b.call(b.id("require"), [b.string(runtime)]),
      },
    ],
  }) as unknown as Statement;

/**
 * In a file that has a `$` of its own, the runtime's gets another name. Which is whose: ours are marked.
 *   import { $ as $2 } from "greenlets/internal"
 */
export function renameRuntime(program: Program, taken: string, names: Names): void {
  const name = names.fresh(taken);
  walk(program, (node) => {
    if (node.type === "Identifier" && node.name === taken && node.extra?.["runtime"] === true) node.name = name;
    if (
      node.type === "ObjectProperty" &&
      node.shorthand &&
      node.value.type === "Identifier" &&
      node.value.name === name
    )
      node.shorthand = false;
  });
}
