/**
 * accessors — member accesses that run a getter or a setter.
 *
 *   In     a member access, with how it is used
 *   Out    a Site, where some object with that member may have an accessor there
 *   Keeps  names without an accessor anywhere in the program cost nothing
 */
import type { Context } from "./context.ts";
import { textOfName } from "./declarations.ts";
import { memberCallees } from "./members.ts";
import type { Location } from "./names.ts";
import type { Node, Sym, Typ } from "./oracle.ts";
import { literalKey, ownMembers, parts } from "./values.ts";

/** `object.name` and `object[name]`, read or written. */
export function memberAccess(context: Context, fn: Location, node: Node): void {
  const k = context.kinds;
  const use = useOf(context, node);
  const name = node.kind === k.PropertyAccessExpression ? textOfName(context.oracle, parts(node).name) : literalKey(context, parts(node).argumentExpression);
  if (name === undefined) return computedAccess(context, fn, node, use);
  if (!context.memory.accessors.has(name)) return;
  const symbol = context.symbol(node.kind === k.PropertyAccessExpression ? parts(node).name : parts(node).argumentExpression);
  const type = context.type(parts(node).expression);
  for (const one of use) accessorSite(context, fn, node, one, type, symbol, name);
}

type Use = "get" | "set";

/** `o.a` reads, `o.a = 1` writes, `o.a += 1` and `o.a++` do both; a called member is read, which runs a getter first. */
function useOf(context: Context, node: Node): readonly Use[] {
  const k = context.kinds;
  const parent = parts(node.parent);
  if (parent.kind === k.BinaryExpression && parent.left === node && isAssignment(context, parent.operatorToken.kind)) {
    return parent.operatorToken.kind === k.EqualsToken ? ["set"] : ["get", "set"];
  }
  const isUpdate = parent.kind === k.PostfixUnaryExpression || parent.kind === k.PrefixUnaryExpression;
  if (isUpdate && (parent.operator === k.PlusPlusToken || parent.operator === k.MinusMinusToken)) return ["get", "set"];
  return isPatternTarget(context, node) ? ["set"] : ["get"];
}

export function isAssignment(context: Context, kind: number): boolean {
  return kind >= context.kinds.FirstAssignment && kind <= context.kinds.LastAssignment;
}

function isPatternTarget(context: Context, node: Node): boolean {
  const k = context.kinds;
  const { parent } = node;
  if (parent.kind === k.ForOfStatement || parent.kind === k.ForInStatement) return parts(parent).initializer === node;
  return false;
}

/** Which member `object[key]` means is not known: any accessor of the type may run. */
function computedAccess(context: Context, fn: Location, node: Node, use: readonly Use[]): void {
  if (context.memory.accessors.size === 0) return;
  const type = context.type(parts(node).expression);
  if (type === undefined || context.oracle.kindOf(type) !== "object") return;
  for (const symbol of ownMembers(context, type)) {
    const name = context.oracle.nameOf(symbol);
    if (context.memory.accessors.has(name)) for (const one of use) accessorSite(context, fn, node, one, type, symbol, name);
  }
}

export function accessorSite(context: Context, fn: Location, node: Node, use: Use, type: Typ | undefined, symbol: Sym | undefined, name: string): void {
  if (!context.memory.accessors.has(name)) return;
  const callees = memberCallees(context, type, symbol, name, use);
  context.site(fn, node, use, callees, { args: [] });
}

/** `${object}`, `object + 1`, `-object`: its `toString`, `valueOf` or `[Symbol.toPrimitive]` runs. */
export function coercion(context: Context, fn: Location, node: Node, operands: readonly Node[]): void {
  const names = ["toString", "valueOf", "@@toPrimitive"].filter((name) => context.memory.accessors.has(name));
  if (names.length === 0) return;
  const callees = operands.flatMap((operand) => {
    const type = context.type(operand);
    if (type === undefined || context.oracle.kindOf(type) === "primitive" || context.oracle.kindOf(type) === "any") return [];
    return names.flatMap((name) => {
      const symbol = context.oracle.property(type, name);
      return symbol === undefined ? [] : memberCallees(context, type, symbol, name, "call");
    });
  });
  context.site(fn, node, "coerce", callees);
}

