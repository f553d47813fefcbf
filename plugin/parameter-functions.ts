/**
 * parameter-functions — a function in the body that has the name of a parameter is what that parameter begins with.
 *
 *   In     function f(x) { g(x); function x() {} }
 *   Out    function f(x) { var x = { x: function () {} }.x; g(x); }
 *   Keeps  one variable, that `arguments` is linked to (ECMA-262 §10.2.11 FunctionDeclarationInstantiation, step 36); names of functions
 */
import type { Expression, FunctionDeclaration, Identifier, Statement } from "@babel/types";
import * as b from "./emit/build.ts";
import { eachTarget } from "./patterns.ts";
import { withName } from "./settle.ts";
import type { FunctionNode } from "./walk.ts";

/** Rewrites such functions in place. @returns true if there were any: then the scopes are stale */
export function assignParameterFunctions(functions: readonly FunctionNode[]): boolean {
  return functions.filter((fn) => assignIn(fn)).length > 0;
}

function assignIn({ params, body }: FunctionNode): boolean {
  if (body.type !== "BlockStatement") return false;
  const own = new Set<string>();
  for (const param of params) eachTarget(param, ({ name }) => own.add(name));
  const isOwn = (statement: Statement): statement is FunctionDeclaration =>
    statement.type === "FunctionDeclaration" && own.has(statement.id?.name ?? "");
  const [found, others] = [body.body.filter(isOwn), body.body.filter((statement) => !isOwn(statement))];
  body.body = [...found.map((declaration) => assignment(declaration, body.start ?? 0)), ...others];
  return found.length > 0;
}

/** The function comes to be where the body begins, and so do the closures in it. */
function assignment(declaration: FunctionDeclaration, start: number): Statement {
  const id = declaration.id as Identifier;
  const expression = { ...declaration, type: "FunctionExpression", id: null, start } as unknown as Expression;
  const statement = b.declareAll("var", [[id, withName(id.name, expression)]]);
  for (const declarator of statement.declarations) Object.assign(declarator, { start, end: start });
  return statement;
}
