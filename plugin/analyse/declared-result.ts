/**
 * declared-result — what a call gives back, as far as the declarations of what is called decide it.
 *
 *   In     the callee of a call
 *   Out    the kinds of the declared results
 *   Keeps  the type of a call is asked for only where it depends on the arguments: inferring type arguments is the dearest question there is
 */
import type { Context } from "./context.ts";
import { isPrimitive } from "./members.ts";
import type { Node, Sym, Typ } from "./oracle.ts";
import { type Parts, parts, withoutParentheses } from "./values.ts";

/** What is called by a name of its own, or as a member of that name. */
export function calledSymbol(context: Context, callee: Node): Sym | undefined {
  const k = context.kinds;
  if (callee.kind === k.Identifier) return context.symbol(callee);
  return callee.kind === k.PropertyAccessExpression ? context.symbol(parts(callee).name) : undefined;
}

/**
 * `true` when every overload gives back a number, a text and so on, `false` when none does whatever it is called with; undefined when that
 * depends on the call: `first<T>(list: T[]): T`.
 */
export function givesPrimitive(context: Context, callee: Node): boolean | undefined {
  const [first, ...others] = declaredResults(context, callee).map((type) => isAlwaysPrimitive(context, type));
  return others.every((one) => one === first) ? first : undefined;
}

/** May a call give back an intersection, of which only this call says what is in it? Without a declaration, yes. */
export function mayIntersect(context: Context, callee: Node): boolean {
  const results = declaredResults(context, callee);
  if (results.length === 0) return true;
  return results.some((type) => ["intersection", "parameter"].includes(context.oracle.kindOf(type)));
}

/**
 * Is what a call gives back surely no `any`, `unknown` or `Function`? `root.querySelector("#play")` is some element: nothing that is passed
 * could make it anything else.
 */
export function givesKnown(context: Context, node: Node): boolean {
  const k = context.kinds;
  const { expression, arguments: args, typeArguments } = parts(node) as Parts & { readonly typeArguments?: unknown };
  if (node.kind !== k.CallExpression || typeArguments !== undefined) return false;
  if (args?.some(({ kind }) => kind !== k.StringLiteral && kind !== k.NumericLiteral) === true) return false;
  const results = declaredResults(context, withoutParentheses(context, expression));
  return results.length > 0 && results.every((type) => isKnown(context, type));
}

function isKnown(context: Context, type: Typ): boolean {
  const kind = context.oracle.kindOf(type);
  if (kind === "union") return context.oracle.parts(type).every((part) => isKnown(context, part));
  return (
    kind === "primitive" || kind === "object" || (isAlwaysPrimitive(context, type) === false && kind === "parameter")
  );
}

/** The results of all overloads, as they are declared. */
function declaredResults(context: Context, callee: Node): Typ[] {
  const { oracle } = context;
  const symbol = calledSymbol(context, callee);
  const type = symbol === undefined ? undefined : oracle.typeOf(symbol);
  if (type === undefined || oracle.kindOf(type) !== "object") return [];
  const results = oracle.signatures(type, "call").map((signature) => oracle.returnOf(signature));
  return results.every((result) => result !== undefined) ? results : [];
}

function isAlwaysPrimitive(context: Context, type: Typ): boolean | undefined {
  const kind = context.oracle.kindOf(type);
  if (isPrimitive(context, type)) return true;
  if (kind === "object" || kind === "function") return false;
  if (kind === "parameter") return isNeverPrimitive(context, context.oracle.apparent(type)) ? false : undefined;
  const isMixed =
    kind === "union" && context.oracle.parts(type).some((part) => isAlwaysPrimitive(context, part) === false);
  return isMixed ? false : undefined;
}

/** `ElementsByName[K]`: of a constraint that has interfaces and classes only; `{}` also lets a text through. */
function isNeverPrimitive(context: Context, type: Typ | undefined): boolean {
  const kind = type === undefined ? "unknown" : context.oracle.kindOf(type);
  if (kind === "union") return context.oracle.parts(type!).every((part) => isNeverPrimitive(context, part));
  const symbol = kind === "object" ? context.oracle.symbolOf(type!) : undefined;
  return symbol !== undefined && !context.oracle.nameOf(symbol).startsWith("__");
}
