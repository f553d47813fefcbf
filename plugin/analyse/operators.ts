/**
 * operators — assignments, and operators and templates that convert an object.
 *
 *   In     a binary or unary expression, a template literal
 *   Out    flows into what is assigned to; uses of conversions
 */
import { coercion, isAssignment, operatorCoercion } from "./accessors.ts";
import type { Context } from "./context.ts";
import { cellsOf } from "./members.ts";
import type { Location } from "./names.ts";
import type { Node } from "./oracle.ts";
import { assign } from "./patterns.ts";
import { parts, value } from "./values.ts";
import { visit, visitChildren } from "./walk.ts";

export function binary(context: Context, node: Node, fn: Location, gives: Location): void {
  const { left, right, operatorToken } = parts(node);
  if (isAssignment(context, operatorToken.kind)) {
    assign(context, fn, left, value(context, right));
    expando(context, node, value(context, right));
  }
  operatorCoercion(context, fn, node);
  visitTarget(context, left, fn, gives, operatorToken.kind === context.kinds.EqualsToken);
  visit(context, right, fn, gives);
}

/** `exports.f = …`, `F.prototype.m = …`: the assignment is the declaration. */
function expando(context: Context, node: Node, from: Location): void {
  const { left } = parts(node);
  if (left.kind !== context.kinds.PropertyAccessExpression) return;
  context.flow(from, context.variable(node));
  const symbol = context.symbol(parts(left).name);
  for (const cell of symbol === undefined ? [] : cellsOf(context, symbol)) context.flow(from, cell.location);
}

/** In a target, a literal is a pattern: it makes no array or object. */
function visitTarget(context: Context, target: Node, fn: Location, gives: Location, isPlain: boolean): void {
  const k = context.kinds;
  const isPattern = isPlain && (target.kind === k.ArrayLiteralExpression || target.kind === k.ObjectLiteralExpression);
  if (isPattern) visitPattern(context, target, fn, gives);
  else visit(context, target, fn, gives);
}

function visitPattern(context: Context, pattern: Node, fn: Location, gives: Location): void {
  context.oracle.children(pattern, (child) => {
    const k = context.kinds;
    const isNested =
      child.kind === k.ArrayLiteralExpression ||
      child.kind === k.ObjectLiteralExpression ||
      child.kind === k.PropertyAssignment ||
      child.kind === k.SpreadElement;
    if (isNested) visitPattern(context, child, fn, gives);
    else visit(context, child, fn, gives);
  });
}

export function template(context: Context, node: Node, fn: Location, gives: Location): void {
  coercion(
    context,
    fn,
    node,
    parts(node).templateSpans.map((span) => parts(span).expression),
  );
  visitChildren(context, node, fn, gives);
}

export function unary(context: Context, node: Node, fn: Location, gives: Location): void {
  const { operator } = parts(node);
  const k = context.kinds;
  const operand = (node as Node & { readonly operand: Node }).operand;
  if (operator === k.PlusToken || operator === k.MinusToken || operator === k.TildeToken)
    coercion(context, fn, node, [operand]);
  visitChildren(context, node, fn, gives);
}
