/**
 * iterations — code that takes items from an iterable, whose `next` may switch.
 *
 *   In     for (x of list)   f(...list)   [a, b] = list
 *   Out    whether the source is an array for certain, so that nothing is called
 */
import type { Node } from "@babel/types";
import type { Scopes } from "./scope.ts";
import { isFunction } from "./walk.ts";

/** Code that takes items from an iterable, or disposes of something at the end of its block: it calls without a call. */
export type IterationNode = Extract<
  Node,
  { type: "ForOfStatement" | "SpreadElement" | "ArrayPattern" | "VariableDeclaration" | "YieldExpression" }
>;

/** `for (x of list)`, `f(...list)`, `[a, b] = list`, `yield* list`, unless the list is known to be an array; `using file = open()`. */
export function isIteration(node: Node, parent: Node | null, scopes: Scopes): node is IterationNode {
  if (node.type === "ForOfStatement") return !node.await && !isArray(node.right, scopes);
  if (node.type === "SpreadElement") return parent?.type !== "ObjectExpression" && !isArray(node.argument, scopes);
  if (node.type === "VariableDeclaration") return node.kind === "using";
  if (node.type === "YieldExpression") return node.delegate && !isArray(node.argument as Node, scopes);
  if (node.type !== "ArrayPattern") return false;
  const source =
    parent?.type === "VariableDeclarator" ? parent.init : parent?.type === "AssignmentExpression" ? parent.right : null;
  return !(source && isArray(source, scopes));
}

/** An array literal, `arguments`, or a rest parameter that is never assigned. */
function isArray(node: Node, scopes: Scopes): boolean {
  if (node.type === "ArrayExpression") return !node.elements.some((element) => element?.type === "SpreadElement");
  if (node.type !== "Identifier") return false;
  const variable = scopes.variableOf.get(node);
  if (variable === undefined) return node.name === "arguments";
  const fn = variable.declaration;
  if (
    variable.kind !== "param" ||
    !isFunction(fn) ||
    variable.references.some((reference) => reference.write && !reference.initial)
  )
    return false;
  const last = fn.params.at(-1);
  return (
    isRestOfArray(fn.params, node.name) ||
    (last?.type === "RestElement" && last.argument.type === "Identifier" && last.argument.name === node.name)
  );
}

/** `[first, ...more]`: what a rest element of an array pattern collects is an array. */
function isRestOfArray(params: Node[], name: string): boolean {
  let found = false;
  const go = (pattern: Node): void => {
    if (pattern.type === "AssignmentPattern") go(pattern.left);
    if (pattern.type !== "ArrayPattern") return;
    for (const part of pattern.elements)
      if (part)
        found ||= part.type === "RestElement" && part.argument.type === "Identifier" && part.argument.name === name;
  };
  params.forEach(go);
  return found;
}
