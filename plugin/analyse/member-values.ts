/**
 * member-values — values that are read from members and written to them, by name or by a computed key.
 *
 *   In     a member access, with the receiver's type
 *   Out    the location of the member's value; reads and writes in the fragment
 */
import type { Context } from "./context.ts";
import { textOfName, wellKnownSymbol } from "./declarations.ts";
import { anyKey, cellsOf, holdsFunctions, typeKeys } from "./members.ts";
import { type Location, nowhere } from "./names.ts";
import type { Declaration, Node, Sym, Typ } from "./oracle.ts";
import { declared, foreignValue, type Parts, value } from "./values.ts";

/** `object.name`, as a value. */
export function property(context: Context, node: Node, receiver: Node, name: Node): Location {
  const symbol = context.symbol(name);
  const type = context.type(receiver);
  return memberValue(context, node, type, symbol, textOfName(context.oracle, name) ?? "", () =>
    value(context, receiver),
  );
}

/**
 * A member as a value.
 *
 * @param node      gives the value its location
 * @param container the value the member is read from; asked only when the member is not ours
 */
export function memberValue(
  context: Context,
  node: Node,
  type: Typ | undefined,
  symbol: Sym | undefined,
  name: string,
  container: () => Location,
): Location {
  if (symbol === undefined) return unnamed(context, node, type, container);
  if (!holdsFunctions(context, symbol)) return nowhere;
  const at = context.declarations(symbol);
  const top = at
    .map((declaration) =>
      declaration.own && isTopLevel(context, declaration.node) ? declared(context, declaration.node, symbol) : nowhere,
    )
    .find((found) => found !== nowhere);
  if (top !== undefined) return top;
  const location = context.local(node, `member-${name}`);
  readMember(context, type, symbol, name, location);
  for (const declaration of at) if (!declaration.own) readForeign(context, symbol, declaration, location, container);
  return location;
}

/** Members of namespaces and modules are ordinary functions and variables. */
function isTopLevel(context: Context, node: Node): boolean {
  const k = context.kinds;
  return [
    k.FunctionDeclaration,
    k.VariableDeclaration,
    k.ClassDeclaration,
    k.ExportAssignment,
    k.BindingElement,
  ].includes(node.kind);
}

function readMember(context: Context, type: Typ | undefined, symbol: Sym, name: string, location: Location): void {
  const direct = cellsOf(context, symbol);
  for (const key of typeKeys(context, type, name)) {
    context.keys.set(key.id, key);
    context.reads.push({ key: key.id, name, location, direct });
  }
}

function readForeign(
  context: Context,
  symbol: Sym,
  at: Declaration & { own: false },
  location: Location,
  container: () => Location,
): void {
  const from = container();
  context.flow(foreignValue(context, symbol, at), location);
  context.get(from, location);
}

/** No such member: an index signature, or a receiver about which the types say nothing. */
function unnamed(context: Context, node: Node, type: Typ | undefined, container: () => Location): Location {
  const kind = type === undefined ? "any" : context.oracle.kindOf(type);
  if (kind === "primitive") return nowhere;
  const location = context.local(node, "indexed");
  context.get(container(), location);
  if (type === undefined || kind === "any" || kind === "unknown" || !context.oracle.hasIndex(type))
    context.flow(context.anything, location);
  return location;
}

/** `object[key]`: something stored in it, or any of the members its type has. */
export function element(context: Context, p: Parts): Location {
  const literal = literalKey(context, p.argumentExpression);
  const type = context.type(p.expression);
  if (literal !== undefined) {
    const symbol = keySymbol(context, type, p.argumentExpression, literal);
    if (symbol !== undefined) return memberValue(context, p, type, symbol, literal, () => value(context, p.expression));
  }
  return computed(context, p, type);
}

/** `"name"` of `object["name"]`, `@@dispose` of `object[Symbol.dispose]`; undefined for a key that is computed. */
export function literalKey(context: Context, node: Node): string | undefined {
  const k = context.kinds;
  if (node.kind === k.StringLiteral || node.kind === k.NoSubstitutionTemplateLiteral)
    return textOfName(context.oracle, node);
  return node.kind === k.PropertyAccessExpression ? wellKnownSymbol(context.oracle, node) : undefined;
}

/** The member that `object[key]` means. At a string the checker has the member, at `Symbol.dispose` only that symbol itself. */
export function keySymbol(context: Context, type: Typ | undefined, key: Node, name: string): Sym | undefined {
  const at = name.startsWith("@@") ? undefined : context.symbol(key);
  return at ?? (type === undefined ? undefined : context.oracle.property(type, name));
}

function computed(context: Context, p: Parts, type: Typ | undefined): Location {
  const kind = type === undefined ? "any" : context.oracle.kindOf(type);
  if (kind === "primitive") return nowhere;
  const location = context.local(p, "indexed");
  context.get(value(context, p.expression), location);
  if (type === undefined || kind === "any" || kind === "unknown") context.flow(context.anything, location);
  else
    for (const member of ownMembers(context, type))
      readMember(context, type, member, context.oracle.nameOf(member), location);
  return location;
}

/** The members a computed name may mean, without those of builtins: an array's `length` or a map's `get` are never meant. */
export function ownMembers(context: Context, type: Typ): readonly Sym[] {
  const apparent = context.oracle.kindOf(type) === "parameter" ? context.oracle.apparent(type) : type;
  if (apparent === undefined || context.oracle.kindOf(apparent) === "primitive") return [];
  const symbol = context.oracle.symbolOf(apparent);
  const builtin =
    symbol !== undefined &&
    context.declarations(symbol).every((at) => !at.own) &&
    context.oracle.typeArguments(apparent).length > 0;
  return builtin
    ? []
    : context.oracle
        .properties(apparent)
        .filter((member) => cellsOf(context, member).length > 0 && holdsFunctions(context, member));
}

/** Stores a value in a member: `object.name = value`. */
export function writeMember(
  context: Context,
  type: Typ | undefined,
  symbol: Sym | undefined,
  name: string,
  from: Location,
): void {
  if (from === nowhere) return;
  const direct = symbol === undefined ? [] : cellsOf(context, symbol);
  for (const cell of direct) context.flow(from, cell.location);
  const keys = symbol === undefined ? [anyKey] : typeKeys(context, type, name);
  for (const key of keys) {
    context.keys.set(key.id, key);
    context.writes.push({ key: key.id, name, location: from, direct });
  }
}
