/**
 * class-body — walks a class: what runs where it is defined, and what runs where it is constructed.
 *
 *   In     a class, a field, a static block or a decorator
 *   Out    the functions and sites of the class, in its file's context
 */
import type { Context } from "./context.ts";
import { baseClass, enterClass, enterField, isField, isStatic, runStatic } from "./functions.ts";
import { deep, give, into, type Location, nowhere, out } from "./names.ts";
import type { Node } from "./oracle.ts";
import { parts, value } from "./values.ts";
import { computedName, visit, visitChildren } from "./walk.ts";

export function classLike(context: Context, node: Node, fn: Location): void {
  const id = enterClass(context, node, fn);
  for (const modifier of parts(node).modifiers ?? []) visit(context, modifier, fn, nowhere);
  const base = baseClass(context, node);
  if (base !== undefined) visit(context, base, fn, nowhere);
  if (base !== undefined) inherit(context, id, base);
  for (const member of parts(node).members) classMember(context, member, id, fn);
}

/** Arguments of a derived class without constructor, and what is stored in it, reach the base class through its value. */
function inherit(context: Context, id: Location, base: Node): void {
  context.edge(out(value(context, base)), out(id));
  context.edge(give(value(context, base)), give(id));
  context.edge(into(id), into(value(context, base)));
  context.edge(deep(id), deep(value(context, base)));
}

function classMember(context: Context, member: Node, id: Location, around: Location): void {
  for (const modifier of parts(member).modifiers ?? [])
    if (modifier.kind === context.kinds.Decorator) visit(context, modifier, around, nowhere);
  const runsAtDefinition =
    (isField(context, member) && isStatic(context, member)) ||
    member.kind === context.kinds.ClassStaticBlockDeclaration;
  if (runsAtDefinition) runStatic(context, around, member);
  computedName(context, member, around);
  visit(context, member, id, nowhere);
}

export function field(context: Context, node: Node, parent: Location): void {
  const { initializer } = parts(node);
  if (initializer === undefined) return;
  const id = enterField(context, node, parent);
  context.flow(value(context, initializer), context.variable(node));
  visit(context, initializer, id, nowhere);
}

export function staticBlock(context: Context, node: Node, parent: Location): void {
  visitChildren(context, node, enterField(context, node, parent), nowhere);
}

export function heritage(context: Context, node: Node, fn: Location): void {
  for (const type of parts(node).types) visit(context, parts(type).expression, fn, nowhere);
}

/** What a decorator is given: the class, or the method as a value. */
export function decorated(context: Context, decorator: Node): Location {
  const { parent } = decorator;
  const k = context.kinds;
  const isFunction =
    parent.kind === k.MethodDeclaration || parent.kind === k.ClassDeclaration || parent.kind === k.ClassExpression;
  return isFunction ? context.fn(parent) : nowhere;
}
