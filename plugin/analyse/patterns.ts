/**
 * patterns — destructuring and assignment: the value flows from the right to every name on the left.
 *
 *   const { run, list: [first] } = job      job.run → run,  an element of job.list → first
 *   [this.handler] = handlers               an element of handlers → cells of `handler`
 */
import { patternAccess } from "./accessors.ts";
import type { Context } from "./context.ts";
import { textOfName } from "./declarations.ts";
import { iterateValue } from "./iterate.ts";
import { type Location, nowhere } from "./names.ts";
import type { Node, Sym, Typ } from "./oracle.ts";
import { keySymbol, literalKey, memberValue, ownMembers, writeMember } from "./member-values.ts";
import { parts, value } from "./values.ts";

/** A declaration's name: an identifier, or a pattern. `declaration` is the variable, parameter or element it belongs to. */
export function bindName(context: Context, fn: Location, declaration: Node, from: Location): void {
  const k = context.kinds;
  const { name } = parts(declaration);
  if (name.kind === k.Identifier) context.flow(from, context.variable(declaration));
  else if (name.kind === k.ObjectBindingPattern) bindObject(context, fn, name, from);
  else bindArray(context, fn, name, from);
}

function bindObject(context: Context, fn: Location, pattern: Node, from: Location): void {
  const type = context.type(pattern);
  for (const element of parts(pattern).elements) {
    const { dotDotDotToken, propertyName, name, initializer } = parts(element);
    if (dotDotDotToken !== undefined) bindName(context, fn, element, from);
    else {
      bindName(context, fn, element, member(context, fn, element, type, propertyName ?? name, from));
      if (initializer !== undefined) bindName(context, fn, element, value(context, initializer));
    }
  }
}

/** The member a pattern reads; a getter runs here. */
function member(
  context: Context,
  fn: Location,
  at: Node,
  type: Typ | undefined,
  nameNode: Node,
  from: Location,
): Location {
  const name = textOfName(context.oracle, nameNode);
  const symbol = name === undefined || type === undefined ? undefined : context.oracle.property(type, name);
  if (name !== undefined) patternAccess(context, fn, at, at.parent, name);
  return memberValue(context, at, type, symbol, name ?? "", () => from);
}

function bindArray(context: Context, fn: Location, pattern: Node, from: Location): void {
  const element = iterateValue(context, fn, pattern, context.type(pattern), from);
  for (const item of parts(pattern).elements) {
    if (item.kind === context.kinds.OmittedExpression || isHole(item)) continue;
    const { dotDotDotToken, initializer } = parts(item);
    bindName(context, fn, item, dotDotDotToken === undefined ? element : rest(context, item, element));
    if (initializer !== undefined) bindName(context, fn, item, value(context, initializer));
  }
}

/** `[, b]`: TypeScript 7 has an element without a name there. */
function isHole(item: Node): boolean {
  return (item as Node & { readonly name?: Node }).name === undefined;
}

function rest(context: Context, item: Node, element: Location): Location {
  const list = context.container(context.local(item, "rest"));
  context.put(element, list);
  return list;
}

/** `target = value`: a variable, a member, or an assignment pattern. */
export function assign(context: Context, fn: Location, target: Node, from: Location): void {
  const k = context.kinds;
  const p = parts(target);
  switch (target.kind) {
    case k.ParenthesizedExpression:
    case k.NonNullExpression:
    case k.AsExpression:
    case k.SatisfiesExpression:
      return assign(context, fn, p.expression, from);
    case k.Identifier:
      return assignVariable(context, target, from);
    case k.PropertyAccessExpression:
      return assignMember(
        context,
        p.expression,
        context.symbol(p.name),
        textOfName(context.oracle, p.name) ?? "",
        from,
      );
    case k.ElementAccessExpression:
      return assignElement(context, p.expression, p.argumentExpression, from);
    case k.ObjectLiteralExpression:
      return assignObject(context, fn, target, from);
    case k.ArrayLiteralExpression:
      return assignArray(context, fn, target, from);
    case k.BinaryExpression: // a default: `[a = b] = list`
      assign(context, fn, p.left, from);
      return assign(context, fn, p.left, value(context, p.right));
    default:
  }
}

function assignVariable(context: Context, target: Node, from: Location): void {
  const symbol = context.symbol(target);
  if (symbol !== undefined) context.flow(from, variableOf(context, symbol));
}

/** The variable itself, also where its value is known to be a function: `function f() {}; f = g`. */
function variableOf(context: Context, symbol: Sym): Location {
  const at = context.declarations(symbol).find((declaration) => declaration.own);
  if (at === undefined || !at.own) return nowhere;
  const k = context.kinds;
  const isFunction = at.node.kind === k.FunctionDeclaration || at.node.kind === k.ClassDeclaration;
  return isFunction ? context.fn(at.node) : context.variable(at.node);
}

/** The member's cells, and the object as a container: it may be read by a computed name later. */
function assignMember(context: Context, receiver: Node, symbol: Sym | undefined, name: string, from: Location): void {
  writeMember(context, context.type(receiver), symbol, name, from);
  context.put(from, value(context, receiver));
}

function assignElement(context: Context, receiver: Node, key: Node, from: Location): void {
  const type = context.type(receiver);
  const name = literalKey(context, key);
  if (name !== undefined) return assignMember(context, receiver, keySymbol(context, type, key, name), name, from);
  context.put(from, value(context, receiver));
  const kind = type === undefined ? "any" : context.oracle.kindOf(type);
  if (type === undefined || kind === "any" || kind === "unknown" || kind === "primitive") return;
  for (const symbol of ownMembers(context, type))
    writeMember(context, type, symbol, context.oracle.nameOf(symbol), from);
}

function assignObject(context: Context, fn: Location, target: Node, from: Location): void {
  const k = context.kinds;
  const type = context.type(target);
  for (const property of parts(target).properties) {
    const p = parts(property);
    if (property.kind === k.SpreadAssignment) assign(context, fn, p.expression, from);
    else if (property.kind === k.ShorthandPropertyAssignment) assignShorthand(context, fn, property, type, from);
    else assign(context, fn, p.initializer!, member(context, fn, property, type, p.name, from));
  }
}

function assignShorthand(context: Context, fn: Location, property: Node, type: Typ | undefined, from: Location): void {
  const symbol = context.oracle.shorthandValue(property);
  if (symbol !== undefined)
    context.flow(member(context, fn, property, type, parts(property).name, from), variableOf(context, symbol));
}

function assignArray(context: Context, fn: Location, target: Node, from: Location): void {
  const element = iterateValue(context, fn, target, context.type(target), from);
  for (const item of parts(target).elements) {
    if (item.kind === context.kinds.SpreadElement)
      assign(context, fn, parts(item).expression, rest(context, item, element));
    else if (item.kind !== context.kinds.OmittedExpression) assign(context, fn, item, element);
  }
}
