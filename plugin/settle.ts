/**
 * settle — declarations after boxing.
 *
 *   In     let { a: a.value, b } = o;          var n;  (n in a box)
 *   Out    let b; ({ a: a.value, b } = o);
 *   Needs  bindings: the boxes are declared
 *   Keeps  evaluation order; the names of anonymous functions
 */
import type { Expression, LVal, Node, Statement } from "@babel/types";
import * as b from "./emit/build.ts";
import { eachTarget } from "./patterns.ts";
import { eachChild, isFunction, type FunctionNode } from "./walk.ts";

type Declaration = Extract<Node, { type: "VariableDeclaration" }>;

/** Rewrites the declarations of one function, in place. */
export function settleDeclarations(fn: FunctionNode, boxed: Set<string>): void {
  const go = (node: Node): void => {
    for (const key of ["body", "consequent"] as const) {
      const list = (node as unknown as Record<string, unknown>)[key];
      if (Array.isArray(list)) settleList(list as Statement[], boxed);
    }
    if ((node.type === "ForInStatement" || node.type === "ForOfStatement") && node.left.type === "VariableDeclaration")
      settleHead(node);
    for (const key of ["body", "consequent", "alternate"] as const) settleSingle(node, key, boxed);
    if (node.type === "ForStatement" && node.init?.type === "VariableDeclaration") settleInit(node, boxed);
    eachChild(node, (child) => {
      if (!isFunction(child)) go(child);
    });
  };
  go(fn.body);
}

function settleList(list: Statement[], boxed: Set<string>): void {
  for (let index = 0; index < list.length; index++) {
    const statement = list[index] as Statement;
    if (statement.type !== "VariableDeclaration" || !needsSettling(statement, boxed)) continue;
    const settled = settle(statement, boxed);
    list.splice(index, 1, ...settled);
    index += settled.length - 1;
  }
}

/** `if (c) var n = 1;` → `if (c) { n.value = 1; }` */
function settleSingle(node: Node, key: string, boxed: Set<string>): void {
  const holder = node as unknown as Record<string, Statement | undefined>;
  const statement = holder[key];
  if (statement?.type === "VariableDeclaration" && needsSettling(statement, boxed))
    holder[key] = b.block(settle(statement, boxed));
}

/** `for (var n = 0, m = 1; …)` with n in a box → `for (n.value = 0, m = 1; …) { var m; … }` */
function settleInit(loop: Extract<Node, { type: "ForStatement" }>, boxed: Set<string>): void {
  const init = loop.init as Declaration;
  if (!needsSettling(init, boxed)) return;
  const assignments = init.declarations
    .filter((declarator) => declarator.init)
    .map((declarator) => assignment(declarator.id as LVal, declarator.init as Expression));
  loop.init = assignments.length > 0 ? b.sequence(assignments) : null;
  const others: Statement[] = [];
  for (const { id } of init.declarations)
    eachTarget(id, ({ name }) => boxed.has(name) || others.push(b.declare("var", name, null)));
  if (others.length > 0) loop.body = b.block([...others, loop.body]);
}

/** `for (var [n, m] of list)` with n in a box → `for ([n.value, m] of list) { var m; … }` */
function settleHead(loop: Extract<Node, { type: "ForInStatement" | "ForOfStatement" }>): void {
  const target = (loop.left as Declaration).declarations[0]?.id as LVal;
  if (!holdsMember(target)) return;
  loop.left = target;
  const others: Statement[] = [];
  eachTarget(target, (other) => others.push(b.declare("var", other.name, null)));
  if (others.length > 0) loop.body = b.block([...others, loop.body]);
}

const needsSettling = (declaration: Declaration, boxed: Set<string>): boolean =>
  declaration.declarations.some(
    (declarator) =>
      holdsMember(declarator.id) ||
      (declarator.id.type === "Identifier" && boxed.has(declarator.id.name) && !declarator.init),
  );

function holdsMember(pattern: Node): boolean {
  if (pattern.type === "MemberExpression") return true;
  if (pattern.type === "ObjectPattern")
    return pattern.properties.some((property) =>
      holdsMember(property.type === "RestElement" ? property.argument : property.value),
    );
  if (pattern.type === "ArrayPattern")
    return pattern.elements.some((element) => element !== null && holdsMember(element));
  if (pattern.type === "AssignmentPattern") return holdsMember(pattern.left);
  return pattern.type === "RestElement" && holdsMember(pattern.argument);
}

function settle(declaration: Declaration, boxed: Set<string>): Statement[] {
  const out: Statement[] = [];
  for (const declarator of declaration.declarations) {
    if (!holdsMember(declarator.id)) {
      const isBox = declarator.id.type === "Identifier" && boxed.has(declarator.id.name) && !declarator.init;
      if (!isBox) out.push(b.at({ ...declaration, declarations: [declarator] }, declarator));
      continue;
    }
    const kind = declaration.kind === "var" ? "var" : "let";
    eachTarget(declarator.id, (target) => out.push(b.declare(kind, target.name, null)));
    const value = declarator.init ?? (declaration.kind === "var" ? null : b.id("undefined"));
    if (value) out.push(b.at(b.statement(assignment(declarator.id as LVal, value)), declarator));
  }
  return out;
}

function assignment(target: LVal, value: Expression): Expression {
  const name = target.type === "MemberExpression" && target.object.type === "Identifier" ? target.object.name : "";
  return b.assign(target, withName(name, value));
}

const ANONYMOUS = new Set(["ArrowFunctionExpression", "FunctionExpression", "ClassExpression"]);

/** An anonymous function or class that takes its name from what it is assigned to keeps that name: `({ f: () => 1 }).f`. */
export function withName(name: string, value: Expression): Expression {
  if (name === "" || !isAnonymous(value)) return value;
  const key =
    name === "__proto__"
      ? b.keyed(b.string(name), value)
      : ({ ...b.keyed(b.string(name), value), computed: false } as ReturnType<typeof b.keyed>);
  return b.index(b.object([key]), b.string(name));
}

/** An anonymous function or class where the source gives it no name: `(0, () => 1)`. */
export const unnamed = (value: Expression): Expression =>
  isAnonymous(value) ? b.sequence([b.number(0), value]) : value;

export function isAnonymous(value: Node): boolean {
  return ANONYMOUS.has(value.type) && !(value as { id?: Node | null }).id;
}
