/**
 * walk — reading syntax trees without Babel's paths: the children of a node, a walk, a copy.
 *
 * Nodes are plain objects, so the same code serves the trees of Babel 7 and 8.
 */
import type { Node, VariableDeclaration } from "@babel/types";

const NOT_SYNTAX = new Set([
  "type",
  "start",
  "end",
  "loc",
  "range",
  "extra",
  "leadingComments",
  "trailingComments",
  "innerComments",
  "comments",
  "tokens",
  "errors",
]);

/** Types, as opposed to code: what TypeScript and Flow write beside values. Nothing in there runs. */
const TYPE_KEYS = new Set([
  "typeAnnotation",
  "typeParameters",
  "typeArguments",
  "returnType",
  "superTypeParameters",
  "superTypeArguments",
  "implements",
  "predicate",
]);

/** What the visitor says about going on below the node it was given. */
export type Descent = void | boolean;

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

/** Calls `visit` with each child that is code, in source order; types are left out. */
export function eachChild(node: Node, visit: (child: Node, key: string, index: number) => void): void {
  for (const key in node) {
    if (NOT_SYNTAX.has(key) || TYPE_KEYS.has(key)) continue;
    const value = (node as unknown as Record<string, unknown>)[key];
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) if (isNode(value[index])) visit(value[index], key, index);
    } else if (isNode(value)) {
      visit(value, key, -1);
    }
  }
}

/** Visits a node and everything below it, parents first; `false` keeps the walk from going below that node. */
export function walk(
  node: Node,
  visit: (node: Node, parent: Node | null, key: string) => Descent,
  parent: Node | null = null,
  key = "",
): void {
  if (visit(node, parent, key) === false) return;
  eachChild(node, (child, childKey) => walk(child, visit, node, childKey));
}

/** Replaces the child of `parent` under `key` that is `old`. */
export function replaceChild(parent: Node, key: string, old: Node, replacement: Node): void {
  const holder = parent as unknown as Record<string, unknown>;
  const value = holder[key];
  if (Array.isArray(value)) value[value.indexOf(old)] = replacement;
  else holder[key] = replacement;
}

/** A copy of a tree that shares no node with it; positions are kept, comments are not. */
export function copy<T extends Node>(node: T): T {
  const result: Record<string, unknown> = {};
  for (const key in node) {
    if (key === "leadingComments" || key === "trailingComments" || key === "innerComments") continue;
    const value = (node as unknown as Record<string, unknown>)[key];
    result[key] = key === "loc" || key === "extra" ? value : copyValue(value);
  }
  return result as unknown as T;
}

function copyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyValue);
  return isNode(value) ? copy(value) : value;
}

/** Functions whose body is a call stack frame of its own. */
export type FunctionNode = Extract<
  Node,
  {
    type:
      | "FunctionDeclaration"
      | "FunctionExpression"
      | "ArrowFunctionExpression"
      | "ObjectMethod"
      | "ClassMethod"
      | "ClassPrivateMethod";
  }
>;

const FUNCTIONS = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ObjectMethod",
  "ClassMethod",
  "ClassPrivateMethod",
]);

export const isUsing = (node: Node): node is VariableDeclaration & { kind: "using" } =>
  node.type === "VariableDeclaration" && node.kind === "using";

export function isFunction(node: Node): node is FunctionNode {
  return FUNCTIONS.has(node.type);
}

export type ClassNode = Extract<Node, { type: "ClassDeclaration" | "ClassExpression" }>;

export function isClass(node: Node): node is ClassNode {
  return node.type === "ClassDeclaration" || node.type === "ClassExpression";
}

const FIELDS = new Set(["ClassProperty", "ClassPrivateProperty", "ClassAccessorProperty"]);

export function isField(node: Node): boolean {
  return FIELDS.has(node.type);
}

/** True where the walk leaves the activation that `parent` belongs to: a function's parts, a field's value, a static block. */
export function leavesActivation(child: Node, parent: Node | null, key: string): boolean {
  if (parent === null) return false;
  if (isFunction(parent)) return key === "params" || key === "body";
  return child.type === "StaticBlock" || (isField(parent) && key === "value");
}

/** Visits what one activation evaluates itself: nested functions, field values and static blocks are visited but not entered. */
export function walkActivation(root: Node, visit: (node: Node, parent: Node | null, key: string) => Descent): void {
  const go = (node: Node, parent: Node | null, key: string): void => {
    if (visit(node, parent, key) === false) return;
    eachChild(node, (child, childKey) => {
      if (!leavesActivation(child, node, childKey)) go(child, node, childKey);
    });
  };
  go(root, null, "");
}

/** True when code assigns the variable of that name. */
export function assigns(root: Node, name: string): boolean {
  let found = false;
  walk(root, (node) => {
    const target = assignedBy(node);
    if (target) walk(target, (part) => void (found ||= part.type === "Identifier" && part.name === name));
    return !found;
  });
  return found;
}

function assignedBy(node: Node): Node | null {
  if (node.type === "AssignmentExpression" || node.type === "ForOfStatement" || node.type === "ForInStatement")
    return node.left;
  return node.type === "UpdateExpression" ? node.argument : null;
}
