/**
 * serialise — what `JSON.stringify` runs on its way through a value: `toJSON` of whatever is in it, and the getters of objects written in place.
 *
 *   In     the type of the value
 *   Out    the members it may call
 *   Keeps  types are followed through properties, arrays and other containers, each once; where they say nothing, any `toJSON` may be called
 */
import type { Context } from "./context.ts";
import { isLibrary } from "./foreign.ts";
import type { Callee, Foreign } from "./fragment.ts";
import { anyKey, memberCallees } from "./members.ts";
import type { Node, Sym, Typ } from "./oracle.ts";

/** The members that a call of a foreign function runs because it serialises `value`. */
export function serialised(context: Context, foreign: Foreign, value: Node | undefined): Callee[] {
  if (value === undefined || !foreign.library || foreign.name !== "JSON#stringify") return [];
  const found: Callee[] = [];
  const seen = new Set<Typ | Sym>();
  const visit = (type: Typ | undefined): void => void found.push(...visited(context, type, seen, visit));
  visit(context.type(value));
  return found;
}

/** What is called of one type; `visit` goes on with what is in it. */
function visited(
  context: Context,
  type: Typ | undefined,
  seen: Set<Typ | Sym>,
  visit: (type: Typ | undefined) => void,
): readonly Callee[] {
  const { oracle } = context;
  const kind = type === undefined ? "any" : oracle.kindOf(type);
  if (kind === "primitive" || kind === "function") return [];
  if (type === undefined || kind === "any" || kind === "unknown") return anyCallee;
  if (kind === "union" || kind === "intersection") oracle.parts(type).forEach(visit);
  if (kind === "parameter") visit(constraintOf(context, type));
  const isNew = kind === "object" && !seen.has(type);
  seen.add(type);
  return isNew ? objectCallees(context, type, visit) : [];
}

/** Nothing is known of a type parameter without a constraint. */
function constraintOf(context: Context, type: Typ): Typ | undefined {
  const apparent = context.oracle.apparent(type);
  return apparent !== undefined && context.oracle.kindOf(apparent) !== "parameter" ? apparent : undefined;
}

function objectCallees(context: Context, type: Typ, visit: (type: Typ | undefined) => void): readonly Callee[] {
  const { oracle } = context;
  const symbol = oracle.property(type, "toJSON");
  if (symbol !== undefined) return memberCallees(context, type, symbol, "toJSON", "call");
  const inside = oracle.typeArguments(type);
  inside.forEach(visit);
  if (oracle.hasIndex(type) && inside.length === 0) return anyCallee;
  if (isForeign(context, type)) return [];
  const members = oracle.properties(type).filter((member) => !isMethod(context, member));
  for (const member of members) visit(oracle.typeOf(member));
  return members
    .filter((member) => isOwnGetter(context, member))
    .flatMap((member) => memberCallees(context, type, member, oracle.nameOf(member), "get"));
}

/** What is inside the library's objects, other than their type arguments, is no data of the program. `Partial<Row>` has no name there. */
function isForeign(context: Context, type: Typ): boolean {
  const symbol = context.oracle.symbolOf(type);
  if (symbol === undefined || context.oracle.nameOf(symbol) === "__type") return false;
  return context.declarations(symbol).some((at) => !at.own && isLibrary(at.file));
}

function isMethod(context: Context, member: Sym): boolean {
  const { MethodDeclaration, MethodSignature } = context.kinds;
  return context
    .declarations(member)
    .some((at) => at.own && [MethodDeclaration, MethodSignature].includes(at.node.kind));
}

/** `{ get a() {} }`: getters of a class are in its prototype, where `JSON.stringify` doesn't look. */
function isOwnGetter(context: Context, member: Sym): boolean {
  const { GetAccessor, ObjectLiteralExpression } = context.kinds;
  return context
    .declarations(member)
    .some((at) => at.own && at.node.kind === GetAccessor && at.node.parent.kind === ObjectLiteralExpression);
}

const anyCallee: readonly Callee[] = [{ kind: "member", key: anyKey.id, name: "toJSON", use: "call", direct: [] }];
