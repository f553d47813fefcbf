/** surroundings — what a function takes from the code around it, and what it is called there. */
import type { Node } from "@babel/types";
import { isWithin } from "./renames.ts";
import { directEval, withStatement } from "./diagnostics.ts";
import type { Scopes } from "./scope.ts";
import { isName } from "./liveness.ts";
import { eachChild, isFunction, walk, walkActivation, type FunctionNode } from "./walk.ts";

/** True when a resume body can't stand beside the outermost statement: it would lose variables, private names or `super`. */
export function needsSurroundings(fn: FunctionNode, scopes: Scopes): boolean {
  const activation = scopes.activationOf.get(fn);
  let found = false;
  const look = (node: Node): boolean => {
    if (node.type === "PrivateName" || node.type === "Super") found = true;
    const variable =
      node.type === "Identifier" || node.type === "JSXIdentifier" ? scopes.variableOf.get(node) : undefined;
    if (
      variable &&
      activation &&
      !isWithin(variable.activation, activation) &&
      variable.scope !== scopes.program &&
      !isOutermostClass(variable.scope.node, scopes)
    )
      found = true;
    return !found;
  };
  for (const part of [...fn.params, fn.body]) walk(part, look);
  return found;
}

/** The name that a top-level class has inside itself is its name outside, too. */
const isOutermostClass = (node: Node, scopes: Scopes): boolean =>
  node.type === "ClassDeclaration" && scopes.scopeOf.get(node)?.parent === scopes.program;

/** True for sloppy functions whose `arguments` and parameters are one (ECMA-262 §10.4.4 mapped arguments objects). */
export function linksArguments(fn: FunctionNode, scopes: Scopes): boolean {
  if (scopes.activationOf.get(fn)?.strict || fn.type === "ArrowFunctionExpression" || fn.params.length === 0)
    return false;
  if (fn.params.some((param) => param.type !== "Identifier")) return false;
  return mentionsArguments(fn.body);
}

function mentionsArguments(node: Node): boolean {
  if (node.type === "Identifier") return node.name === "arguments";
  let found = false;
  eachChild(node, (child, key) => {
    if (found || isName(node, key) || (isFunction(child) && child.type !== "ArrowFunctionExpression")) return;
    found = mentionsArguments(child);
  });
  return found;
}

/** Refuses what no compiler can keep the meaning of. */
export function refuseUnknowable(fn: FunctionNode, scopes: Scopes): void {
  for (const part of [...fn.params, fn.body]) {
    walkActivation(part, (node) => {
      if (node.type === "WithStatement") throw withStatement(node);
    });
    // Also in nested functions: what stands there sees the variables of this one.
    walk(part, (node) => {
      if (node.type === "WithStatement" && mentionsVariableOf(node.body, fn, scopes)) throw withStatement(node);
      if (node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "eval")
        throw directEval(node);
    });
  }
}

function mentionsVariableOf(root: Node, fn: FunctionNode, scopes: Scopes): boolean {
  let found = false;
  walk(root, (node) => {
    found ||= scopes.variableOf.get(node)?.activation.node === fn;
    return !found;
  });
  return found;
}

/** What a function is called, for the name of its resume function. */
export function inferredName(fn: FunctionNode, parents: Map<Node, { node: Node; key: string }>): string {
  if ("id" in fn && fn.id) return fn.id.name;
  if ("key" in fn) return keyName(fn.key) ?? "method";
  const parent = parents.get(fn)?.node;
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") return parent.id.name;
  if (parent?.type === "AssignmentExpression" && parent.left.type === "Identifier") return parent.left.name;
  if (parent?.type === "AssignmentExpression" && parent.left.type === "MemberExpression")
    return keyName(parent.left.property) ?? "anonymous";
  if (parent?.type === "ObjectProperty" || parent?.type === "ClassProperty") return keyName(parent.key) ?? "anonymous";
  return "anonymous";
}

function keyName(key: Node): string | undefined {
  if (key.type === "Identifier") return key.name;
  if (key.type === "PrivateName") return key.id.name;
  return key.type === "StringLiteral" && /^[\w$]+$/.test(key.value) && !/^\d/.test(key.value) ? key.value : undefined;
}
