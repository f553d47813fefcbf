/**
 * recognise — a file that was compiled already: a package published compiled, or a build that runs twice.
 *
 *   In     a program, the specifier of the runtime
 *   Out    true for `import { abi } from "greenlets/internal"; const $ = abi(1);` at its top level
 *   Keeps  such a file is left alone: its functions can be suspended as they are
 */
import type { Node, Program, Statement } from "@babel/types";

export function isCompiled(program: Program, runtime: string): boolean {
  const names = new Set(program.body.flatMap((statement) => importedAbi(statement, runtime)));
  return program.body.some(
    (statement) =>
      statement.type === "VariableDeclaration" &&
      statement.declarations.some(({ init }) => isAbiCall(init, names, runtime)),
  );
}

/** The local name of `abi` in `import { abi } from "greenlets/internal"`. */
function importedAbi(statement: Statement, runtime: string): string[] {
  if (statement.type !== "ImportDeclaration" || statement.source.value !== runtime) return [];
  return statement.specifiers.flatMap((one) =>
    one.type === "ImportSpecifier" && one.imported.type === "Identifier" && one.imported.name === "abi"
      ? [one.local.name]
      : [],
  );
}

/** `abi(1)`, `require("greenlets/internal").abi(1)` */
function isAbiCall(node: Node | null | undefined, names: ReadonlySet<string>, runtime: string): boolean {
  if (node?.type !== "CallExpression") return false;
  const { callee } = node;
  if (callee.type === "Identifier") return names.has(callee.name);
  return (
    callee.type === "MemberExpression" &&
    callee.property.type === "Identifier" &&
    callee.property.name === "abi" &&
    isRequire(callee.object, runtime)
  );
}

function isRequire(node: Node, runtime: string): boolean {
  if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "require")
    return false;
  const [path] = node.arguments;
  return path?.type === "StringLiteral" && path.value === runtime;
}
