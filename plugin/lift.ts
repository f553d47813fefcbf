/**
 * lift — nested functions that both bodies would make are written once.
 *
 *   In     function f() { const k = g(); return () => h(k); }
 *   Out    function f$1(k) { return () => h(k); }   function f() { const k = g(); return f$1(k); }
 *   Needs  bindings: what a closure captures is a box, or has its final value when the closure is made
 *   Keeps  names of functions, `this`; what can't be moved (`super`, `arguments`, private names, variables around f) stays, twice
 */
import type { Expression, Node, Statement } from "@babel/types";
import type { Parent } from "./bindings.ts";
import * as b from "./emit/build.ts";
import type { Names } from "./names.ts";
import type { Activation, Scopes, Variable } from "./scope.ts";
import { withName } from "./settle.ts";
import { eachChild, isField, isFunction, leavesActivation, replaceChild, type FunctionNode } from "./walk.ts";

/** Shorter functions are cheaper twice than once with a factory. In characters of source. */
const SHORT = 160;

type Liftable = Extract<
  Node,
  { type: "FunctionExpression" | "ArrowFunctionExpression" | "ClassExpression" | "ClassDeclaration" }
>;

/** Every reference of a file by its position, so that those inside a function are found at once. */
export class ReferenceIndex {
  private readonly places: { at: number; variable: Variable }[];

  constructor(scopes: Scopes) {
    this.places = scopes.variables.flatMap((variable) =>
      variable.references.map((reference) => ({ at: reference.node.start ?? -1, variable })),
    );
    this.places.sort((one, other) => one.at - other.at);
  }

  /** The variables mentioned between two positions. */
  within(start: number, end: number): Set<Variable> {
    const found = new Set<Variable>();
    for (let index = this.firstFrom(start); index < this.places.length; index++) {
      const place = this.places[index] as { at: number; variable: Variable };
      if (place.at >= end) break;
      found.add(place.variable);
    }
    return found;
  }

  private firstFrom(start: number): number {
    let low = 0;
    let high = this.places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.places[middle] as { at: number }).at < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export interface LiftingOf {
  fn: FunctionNode;
  activation: Activation;
  /** Strict where the file is not: factories say so themselves. */
  strict: boolean;
  /** Where re-entered code begins: what stands before is made once anyway. */
  from: number;
  scopes: Scopes;
  index: ReferenceIndex;
  parents: Map<Node, Parent>;
  names: Names;
  name: string;
}

/** Lifts what can be lifted out of a function, in place; returns the factories. */
export function liftNested(lifting: LiftingOf): Statement[] {
  const factories: Statement[] = [];
  for (const { node, parent, key } of candidates(lifting)) {
    const captured = capturedBy(node, lifting);
    if (captured === null) continue;
    factories.push(lift(node, parent, key, captured, lifting));
  }
  return factories;
}

/** Functions and classes of the function's own activation that stand in re-entered code. */
function candidates({ fn, from }: LiftingOf): { node: Liftable; parent: Node; key: string }[] {
  const found: { node: Liftable; parent: Node; key: string }[] = [];
  const go = (node: Node): void =>
    eachChild(node, (child, key) => {
      const isWanted =
        child.type === "FunctionExpression" ||
        child.type === "ArrowFunctionExpression" ||
        child.type === "ClassExpression" ||
        child.type === "ClassDeclaration";
      const { start, end } = child;
      if (isWanted && start != null && end != null && end > from && end - start > SHORT)
        found.push({ node: child, parent: node, key });
      else if (!leavesActivation(child, node, key) && !isFunction(child)) go(child);
    });
  if (fn.body.type === "BlockStatement") go(fn.body);
  return found;
}

/** The function's variables that a nested one takes along; null if it can't be moved. */
function capturedBy(node: Liftable, { fn, activation, scopes, index }: LiftingOf): Variable[] | null {
  // Before `super()` there is no `this` to hand to a factory.
  if (holdsImmovable(node) || (fn.type === "ClassMethod" && fn.kind === "constructor" && mentionsThis(node)))
    return null;
  const captured: Variable[] = [];
  for (const variable of index.within(node.start as number, node.end as number)) {
    if (variable.scope === scopes.program || isInside(variable, node)) continue;
    if (variable.activation !== activation || variable.name === "arguments") return null;
    captured.push(variable);
  }
  return captured;
}

const isInside = (variable: Variable, node: Node): boolean => {
  const { start } = variable.scope.node;
  return start != null && start >= (node.start as number) && start < (node.end as number);
};

/** `super`, `arguments`, `new.target`, `await`, `yield` and private names mean something only where they stand. */
function holdsImmovable(root: Liftable): boolean {
  let found = false;
  const go = (node: Node, lexical: boolean): void => {
    if (found) return;
    if (
      node.type === "PrivateName" ||
      node.type === "TSParameterProperty" ||
      ("decorators" in node && node.decorators?.length)
    )
      found = true;
    if (
      lexical &&
      (node.type === "Super" ||
        (node.type === "Identifier" && node.name === "arguments") ||
        node.type === "MetaProperty" ||
        node.type === "AwaitExpression" ||
        node.type === "YieldExpression")
    )
      found = true;
    eachChild(node, (child) => go(child, lexical && !(isFunction(child) && child.type !== "ArrowFunctionExpression")));
  };
  if (root.type === "ArrowFunctionExpression") eachChild(root, (child) => go(child, true));
  else eachChild(root, (child) => go(child, !isFunction(root) && !isFunction(child)));
  return found;
}

/** Puts a call of the factory in the place of the function. */
function lift(
  node: Liftable,
  parent: Node,
  key: string,
  captured: Variable[],
  { names, name, strict }: LiftingOf,
): Statement {
  const factory = names.fresh(`${name}$make`);
  const parameters = captured.map((variable) => b.id(variable.name));
  const values = parameters.map((parameter) => b.id(parameter.name));
  const made = mentionsThis(node)
    ? b.call(b.member(b.id(factory), "call"), [b.thisExpression(), ...values])
    : b.call(b.id(factory), values);
  const call = b.at(made, node);
  if (node.type === "ClassDeclaration" && node.id) {
    replaceChild(parent, key, node, b.at(b.declare("let", node.id.name, call), node));
    return b.functionDeclaration(
      factory,
      parameters,
      [b.ret({ ...node, type: "ClassExpression" } as unknown as Expression)],
      strict ? [b.useStrict()] : [],
    );
  }
  replaceChild(parent, key, node, call);
  return b.functionDeclaration(
    factory,
    parameters,
    [b.ret(withName(inferred(parent, key), node as Expression))],
    strict ? [b.useStrict()] : [],
  );
}

/** Whether the `this` around a function or class occurs in it. */
function mentionsThis(root: Node): boolean {
  let found = root.type === "ThisExpression";
  eachChild(root, (child, key) => {
    if (found || (isFunction(root) && root.type !== "ArrowFunctionExpression" && key !== "key")) return;
    found = !(child.type === "StaticBlock" || (isField(root) && key === "value")) && mentionsThis(child);
  });
  return found;
}

/** The name that the place gives to an anonymous function (ECMA-262 §8.4 NamedEvaluation). */
function inferred(parent: Node, key: string): string {
  if (parent.type === "VariableDeclarator" && parent.id.type === "Identifier") return parent.id.name;
  if (
    (parent.type === "AssignmentExpression" || parent.type === "AssignmentPattern") &&
    key === "right" &&
    parent.left.type === "Identifier"
  )
    return parent.left.name;
  if (parent.type === "ObjectProperty" && key === "value" && !parent.computed) {
    if (parent.key.type === "Identifier") return parent.key.name;
    if (parent.key.type === "StringLiteral") return parent.key.value;
  }
  return "";
}
