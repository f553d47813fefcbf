/**
 * builtin — calls that may reach a built-in function which calls back.
 *
 *   In     list.map(f)                       text.replace(a, b)                 new Map(pairs)
 *   Out    $.map(list, list.map, f)          $.invoke(text, text.replace, a, b) $.construct(Map, pairs)
 *   Keeps  the callee is read where the source reads it; which function is called is decided when it is called
 */
import type { Expression, SpreadElement } from "@babel/types";
import * as b from "../emit/build.ts";
import { CONSTRUCTORS, entryOf, FUNCTIONS, isResumable, TRANSPARENT, UNIQUE } from "../../runtime/builtins/names.ts";
import type { Normaliser } from "./normaliser.ts";

export type Member = Extract<Expression, { type: "MemberExpression" }>;
type Argument = Expression | SpreadElement;

/** Methods that iterators have, too, or that iterate over an argument: not only a callback may switch there. */
const ITERATING = new Set(
  "map filter take drop flatMap reduce toArray forEach some every find next return throw from fromAsync groupBy fromEntries".split(
    " ",
  ),
);

/** The helper of the ABI that a method call goes through; null for an ordinary call. */
export function helperOf(n: Normaliser, callee: Member, args: readonly Argument[]): string | null {
  if (!n.session.builtins || callee.computed || callee.property.type !== "Identifier") return null;
  const { name } = callee.property;
  if (args.length > 0 && !ITERATING.has(name) && args.every((arg) => isPlainArgument(n, arg))) return null;
  const hasSpread = args.some((arg) => arg.type === "SpreadElement");
  const entry = hasSpread || callee.object.type === "Super" ? undefined : entryOf(name, args.length);
  if (entry !== undefined) return entry;
  return isResumable(name, globalOwner(n, callee)) ? "invoke" : null;
}

/** The method's name, if only one built-in function has it. */
export function uniqueName(callee: Member): string | undefined {
  const { property } = callee;
  return !callee.computed && property.type === "Identifier" && UNIQUE.has(property.name) ? property.name : undefined;
}

/** A literal, or a function written out here that never switches: then no built-in function called with it can. */
function isPlainArgument(n: Normaliser, arg: Argument): boolean {
  if (arg.type === "FunctionExpression" || arg.type === "ArrowFunctionExpression") return !n.session.switching.has(arg);
  return (
    arg.type === "StringLiteral" ||
    arg.type === "NumericLiteral" ||
    arg.type === "RegExpLiteral" ||
    arg.type === "BooleanLiteral" ||
    arg.type === "NullLiteral"
  );
}

function globalOwner(n: Normaliser, callee: Member): string | undefined {
  return callee.object.type === "Identifier" && !n.session.scopes.variableOf.has(callee.object)
    ? callee.object.name
    : undefined;
}

/** `f.call(x)` → `$.resumable(f).call(x)`: the method is transparent, but f may be a built-in function. */
export function isTransparent(n: Normaliser, callee: Member): boolean {
  return (
    n.session.builtins &&
    !callee.computed &&
    callee.property.type === "Identifier" &&
    TRANSPARENT.has(callee.property.name) &&
    callee.object.type !== "Super"
  );
}

/** Whether a function called by a name of its own may be one that was taken from a built-in object: `from(list)`. */
export function isFunctionName(n: Normaliser, callee: Expression): boolean {
  if (!n.session.builtins || callee.type !== "Identifier" || !FUNCTIONS.has(callee.name)) return false;
  return n.session.scopes.variableOf.get(callee)?.kind !== "function";
}

/** Whether `new` may make a built-in object that calls back on the way. */
export function isConstructorName(n: Normaliser, callee: Expression, args: readonly Argument[]): boolean {
  if (!n.session.builtins || args.length === 0 || (args.length === 1 && args[0]?.type === "NumericLiteral"))
    return false;
  const name =
    callee.type === "Identifier"
      ? callee.name
      : callee.type === "MemberExpression" && callee.property.type === "Identifier"
        ? callee.property.name
        : "";
  return CONSTRUCTORS.has(name);
}

/** `$.resumable(f)` */
export const resumable = (callee: Expression): Expression => b.runtime("resumable", callee);
