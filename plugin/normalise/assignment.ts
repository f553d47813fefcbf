/**
 * assignment — assignments that hold a suspension point, of every operator and to every kind of target.
 *
 *   In     o.x += f()
 *   Out    const left = o.x;  result = f();  o.x = left + result
 *   Keeps  the target is read before the right side is evaluated; a key is converted once (ECMA-262 §13.15)
 */
import type { AssignmentExpression, Expression, LVal } from "@babel/types";
import * as b from "../emit/build.ts";
import { goesOn, member, reference, stripped, value } from "./expression.ts";
import { reuse } from "./call.ts";
import type { Normaliser } from "./normaliser.ts";
import { assignPattern } from "./pattern.ts";
import { unnamed, withName } from "../settle.ts";

export function normaliseAssignment(n: Normaliser, node: AssignmentExpression): Expression {
  const target = stripped(node.left as LVal) as LVal;
  if (node.operator === "=") return simple(n, node, target);
  const left = keptReference(n, target, node.right);
  const short = node.operator.slice(0, -1);
  if (short === "&&" || short === "||" || short === "??") return logical(n, node, left, short);
  const before = n.keep(reuse(left as Expression), [node.right, node], "left");
  return b.at(b.assign(left, b.binary(short, before, value(n, node.right))), node);
}

function simple(n: Normaliser, node: AssignmentExpression, target: LVal): Expression {
  if (target.type === "ObjectPattern" || target.type === "ArrayPattern") {
    const right = value(n, node.right);
    if (!n.isTouched(target)) return { ...node, left: target, right };
    const whole = n.temporary("value", right);
    assignPattern(n, target, whole, null);
    return reuse(whole);
  }
  if (target.type === "MemberExpression" && n.session.points.has(target)) return store(n, node, target);
  const left = reference(n, target, n.isTouched(node.right) ? [node.right] : []);
  return { ...node, left, right: value(n, node.right) };
}

/** `o.x = v`, where x is an accessor that may switch → `result = $.store(o, "x", v)`; `o.#x = v` → `result = $.stored(o.#x = v)` */
function store(
  n: Normaliser,
  node: AssignmentExpression,
  target: Extract<LVal, { type: "MemberExpression" }>,
): Expression {
  const left = member(n, target, [node.right, node]);
  const right = value(n, node.right);
  const kept = n.keep(right.type === "Identifier" && right.name !== n.result ? right : n.temporary("value", right), []);
  n.point(b.at(storing(left, reuse(kept)), node), node);
  return reuse(kept);
}

function storing(left: Extract<LVal, { type: "MemberExpression" }>, kept: Expression): Expression {
  const { object, property } = left;
  if (property.type === "PrivateName") return b.runtime("stored", b.assign(left, kept));
  const key = left.computed ? (property as Expression) : b.string((property as { name: string }).name);
  return b.runtime("store", object as Expression, key, kept);
}

/** A target that is read and then written: object and key are evaluated once, and the key is converted once. */
function keptReference(n: Normaliser, target: LVal, right: Expression): LVal {
  if (target.type !== "MemberExpression") return target;
  const kept = reference(n, target, [right, target]);
  if (kept.type !== "MemberExpression" || !kept.computed || isPrimitiveKey(kept.property as Expression)) return kept;
  const base = kept.object.type === "Super" ? b.thisExpression() : reuse(kept.object as Expression);
  return { ...kept, property: n.temporary("key", b.runtime("keyOf", base, kept.property as Expression)) };
}

const isPrimitiveKey = (key: Expression): boolean => key.type === "StringLiteral" || key.type === "NumericLiteral";

/** `o.x ||= f()` → `let value = o.x; if (!value) { result = f(); value = o.x = result; }` */
function logical(n: Normaliser, node: AssignmentExpression, left: LVal, operator: "&&" | "||" | "??"): Expression {
  const name = n.session.names.fresh("value");
  n.add(b.declare("let", name, reuse(left as Expression)));
  const consequent = n.list(() => {
    const right = value(n, node.right);
    const named = left.type === "Identifier" ? withName(left.name, right) : unnamed(right);
    n.add(b.statement(b.assign(b.id(name), b.assign(reuse(left as Expression) as LVal, named))));
  });
  n.out.push({ kind: "if", test: goesOn(operator, b.id(name)), consequent, alternate: [], origin: null });
  return b.id(name);
}
