/**
 * runnable — whether a value of a type can be called or advanced; of any other, only what is inside can.
 *
 *   In     a type
 *   Out    false when types that are true rule out that the value itself runs anything
 */
import type { Context } from "./context.ts";
import { containers, isIteratorLike, isLibrary } from "./foreign.ts";
import type { Sym, Typ } from "./oracle.ts";

/** What makes an object of a program's own an iterator, or something to iterate. */
const advancing = ["@@iterator", "@@asyncIterator", "next"];

export function isRunnable(context: Context, type: Typ | undefined): boolean {
  if (type === undefined) return true;
  const { oracle } = context;
  switch (oracle.kindOf(type)) {
    case "primitive":
      return false;
    case "union":
    case "intersection":
      return oracle.parts(type).some((part) => isRunnable(context, part));
    case "object":
      return isRunnableObject(context, type);
    default:
      return true;
  }
}

/** `{}` says nothing: a function is such an object, too. */
function isRunnableObject(context: Context, type: Typ): boolean {
  const { oracle } = context;
  if (isContainer(context, type)) return false;
  if (oracle.signatures(type, "call").length > 0 || oracle.signatures(type, "construct").length > 0) return true;
  if (isIteratorLike(oracle, type) || advancing.some((name) => isOwnWay(context, oracle.property(type, name))))
    return true;
  return oracle.properties(type).length === 0 && !oracle.hasIndex(type);
}

/** Tuples iterate as arrays do. */
function isOwnWay(context: Context, symbol: Sym | undefined): boolean {
  return (
    symbol !== undefined &&
    !context.declarations(symbol).every((at) => !at.own && isLibrary(at.file) && containers.has(at.container))
  );
}

/** A builtin collection: the types say what its methods and its iterator do. */
export function isContainer(context: Context, type: Typ): boolean {
  const symbol = context.oracle.symbolOf(type);
  if (symbol === undefined || !containers.has(context.oracle.nameOf(symbol))) return false;
  return context.declarations(symbol).every((at) => !at.own && isLibrary(at.file));
}
