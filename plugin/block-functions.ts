/**
 * block-functions — functions declared in the blocks of sloppy code, which are variables of the function around as well.
 *
 *   In     { function f() {} }  f();
 *   Out    var f; { function f2() {} f = f2; }  f();
 *   Keeps  which functions that is (ECMA-262 §B.3.2.1): plain ones with no `let` of their name in between; when the variable is assigned
 */
import type { BlockStatement, FunctionDeclaration, Node } from "@babel/types";
import type { Parent } from "./places.ts";
import * as b from "./emit/build.ts";
import { eachTarget } from "./patterns.ts";
import type { Scopes, Variable } from "./scope.ts";
import { eachChild, isFunction, type FunctionNode } from "./walk.ts";

/** The functions in blocks below a function's body for which a `var` would be no error. */
export function blockFunctionsIn(body: Node): FunctionDeclaration[] {
  const found: FunctionDeclaration[] = [];
  const go = (node: Node, inTheWay: ReadonlySet<string>): void => {
    if (isFunction(node) || isClass(node)) return;
    const list = blockIn(node);
    if (list === null) {
      const around = new Set([...inTheWay, ...headNames(node)]);
      return eachChild(node, (child) => go(child, around));
    }
    for (const statement of list) if (isHoisted(statement, inTheWay)) found.push(statement);
    const around = new Set([...inTheWay, ...lexicalNamesOf(list)]);
    for (const statement of list) go(statement, around);
  };
  eachChild(body, (child) => go(child, new Set()));
  return found;
}

const isHoisted = (node: Node, inTheWay: ReadonlySet<string>): node is FunctionDeclaration =>
  node.type === "FunctionDeclaration" && !node.async && !node.generator && !inTheWay.has(node.id?.name ?? "");

const isClass = (node: Node): boolean => node.type === "ClassDeclaration" || node.type === "ClassExpression";

/** The statements of a block, or of all clauses of a switch, which are one block. */
function blockIn(node: Node): Node[] | null {
  if (node.type === "BlockStatement") return node.body;
  return node.type === "SwitchStatement" ? node.cases.flatMap((clause) => clause.consequent) : null;
}

/** What a block declares for itself. */
function lexicalNamesOf(list: Node[]): string[] {
  return list.flatMap((node) => {
    if (node.type === "VariableDeclaration")
      return node.kind === "var" ? [] : node.declarations.flatMap(({ id }) => namesIn(id));
    return (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") && node.id ? [node.id.name] : [];
  });
}

/** What a loop's head declares, or a catch clause that takes its error apart. */
function headNames(node: Node): string[] {
  switch (node.type) {
    case "CatchClause":
      return node.param && node.param.type !== "Identifier" ? namesIn(node.param) : [];
    case "ForStatement":
      return node.init ? lexicalNamesOf([node.init]) : [];
    case "ForInStatement":
    case "ForOfStatement":
      return lexicalNamesOf([node.left]);
    default:
      return [];
  }
}

function namesIn(pattern: Node): string[] {
  const names: string[] = [];
  eachTarget(pattern, (target) => names.push(target.name));
  return names;
}

/** `if (c) function f() {}` → `if (c) { function f() {} }`, which is what it means (ECMA-262 §B.3.3). */
export function blockAround(node: Node): void {
  if (node.type !== "IfStatement") return;
  for (const key of ["consequent", "alternate"] as const) {
    const branch = node[key];
    if (branch?.type === "FunctionDeclaration") node[key] = b.at(b.block([branch]), branch);
  }
}

/** `{ function f() {} }` → `var f; { function f() {} f = f; }`: the second f is the block's, the first the function's; they get names of their own. */
export function assignBlockFunctions(scopes: Scopes, functions: FunctionNode[], parents: Map<Node, Parent>): void {
  const compiled = new Set<Node>(functions);
  for (const { declaration, outer } of scopes.blockFunctions) {
    const inner = scopes.variableOf.get(declaration.id as Node);
    const { activation } = outer;
    if (!compiled.has(activation.node) || inner === undefined || inner === outer) continue;
    const [left, right] = [b.at(b.id(outer.name), declaration), b.at(b.id(outer.name), declaration)];
    const parent = b.assign(left, right);
    scopes.variableOf.set(left, outer).set(right, inner);
    outer.references.push({ node: left, parent, key: "left", activation, write: true, initial: false });
    inner.references.push({ node: right, parent, key: "right", activation, write: false, initial: false });
    if (outer.declaration === declaration) declareVar(outer);
    const list = listOf(declaration, parents);
    list.splice(list.indexOf(declaration) + 1, 0, b.statement(parent));
  }
}

function declareVar({ name, activation }: Variable): void {
  const { body } = (activation.node as FunctionNode).body as BlockStatement;
  body.unshift(b.declare("var", name, null));
}

/** The statements among which one stands. */
function listOf(statement: Node, parents: Map<Node, Parent>): Node[] {
  const place = parents.get(statement) as Parent;
  return (place.node as unknown as Record<string, Node[]>)[place.key] as Node[];
}
