/**
 * split-parameters — a parameter that functions among the parameters see, and that the body declares again, is two variables.
 *
 *   In     function f(x, get = () => x) { var x = g(); }
 *   Out    function f(x, get = () => x) { var x2 = x; x2 = g(); }         (`var x2` stays where `var x` was)
 *   Keeps  what the functions among the parameters see (ECMA-262 §10.2.11 FunctionDeclarationInstantiation, step 28)
 */
import type { Node } from "@babel/types";
import { keepFunctionName, rename } from "./renames.ts";
import * as b from "./emit/build.ts";
import type { Names } from "./names.ts";
import type { Reference, Scopes, Variable } from "./scope.ts";
import type { FunctionNode } from "./walk.ts";

/** Parts such parameters of some functions, in place. @returns true if there were any: then the scopes are stale */
export function splitParameters(scopes: Scopes, functions: readonly FunctionNode[], names: Names): boolean {
  const chosen = new Set<Node>(functions);
  const parameters = scopes.variables.filter(({ kind, activation }) => kind === "param" && chosen.has(activation.node));
  const split = parameters.filter(isTwo);
  for (const parameter of split) part(parameter, names);
  return split.length > 0;
}

function isTwo({ references, activation }: Variable): boolean {
  const isOwn = (reference: Reference): boolean => reference.activation === activation;
  return (
    references.some((reference) => !isOwn(reference) && !isInBody(reference, activation.node)) &&
    references.some(
      (reference) =>
        reference.initial && reference.parent.type !== "FunctionDeclaration" && isInBody(reference, activation.node),
    )
  );
}

const isInBody = ({ node }: Reference, fn: Node): boolean =>
  (node.start ?? -1) >= ((fn as FunctionNode).body.start ?? Infinity);

function part({ name, references, activation: { node } }: Variable, names: Names): void {
  const fresh = names.fresh(name);
  for (const reference of references) {
    if (!isInBody(reference, node)) continue;
    if (reference.write) keepFunctionName(reference);
    rename(reference, fresh);
  }
  const { body } = node as FunctionNode;
  if (body.type === "BlockStatement") body.body.unshift(b.declare("var", fresh, b.id(name)));
}
