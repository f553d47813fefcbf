/**
 * expression — expressions that hold a suspension point.
 *
 *   In     a() + b.c(d())
 *   Out    result = a();  const value = result;  const callee = b.c;  result = d();  result = $.call(callee, b, result);   → value + result
 *   Keeps  left-to-right evaluation to the letter (ECMA-262 §13): an operand that is still needed gets a name, unless nothing can change it
 */
import type { Expression, LVal, Node, ObjectExpression, SpreadElement } from "@babel/types";
import * as b from "../emit/build.ts";
import { normaliseAssignment } from "./assignment.ts";
import { normaliseCall } from "./call.ts";
import { deletedChain, isChain, normaliseChain } from "./chain.ts";
import { unsupported } from "../diagnostics.ts";
import { unnamed } from "../settle.ts";
import { copy } from "../walk.ts";
import type { Normaliser } from "./normaliser.ts";

type Operand = Expression | SpreadElement;

/** Writes the steps of an expression and returns what is left to evaluate: at once, and once. */
export function value(n: Normaliser, node: Expression): Expression {
  if (!n.isTouched(node)) return node;
  switch (node.type) {
    case "CallExpression":
    case "NewExpression":
    case "TaggedTemplateExpression":
      return normaliseCall(n, node);
    case "OptionalCallExpression":
    case "OptionalMemberExpression":
      return normaliseChain(n, node);
    case "AssignmentExpression":
      return normaliseAssignment(n, node);
    case "LogicalExpression":
    case "ConditionalExpression":
      return branchValue(n, node);
    case "SequenceExpression":
      for (const expression of node.expressions.slice(0, -1)) effect(n, expression);
      return unnamed(value(n, node.expressions.at(-1) as Expression));
    case "MemberExpression": {
      const read = member(n, node, []);
      return n.session.points.has(node) ? n.point(b.at(read, node), node) : read;
    }
    case "BinaryExpression":
      return binary(n, node);
    case "UnaryExpression":
      return node.operator === "delete" ? deleted(n, node) : { ...node, argument: value(n, node.argument) };
    case "AwaitExpression":
      return { ...node, argument: value(n, node.argument) };
    case "YieldExpression":
      return node.argument ? { ...node, argument: delegated(n, node, value(n, node.argument)) } : node;
    case "UpdateExpression":
      return { ...node, argument: reference(n, node.argument as LVal, []) as Expression as never };
    case "ArrayExpression":
      return { ...node, elements: operands(n, node.elements) };
    case "ObjectExpression":
      return objectLiteral(n, node);
    case "TemplateLiteral":
      return template(n, node);
    case "ImportExpression":
      return { ...node, source: value(n, node.source) };
    case "ClassExpression":
      return classValue(n, node);
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "TSInstantiationExpression":
      return value(n, node.expression);
    case "JSXElement":
    case "JSXFragment":
      return markup(n, node);
    default:
      throw unsupported(node);
  }
}

/** `yield* inner` → `yield* $.delegate(inner)` */
const delegated = (n: Normaliser, node: Node, argument: Expression): Expression =>
  n.session.points.has(node) ? b.runtime("delegate", argument) : argument;

/** `delete f()` is true: there is no property to delete. */
function deleted(n: Normaliser, node: Extract<Expression, { type: "UnaryExpression" }>): Expression {
  const argument = stripped(node.argument) as Expression;
  if (isChain(argument)) return deletedChain(n, argument);
  if (argument.type === "MemberExpression") return { ...node, argument: value(n, argument) };
  effect(n, argument);
  return b.boolean(true);
}

/** Evaluates an expression for its effects alone. */
export function effect(n: Normaliser, node: Expression): void {
  if (!n.isTouched(node)) return n.add(b.at(b.statement(node), node));
  if (node.type === "SequenceExpression") return node.expressions.forEach((expression) => effect(n, expression));
  if (node.type === "LogicalExpression" || node.type === "ConditionalExpression") return branchEffect(n, node);
  const left = value(n, node);
  if (left.type !== "Identifier" && left.type !== "ThisExpression") n.add(b.at(b.statement(left), node));
}

/** Several operands in order; each keeps its value while the touched ones after it are evaluated. `null` is a hole. */
export function operands<T extends Operand | null>(n: Normaliser, nodes: readonly T[], word = "value"): T[] {
  const last = nodes.findLastIndex((node) => n.isTouched(node));
  return nodes.map((node, index) => {
    if (node === null || index > last) return node;
    const later = nodes.slice(index + 1, last + 1).filter((other) => other !== null);
    if (node.type === "SpreadElement") return spreadOperand(n, node, index < last) as T;
    const left = value(n, node);
    return (index < last ? n.keep(left, later, word) : left) as T;
  });
}

/** `...list`, read to its end now if something after it may switch. */
function spreadOperand(n: Normaliser, node: SpreadElement, keep: boolean): SpreadElement {
  const evaluated = value(n, node.argument);
  const argument = n.session.points.has(node) ? n.point(b.at(b.runtime("list", evaluated), node), node) : evaluated;
  return b.spread(keep ? n.temporary("items", b.array([b.spread(argument)])) : argument);
}

/** A member with its object and key evaluated; they keep their values while `later` is evaluated. */
export function member<T extends Extract<Expression, { type: "MemberExpression" }>>(
  n: Normaliser,
  node: T,
  later: Node[],
): T {
  const object = node.object.type === "Super" ? null : node.object;
  // super[key]: whether there is a `this` comes before the key (ECMA-262 §13.3.7.1)
  if (object === null && n.session.derived && n.isTouched(node.property)) n.add(b.statement(b.thisExpression()));
  const key = node.computed ? (node.property as Expression) : null;
  const parts = [object, key].filter((part) => part !== null);
  const evaluated = later.length > 0 ? keptOperands(n, parts, later) : operands(n, parts, "object");
  const [first, second] = object === null ? [node.object, evaluated[0]] : evaluated;
  return { ...node, object: first, property: key === null ? node.property : second };
}

/** Operands that all keep their values while `later` is evaluated. */
export function keptOperands(n: Normaliser, nodes: Expression[], later: Node[]): Expression[] {
  const words = ["object", "key"];
  return nodes.map((node, index) => n.keep(value(n, node), [...nodes.slice(index + 1), ...later], words[index]));
}

/** An assignment target as a reference: its object and key evaluated, kept while `later` is evaluated. */
export function reference(n: Normaliser, target: LVal | Expression, later: Node[]): LVal {
  const node = stripped(target);
  if (node.type !== "MemberExpression" || n.session.boxReferences.has(node)) return node as LVal;
  if (later.length === 0 && !n.isTouched(node)) return node;
  return member(n, node, later);
}

/** A target without TypeScript's wrappers: `(o.a as any) = 1`. */
export function stripped(node: LVal | Expression): LVal | Expression {
  let inner = node;
  while (
    inner.type === "TSAsExpression" ||
    inner.type === "TSNonNullExpression" ||
    inner.type === "TSSatisfiesExpression" ||
    inner.type === "TSTypeAssertion" ||
    inner.type === "ParenthesizedExpression"
  ) {
    inner = inner.expression;
  }
  return inner;
}

function binary(n: Normaliser, node: Extract<Expression, { type: "BinaryExpression" }>): Expression {
  if (node.left.type === "PrivateName") return { ...node, right: value(n, node.right) };
  const [left, right] = operands(n, [node.left, node.right], "left") as [Expression, Expression];
  return { ...node, left, right };
}

/** `a && f()` → `let value = a; if (value) { result = f(); value = result; }` → `value` */
function branchValue(
  n: Normaliser,
  node: Extract<Expression, { type: "LogicalExpression" | "ConditionalExpression" }>,
): Expression {
  if (node.type === "ConditionalExpression") {
    const test = value(n, node.test);
    if (!n.isTouched(node.consequent) && !n.isTouched(node.alternate)) return { ...node, test };
    const name = n.variable("value");
    const assignTo = (part: Expression) =>
      n.list(() => n.add(b.statement(b.assign(b.id(name.name), unnamed(value(n, part))))));
    n.out.push({
      kind: "if",
      test,
      consequent: assignTo(node.consequent),
      alternate: assignTo(node.alternate),
      origin: null,
    });
    return name;
  }
  const left = value(n, node.left);
  if (!n.isTouched(node.right)) return { ...node, left };
  const name = n.session.names.fresh("value");
  n.add(b.declare("let", name, unnamed(left)));
  const consequent = n.list(() => n.add(b.statement(b.assign(b.id(name), unnamed(value(n, node.right))))));
  n.out.push({ kind: "if", test: goesOn(node.operator, b.id(name)), consequent, alternate: [], origin: null });
  return b.id(name);
}

/** Whether the right side of `&&`, `||` or `??` is evaluated. */
export function goesOn(operator: "&&" | "||" | "??", left: Expression): Expression {
  if (operator === "&&") return left;
  return operator === "||" ? b.not(left) : b.nullish(left);
}

function branchEffect(
  n: Normaliser,
  node: Extract<Expression, { type: "LogicalExpression" | "ConditionalExpression" }>,
): void {
  if (node.type === "ConditionalExpression") {
    const test = value(n, node.test);
    const [consequent, alternate] = [node.consequent, node.alternate].map((part) => n.list(() => effect(n, part))) as [
      never,
      never,
    ];
    return void n.out.push({ kind: "if", test, consequent, alternate, origin: node });
  }
  const left = value(n, node.left);
  const test = goesOn(node.operator, node.operator === "??" ? n.temporary("left", left) : left);
  n.out.push({ kind: "if", test, consequent: n.list(() => effect(n, node.right)), alternate: [], origin: node });
}

/** Template literals convert each value to a string as it is evaluated: what stands before a suspension point is converted before it. */
function template(n: Normaliser, node: Extract<Expression, { type: "TemplateLiteral" }>): Expression {
  const expressions = node.expressions as Expression[];
  const last = expressions.findLastIndex((expression) => n.isTouched(expression));
  const kept = expressions.map((expression, index) => {
    const left = value(n, expression);
    if (index >= last || left.type === "StringLiteral") return left;
    const text: Expression = {
      type: "TemplateLiteral",
      expressions: [left],
      quasis: [quasi("", false), quasi("", true)],
    } as never;
    return n.temporary("text", text);
  });
  return { ...node, expressions: kept };
}

const quasi = (text: string, tail: boolean) => ({ type: "TemplateElement", value: { raw: text, cooked: text }, tail });

/** Values and computed keys are evaluated in order; the literal is built at the end, so that methods keep it as their home object. */
function objectLiteral(n: Normaliser, node: ObjectExpression): Expression {
  const parts: (Expression | SpreadElement)[] = [];
  for (const property of node.properties) {
    if (property.type === "SpreadElement") parts.push(property.argument);
    else {
      if (property.computed) parts.push(property.key as Expression);
      if (property.type === "ObjectProperty") parts.push(property.value as Expression);
    }
  }
  const last = parts.findLastIndex((part) => n.isTouched(part));
  let at = 0;
  const next = (form: "value" | "key" | "spread", name?: Expression): Expression => {
    const index = at++;
    const part = parts[index] as Expression;
    if (index > last) return part;
    const left = value(n, part);
    if (index === last) return left;
    if (form === "spread") return n.temporary("copied", b.object([b.spread(left)]));
    if (form === "key" && left.type !== "StringLiteral" && left.type !== "NumericLiteral")
      return n.temporary("key", b.runtime("key", left));
    return n.keep(name ? namedBy(name, left) : left, parts.slice(index + 1, last + 1));
  };
  const properties = node.properties.map((property) => {
    if (property.type === "SpreadElement") return { ...property, argument: next("spread") };
    const key = (property.computed ? next("key") : property.key) as Expression;
    if (property.type === "ObjectMethod") return { ...property, key } as typeof property;
    const name = key.type === "Identifier" && !property.computed ? b.string(key.name) : key;
    return { ...property, key, shorthand: false, value: next("value", name) } as typeof property;
  });
  return { ...node, properties };
}

/** `k: class {}`, evaluated before what follows it → `{ [k]: class {} }[k]`, so that it is called k. */
function namedBy(key: Expression, value: Expression): Expression {
  if (value.type !== "ClassExpression" || value.id) return value;
  if (key.type === "StringLiteral" && key.value === "__proto__") return value;
  return b.index(b.object([b.keyed(copy(key), value)]), copy(key));
}

/** The heritage and the computed keys of a class, evaluated ahead in their order. */
export function classValue<T extends Extract<Node, { type: "ClassExpression" | "ClassDeclaration" }>>(
  n: Normaliser,
  node: T,
): T {
  type Member = { computed?: boolean; key?: Expression };
  const members = node.body.body as unknown as Member[];
  const parts: Expression[] = [];
  if (node.superClass) parts.push(node.superClass);
  for (const one of members) if (one.computed && one.key) parts.push(one.key);
  const last = parts.findLastIndex((part) => n.isTouched(part));
  let at = 0;
  const next = (isKey: boolean): Expression => {
    const index = at++;
    const part = parts[index] as Expression;
    if (index > last) return part;
    const left = value(n, part);
    if (isKey && left.type !== "StringLiteral") return n.temporary("key", b.runtime("key", left));
    return index === last ? left : n.keep(left, parts.slice(index + 1, last + 1), "heritage");
  };
  const superClass = node.superClass ? next(false) : node.superClass;
  const body = members.map((one) => (one.computed && one.key ? { ...one, key: next(true) } : one));
  return { ...node, superClass, body: { ...node.body, body } } as T;
}

/** JSX: the expressions in attributes and children are its operands. */
function markup(n: Normaliser, node: Node): Expression {
  const containers: { holder: Record<string, unknown>; key: string; expression: Expression }[] = [];
  const shallow = (part: Node): Node => {
    const result: Record<string, unknown> = { ...part };
    for (const key of ["openingElement", "attributes", "children", "value", "expression", "argument"]) {
      const child = result[key];
      if (Array.isArray(child)) result[key] = child.map((one: Node) => shallow(one));
      else if (child && typeof child === "object") {
        const inner = child as Node;
        if (inner.type.startsWith("JSX") && inner.type !== "JSXEmptyExpression") result[key] = shallow(inner);
        else if (key === "expression" || key === "argument")
          containers.push({ holder: result, key, expression: inner as Expression });
      }
    }
    return result as unknown as Node;
  };
  const copy = shallow(node) as Expression;
  const values = operands(
    n,
    containers
      .map((container) => container.expression)
      .filter((expression) => (expression as Node).type !== "JSXEmptyExpression"),
  );
  containers
    .filter((container) => (container.expression as Node).type !== "JSXEmptyExpression")
    .forEach((container, index) => (container.holder[container.key] = values[index]));
  return copy;
}
