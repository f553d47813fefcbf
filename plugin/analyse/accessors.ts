/**
 * accessors — member accesses that may run a getter or a setter, and operators that convert an object.
 *
 *   In     a member access, with how it is used
 *   Out    a Use, written down by name; and later, for names whose accessor turned out to switch, a Site
 *   Keeps  accessors are read everywhere and hardly ever switch: the checker is asked about a use only when its name is awake
 */
import type { Context } from "./context.ts";
import { coercions, textOfName } from "./declarations.ts";
import type { Use } from "./fragment.ts";
import { memberCallees } from "./members.ts";
import type { Location } from "./names.ts";
import type { Node, Sym, Typ } from "./oracle.ts";
import { keySymbol, literalKey, ownMembers } from "./member-values.ts";
import { parts } from "./values.ts";

/** The name under which uses are kept that may mean any member: `object[key]`. */
export const anyName = "*";

/** The name under which conversions are kept: `toString`, `valueOf` and `[Symbol.toPrimitive]` belong together. */
export const conversion = "toString";

/** `object.name` and `object[name]`, read or written. */
export function memberAccess(context: Context, fn: Location, node: Node): void {
  const isNamed = node.kind === context.kinds.PropertyAccessExpression;
  const name = isNamed
    ? textOfName(context.oracle, parts(node).name)
    : literalKey(context, parts(node).argumentExpression);
  if (name !== undefined && !context.memory.accessors.has(name)) return;
  const nameNode = name === undefined ? undefined : isNamed ? parts(node).name : parts(node).argumentExpression;
  for (const way of waysOf(context, node))
    use(context, name ?? anyName, { fn, node, way, over: parts(node).expression, nameNode });
}

/** `const { name } = object`: the pattern reads the member. */
export function patternAccess(context: Context, fn: Location, node: Node, pattern: Node, name: string): void {
  if (context.memory.accessors.has(name))
    use(context, name, { fn, node, way: "get", over: pattern, nameNode: undefined });
}

/**
 * `a + b` and `a < b` convert objects, `a === b` and `a || b` don't; `a += b` does what `a + b` does.
 * `a instanceof B` asks B's own `[Symbol.hasInstance]`.
 */
export function operatorCoercion(context: Context, fn: Location, node: Node): void {
  const { left, right, operatorToken } = parts(node);
  const kind = operatorToken.kind;
  if (kind === context.kinds.InstanceOfKeyword)
    use(context, "@@hasInstance", { fn, node, way: "coerce", over: right, nameNode: undefined });
  else if (convertingOperators(context).has(kind)) coercion(context, fn, node, [left, right]);
}

const operatorSets = new WeakMap<object, ReadonlySet<number>>();

/** Operators of numbers and strings, and `==`: they call `valueOf`, `toString` or `[Symbol.toPrimitive]` of an object. */
function convertingOperators({ kinds: k }: Context): ReadonlySet<number> {
  const known = operatorSets.get(k);
  if (known !== undefined) return known;
  const arithmetic = [
    [k.PlusToken, k.MinusToken, k.AsteriskToken, k.SlashToken, k.PercentToken, k.AsteriskAsteriskToken],
    [k.PlusEqualsToken, k.MinusEqualsToken, k.AsteriskEqualsToken, k.SlashEqualsToken, k.PercentEqualsToken],
    [k.AsteriskAsteriskEqualsToken],
  ];
  const bitwise = [
    [k.LessThanLessThanToken, k.GreaterThanGreaterThanToken, k.GreaterThanGreaterThanGreaterThanToken],
    [
      k.LessThanLessThanEqualsToken,
      k.GreaterThanGreaterThanEqualsToken,
      k.GreaterThanGreaterThanGreaterThanEqualsToken,
    ],
    [k.AmpersandToken, k.BarToken, k.CaretToken, k.AmpersandEqualsToken, k.BarEqualsToken, k.CaretEqualsToken],
  ];
  const comparing = [
    [k.LessThanToken, k.GreaterThanToken, k.LessThanEqualsToken, k.GreaterThanEqualsToken],
    [k.EqualsEqualsToken, k.ExclamationEqualsToken],
  ];
  const made = new Set<number>([...arithmetic, ...bitwise, ...comparing].flat());
  operatorSets.set(k, made);
  return made;
}

/** `${object}`, `object + 1`, `-object`. */
export function coercion(context: Context, fn: Location, node: Node, operands: readonly Node[]): void {
  for (const operand of operands) {
    if (!isLiteral(context, operand))
      use(context, conversion, { fn, node, way: "coerce", over: operand, nameNode: undefined });
  }
}

function isLiteral(context: Context, node: Node): boolean {
  const k = context.kinds;
  return (node.kind >= k.FirstLiteralToken && node.kind <= k.LastLiteralToken) || node.kind === k.TemplateExpression;
}

function use(context: Context, name: string, one: Use): void {
  const there = context.uses.get(name);
  if (there === undefined) context.uses.set(name, [one]);
  else there.push(one);
}

type Way = "get" | "set";

/** `o.a` reads, `o.a = 1` writes, `o.a += 1` and `o.a++` do both; a called member is read, which runs a getter first. */
function waysOf(context: Context, node: Node): readonly Way[] {
  const k = context.kinds;
  const parent = parts(node.parent);
  if (parent.kind === k.BinaryExpression && parent.left === node && isAssignment(context, parent.operatorToken.kind)) {
    return parent.operatorToken.kind === k.EqualsToken ? ["set"] : ["get", "set"];
  }
  const isUpdate = parent.kind === k.PostfixUnaryExpression || parent.kind === k.PrefixUnaryExpression;
  if (isUpdate && (parent.operator === k.PlusPlusToken || parent.operator === k.MinusMinusToken)) return ["get", "set"];
  return isLoopTarget(context, node) || isPatternTarget(context, node) ? ["set"] : ["get"];
}

export function isAssignment(context: Context, kind: number): boolean {
  return kind >= context.kinds.FirstAssignment && kind <= context.kinds.LastAssignment;
}

function isLoopTarget(context: Context, node: Node): boolean {
  const k = context.kinds;
  const { parent } = node;
  return (parent.kind === k.ForOfStatement || parent.kind === k.ForInStatement) && parts(parent).initializer === node;
}

/** `[o.a, o.b] = list`, `({ x: o.a } = value)`: the literal on the left is a pattern. */
function isPatternTarget(context: Context, node: Node): boolean {
  const k = context.kinds;
  let at = node;
  while (isPatternPart(context, at.parent)) at = at.parent;
  const { parent } = at;
  return (
    at !== node &&
    parent.kind === k.BinaryExpression &&
    parts(parent).left === at &&
    parts(parent).operatorToken.kind === k.EqualsToken
  );
}

function isPatternPart(context: Context, node: Node): boolean {
  const k = context.kinds;
  return [
    k.ArrayLiteralExpression,
    k.ObjectLiteralExpression,
    k.PropertyAssignment,
    k.SpreadElement,
    k.SpreadAssignment,
  ].includes(node.kind);
}

/** Turns the uses of names that are awake into sites. */
export function wakeUses(
  context: Context,
  uses: ReadonlyMap<string, readonly Use[]>,
  names: ReadonlySet<string>,
): void {
  for (const name of names)
    for (const one of coercions.has(name) ? [] : (uses.get(name) ?? [])) wakeOne(context, one, name);
  for (const one of uses.get(anyName) ?? []) wakeComputed(context, one, names);
  const converting = [...names].filter((name) => coercions.has(name) && name !== "@@hasInstance");
  for (const one of converting.length === 0 ? [] : (uses.get(conversion) ?? []))
    wakeConversion(context, one, converting);
  for (const one of names.has("@@hasInstance") ? (uses.get("@@hasInstance") ?? []) : [])
    wakeConversion(context, one, ["@@hasInstance"]);
}

function wakeOne(context: Context, one: Use, name: string): void {
  const type = context.type(one.over);
  const symbol =
    one.nameNode === undefined
      ? type && context.oracle.property(type, name)
      : keySymbol(context, type, one.nameNode, name);
  addSite(context, one, type, symbol, name);
}

function addSite(context: Context, one: Use, type: Typ | undefined, symbol: Sym | undefined, name: string): void {
  context.site(
    one.fn,
    one.node,
    one.way,
    memberCallees(context, type, symbol, name, one.way === "coerce" ? "call" : one.way),
  );
}

/** Which member `object[key]` means is not known: any accessor of the type may run. */
function wakeComputed(context: Context, one: Use, names: ReadonlySet<string>): void {
  const type = context.type(one.over);
  if (type === undefined || context.oracle.kindOf(type) !== "object") return;
  for (const symbol of ownMembers(context, type)) {
    const name = context.oracle.nameOf(symbol);
    if (names.has(name)) addSite(context, one, type, symbol, name);
  }
}

function wakeConversion(context: Context, one: Use, names: readonly string[]): void {
  if (one.way !== "coerce") return;
  const type = context.type(one.over);
  if (type === undefined || ["primitive", "any", "unknown"].includes(context.oracle.kindOf(type))) return;
  for (const name of names) {
    const symbol = context.oracle.property(type, name);
    if (symbol !== undefined) addSite(context, one, type, symbol, name);
  }
}
