/**
 * iterate — everything that advances an iterator: `for-of`, spread, array patterns, `yield*`.
 *
 *   In     the node that iterates, and the expression it iterates over
 *   Out    a Site (its callee is the iterator), and the location of the elements
 *   Keeps  builtin iterators of plain containers are plain; a generator's iterator may switch when the generator's body may
 */
import type { Context } from "./context.ts";
import { isLibrary, iteratorNames } from "./foreign.ts";
import type { Callee } from "./fragment.ts";
import { memberCallees } from "./members.ts";
import { type Location, nowhere } from "./names.ts";
import type { Node, Sym, Typ } from "./oracle.ts";
import { value } from "./values.ts";

/** @returns the location of one element */
export function iterate(context: Context, fn: Location, node: Node, over: Node): Location {
  return iterateValue(context, fn, node, context.type(over), value(context, over));
}

export function iterateValue(
  context: Context,
  fn: Location,
  node: Node,
  type: Typ | undefined,
  from: Location,
): Location {
  const iterator = context.local(node, "iterator");
  const element = context.local(node, "element");
  context.flow(from, iterator);
  context.get(iterator, element);
  context.site(fn, node, "iterate", iteratorCallees(context, type, from), { result: iterator });
  return element;
}

function iteratorCallees(context: Context, type: Typ | undefined, from: Location): Callee[] {
  const { oracle } = context;
  const kind = type === undefined ? "any" : oracle.kindOf(type);
  switch (kind) {
    case "primitive":
      return [];
    case "any":
    case "unknown":
    case "function":
      return [{ kind: "value", location: context.anything, param: nowhere }];
    case "union":
      return oracle.parts(type!).flatMap((part) => iteratorCallees(context, part, from));
    default:
      return objectCallees(context, kind === "parameter" ? oracle.apparent(type!) : type, from);
  }
}

function objectCallees(context: Context, type: Typ | undefined, from: Location): Callee[] {
  if (type === undefined) return [];
  const { oracle } = context;
  const symbol = oracle.property(type, "@@iterator") ?? oracle.property(type, "@@asyncIterator");
  if (symbol === undefined)
    return oracle.kindOf(type) === "any" ? [{ kind: "value", location: context.anything, param: nowhere }] : [];
  const callees = memberCallees(context, type, symbol, oracle.nameOf(symbol), "iterate");
  return mayBeGenerator(context, symbol) ? [...callees, { kind: "advance", location: from }] : callees;
}

/** Arrays, tuples, maps and sets are no iterators; `Iterable`, `Generator` and types of one's own may stand for a generator. */
function mayBeGenerator(context: Context, iterator: Sym): boolean {
  return !context
    .declarations(iterator)
    .some((at) => !at.own && isLibrary(at.file) && !iteratorNames.has(at.container));
}
