/**
 * call — calls, `new` and tagged templates that are, or contain, a suspension point.
 *
 *   In     o.m(f(), x)
 *   Out    const callee = o.m;  result = f();  result = $.call(callee, o, result, x);
 *   Keeps  the callee and `this` are read before the arguments are evaluated (ECMA-262 §13.3.6)
 */
import type { Expression, Node, SpreadElement } from "@babel/types";
import * as b from "../emit/build.ts";
import { chainMethod } from "./chain.ts";
import { helperOf, isConstructorName, isFunctionName, isTransparent, resumable, uniqueName } from "./builtin.ts";
import { member, operands, stripped, value } from "./expression.ts";
import { isOurs } from "../emit/build.ts";
import { copy } from "../walk.ts";
import type { Normaliser } from "./normaliser.ts";

type Call = Extract<Expression, { type: "CallExpression" | "NewExpression" | "TaggedTemplateExpression" }>;
export type Argument = Expression | SpreadElement;

export function normaliseCall(n: Normaliser, node: Call): Expression {
  const call =
    node.type === "TaggedTemplateExpression"
      ? taggedCall(n, node)
      : node.type === "NewExpression"
        ? construction(n, node)
        : plainCall(n, node);
  if (!n.session.points.has(node)) return call;
  const form =
    node.type === "NewExpression"
      ? "new"
      : node.type === "CallExpression" && node.callee.type === "Super"
        ? "super"
        : "call";
  const result = n.point(b.at(call, node), node, form);
  return form === "super" ? b.thisExpression() : result;
}

function plainCall(n: Normaliser, node: Extract<Call, { type: "CallExpression" }>): Expression {
  const args = node.arguments as Argument[];
  // `o.m!(x)`, `(o.m as F)(x)`: still a call of a method
  const callee = (
    node.callee.type === "Super" || node.callee.type === "Import" ? node.callee : stripped(node.callee as Expression)
  ) as typeof node.callee;
  if (callee.type === "Super" || callee.type === "Import") return { ...node, arguments: operands(n, args, "argument") };
  if (callee.type === "MemberExpression")
    return isOurs(callee.object)
      ? { ...node, arguments: operands(n, args, "argument") }
      : methodCall(n, node, callee, args);
  if (callee.type === "OptionalMemberExpression") return callOfChain(n, callee, () => operands(n, args, "argument"));
  if (n.session.points.has(node) && isFunctionName(n, callee as Expression))
    return { ...node, callee: resumable(callee as Expression), arguments: operands(n, args, "argument") };
  const [target, ...rest] = operands(n, [callee as Expression, ...args], "callee") as [Expression, ...Argument[]];
  return { ...node, callee: detached(n, callee as Node, target), arguments: rest };
}

/** `(o?.m)(x)`: the parentheses end the chain, and keep `this`. */
function callOfChain(
  n: Normaliser,
  callee: Extract<Expression, { type: "OptionalMemberExpression" }>,
  args: () => Argument[],
): Expression {
  const [target, self] = chainMethod(n, callee);
  return b.runtime("call", target, self, ...args());
}

/** `(0, o.m)()`: what is left of the callee must not turn into a method call. */
function detached(n: Normaliser, original: Node, target: Expression): Expression {
  return target !== original && target.type === "MemberExpression" ? n.temporary("callee", target) : target;
}

function methodCall(
  n: Normaliser,
  node: Extract<Call, { type: "CallExpression" }>,
  callee: Extract<Expression, { type: "MemberExpression" }>,
  args: Argument[],
): Expression {
  const helper = n.session.points.has(node) ? helperOf(n, callee, args) : null;
  if (helper === null && !args.some((arg) => n.isTouched(arg)))
    return { ...node, callee: transparent(n, node, member(n, callee, [])) };
  if (helper !== null && !args.some((arg) => n.isTouched(arg))) return directHelper(n, helper, callee, args);
  const [target, self] = method(n, callee, args);
  const rest = operands(n, args, "argument");
  return helper === null
    ? b.runtime("call", target, self, ...rest)
    : b.named(b.runtime(helper, self, target, ...rest), uniqueName(callee));
}

/** `$.map(list, list.map, f)`: the list is a name, so that it can be mentioned twice. */
function directHelper(
  n: Normaliser,
  helper: string,
  callee: Extract<Expression, { type: "MemberExpression" }>,
  args: Argument[],
): Expression {
  if (callee.object.type === "Super") return b.runtime(helper, b.thisExpression(), member(n, callee, []), ...args);
  const evaluated = value(n, callee.object);
  const isName = evaluated.type === "Identifier" && evaluated.name !== n.result;
  const object = isName || evaluated.type === "ThisExpression" ? evaluated : n.temporary("object", evaluated);
  const name = uniqueName(callee);
  const target = name === undefined ? { ...callee, object } : n.temporary("callee", { ...callee, object });
  return b.named(b.runtime(helper, reuse(object), target, ...args), name);
}

function transparent(n: Normaliser, node: Node, callee: Extract<Expression, { type: "MemberExpression" }>): Expression {
  if (!n.session.points.has(node) || !isTransparent(n, callee)) return callee;
  return { ...callee, object: resumable(callee.object as Expression) };
}

/** A method and its `this`, both read now. */
export function method(
  n: Normaliser,
  callee: Extract<Expression, { type: "MemberExpression" }>,
  later: Node[],
): [Expression, Expression] {
  if (callee.object.type === "Super") return [n.temporary("callee", member(n, callee, later)), b.thisExpression()];
  const read = member(n, callee, [callee, ...later]);
  return [n.temporary("callee", read), reuse(read.object as Expression)];
}

/** A second mention of a name or of `this`. */
export function reuse(expression: Expression): Expression {
  return copy(expression);
}

function construction(n: Normaliser, node: Extract<Call, { type: "NewExpression" }>): Expression {
  const args = node.arguments as Argument[];
  if (!n.session.points.has(node)) {
    const [callee, ...rest] = operands(n, [node.callee as Expression, ...args], "callee") as [
      Expression,
      ...Argument[],
    ];
    return { ...node, callee, arguments: rest };
  }
  const callee = constructor(n, node.callee as Expression, args);
  const rest = operands(n, args, "argument");
  if (isConstructorName(n, node.callee as Expression, args)) return b.runtime("construct", callee, ...rest);
  return { ...node, callee, arguments: rest };
}

/**
 * new o.F()   →   const F = o.F; new F()
 *
 * Under a name, because a function that never mentions `this` leaves it to its caller to make the object, once it is resumed.
 */
function constructor(n: Normaliser, callee: Expression, args: Argument[]): Expression {
  const evaluated = value(n, callee);
  const kept = args.some((arg) => n.isTouched(arg)) ? n.keep(evaluated, args, "callee") : evaluated;
  const isNamed = kept.type === "Identifier" && kept.name !== n.result;
  return isNamed || kept.type === "ClassExpression" ? kept : n.temporary(wordFor(kept), kept);
}

const wordFor = (callee: Expression): string =>
  callee.type === "MemberExpression" && callee.property.type === "Identifier" && !callee.computed
    ? callee.property.name
    : "callee";

/**
 * tag`a${f()}b` → tag(strings, result)
 * The strings object belongs to the place in the source, so it is made once for both bodies: `strings` is a constant of the module.
 */
function taggedCall(n: Normaliser, node: Extract<Call, { type: "TaggedTemplateExpression" }>): Expression {
  const substitutions = node.quasi.expressions as Expression[];
  const strings = n.session.templates(node);
  if (node.tag.type === "MemberExpression") {
    if (!substitutions.some((part) => n.isTouched(part)))
      return { ...b.call(member(n, node.tag, []), [strings, ...substitutions]) };
    const [target, self] = method(n, node.tag, substitutions);
    return b.runtime("call", target, self, strings, ...operands(n, substitutions, "argument"));
  }
  if (node.tag.type === "OptionalMemberExpression")
    return callOfChain(n, node.tag, () => [strings, ...operands(n, substitutions, "argument")]);
  const [target, ...rest] = operands(n, [node.tag, ...substitutions], "callee") as [Expression, ...Expression[]];
  return b.call(detached(n, node.tag, target), [strings, ...rest]);
}
