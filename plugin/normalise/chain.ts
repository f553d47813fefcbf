/**
 * chain — optional chains that hold a suspension point.
 *
 *   In     a?.b(f())?.c
 *   Out    let value;  chain: { const object = a;  if (object == null) break chain;  …  value = result.c; }   → value
 *   Keeps  short-circuiting of the whole chain; `this` of a call is the object before the last member (ECMA-262 §13.3.9)
 */
import type { Expression, Node } from "@babel/types";
import * as b from "../emit/build.ts";
import { helperOf, type Member } from "./builtin.ts";
import { reuse, type Argument } from "./call.ts";
import { operands, value } from "./expression.ts";
import type { Normaliser } from "./normaliser.ts";
import type { Target } from "../steps.ts";

type Chain = Extract<Expression, { type: "OptionalMemberExpression" | "OptionalCallExpression" }>;

export const isChain = (node: Node): node is Chain =>
  node.type === "OptionalMemberExpression" || node.type === "OptionalCallExpression";

export function normaliseChain(n: Normaliser, node: Chain): Expression {
  const answer = n.variable("value");
  const target = n.target("chain");
  const body = n.list(() => {
    const last = link(n, node, target).value;
    n.add(b.statement(b.assign(b.id(answer.name), last)));
  });
  n.out.push({ kind: "block", target, body });
  return answer;
}

/** `(o?.m)(x)`: the method and its `this`, both read now; undefined where the chain ends early. */
export function chainMethod(n: Normaliser, node: Chain): [Expression, Expression] {
  const callee = n.variable("callee");
  const self = n.variable("object");
  const target = n.target("chain");
  const body = n.list(() => {
    const read = link(n, node, target);
    if (read.self !== null) n.add(b.statement(b.assign(b.id(self.name), reuse(read.self))));
    n.add(b.statement(b.assign(b.id(callee.name), read.value)));
  });
  n.out.push({ kind: "block", target, body });
  return [callee, self];
}

/** `delete a?.b[f()]`: true where the chain ends early. */
export function deletedChain(n: Normaliser, node: Chain): Expression {
  const name = n.session.names.fresh("value");
  n.add(b.declare("let", name, b.boolean(true)));
  const target = n.target("chain");
  const body = n.list(() =>
    n.add(
      b.statement(
        b.assign(b.id(name), {
          type: "UnaryExpression",
          operator: "delete",
          prefix: true,
          argument: link(n, node, target).value,
        } as Expression),
      ),
    ),
  );
  n.out.push({ kind: "block", target, body });
  return b.id(name);
}

interface Read {
  value: Expression;
  /** The object a method was read from. */
  self: Expression | null;
}

function link(n: Normaliser, node: Expression, target: Target): Read {
  if (!isChain(node)) return { value: value(n, node), self: null };
  return "callee" in node ? callLink(n, node, target) : memberLink(n, node, target);
}

function memberLink(n: Normaliser, node: Extract<Chain, { type: "OptionalMemberExpression" }>, target: Target): Read {
  const read = link(n, node.object as Expression, target);
  let object = read.value;
  if (node.optional || node.computed || !isName(object)) object = n.temporary("object", object);
  if (node.optional) leaveIfNullish(n, object, target);
  const key = node.computed ? value(n, node.property as Expression) : null;
  const property = key ?? node.property;
  const whole = {
    ...node,
    type: "MemberExpression",
    optional: null,
    object: reuse(object),
    property,
  } as unknown as Expression;
  return { value: n.session.points.has(node) ? n.point(b.at(whole, node), node) : whole, self: object };
}

function callLink(n: Normaliser, node: Extract<Chain, { type: "OptionalCallExpression" }>, target: Target): Read {
  const args = node.arguments as Argument[];
  const read = methodBehind(n, node.callee as Expression, target);
  const touched = args.some((arg) => n.isTouched(arg));
  let callee = read.value;
  if (node.optional || touched) callee = n.temporary("callee", callee);
  if (node.optional) leaveIfNullish(n, callee, target);
  const helper = read.self !== null && n.session.points.has(node) ? helperOf(n, node.callee as Member, args) : null;
  const evaluated = operands(n, args, "argument");
  const isDetached = (node.optional || touched) && read.self !== null;
  let call: Expression;
  if (helper !== null) call = b.runtime(helper, reuse(read.self as Expression), reuse(callee), ...evaluated);
  else if (isDetached) call = b.runtime("call", reuse(callee), reuse(read.self as Expression), ...evaluated);
  else call = b.call(callee, evaluated);
  if (!n.session.points.has(node)) return { value: call, self: null };
  return { value: n.point(b.at(call, node), node), self: null };
}

/** The callee of a link, which may be a member of an expression outside the chain: `o.m?.()`. */
function methodBehind(n: Normaliser, callee: Expression, target: Target): Read {
  if (isChain(callee)) return link(n, callee, target);
  if (callee.type !== "MemberExpression") return { value: value(n, callee), self: null };
  if (callee.object.type === "Super") return { value: value(n, callee), self: b.thisExpression() };
  let object = value(n, callee.object);
  if (!isName(object)) object = n.temporary("object", object);
  else object = n.keep(object, [callee], "object");
  const property = callee.computed ? value(n, callee.property as Expression) : callee.property;
  return { value: { ...callee, object: reuse(object), property } as Expression, self: object };
}

const isName = (node: Expression): boolean => node.type === "ThisExpression";

function leaveIfNullish(n: Normaliser, object: Expression, target: Target): void {
  target.labelled = true;
  const leave = n.list(() => n.out.push({ kind: "leap", type: "break", target, origin: null }));
  n.out.push({ kind: "if", test: b.nullish(reuse(object)), consequent: leave, alternate: [], origin: null });
}
