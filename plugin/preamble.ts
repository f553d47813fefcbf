/**
 * preamble — the two lines that a compiled module begins with.
 *
 *   Out    import { $ } from "greenlets/internal";
 *          const $state = $.abi(1);
 *   Keeps  directives first; a script gets `require`
 */
import type { Program, Statement } from "@babel/types";
import * as b from "./emit/build.ts";

const ABI = 1;

export function addPreamble(program: Program, runtime: string, usesFlag: boolean): void {
  const lines: Statement[] = [program.sourceType === "module" ? importOf(runtime) : requireOf(runtime)];
  if (usesFlag) lines.push(b.declare("const", "$state", b.runtime("abi", b.number(ABI))));
  // Imports first, so that the module reads as it did; other imports of the file stay behind this one.
  program.body.unshift(...lines);
}

const importOf = (runtime: string): Statement =>
  ({
    type: "ImportDeclaration",
    specifiers: [{ type: "ImportSpecifier", imported: b.id("$"), local: b.id("$"), importKind: "value" }],
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
        id: { type: "ObjectPattern", properties: [{ type: "ObjectProperty", key: b.id("$"), value: b.id("$"), computed: false, shorthand: true }] },
        init: b.call(b.id("require"), [b.string(runtime)]),
      },
    ],
  }) as unknown as Statement;
