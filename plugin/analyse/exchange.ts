/**
 * exchange — what code that is not ours may do with what it is given: call it, keep it, hand it out again.
 *
 *   In     a call of a builtin or of a dependency's function
 *   Out    callees inside its arguments; flows between its arguments, its receiver and its result
 */
import type { Context } from "./context.ts";
import { callableMembers, vagueness } from "./foreign.ts";
import type { Arg, Callee, Foreign } from "./fragment.ts";
import { memberCallees } from "./members.ts";
import { call, deep, into, type Location, nowhere, out } from "./names.ts";
import type { Node, Typ } from "./oracle.ts";
import { parts } from "./values.ts";

/** A dependency may call the functions inside the objects it is given. */
export function openedCallees(context: Context, node: Node, foreign: Foreign, args: readonly Arg[]): Callee[] {
  const written = parts(node).arguments?.length === args.length ? parts(node).arguments : undefined;
  return args.flatMap((arg, index) => {
    const type = arg.location === nowhere ? undefined : foreign.opens(index);
    return type === undefined ? [] : openedMembers(context, type, written?.[index]);
  });
}

/** Of an object written in place exactly the members it has; of any other, those of all objects that fit. */
function openedMembers(context: Context, asked: Typ, written: Node | undefined): Callee[] {
  const literal = written?.kind === context.kinds.ObjectLiteralExpression ? context.type(written) : undefined;
  return callableMembers(context.oracle, asked).flatMap((member) => {
    const name = context.oracle.nameOf(member);
    const symbol = literal === undefined ? member : context.oracle.property(literal, name);
    return symbol === undefined ? [] : memberCallees(context, literal ?? asked, symbol, name, "call");
  });
}

/** What goes into foreign code can come out of it again: through its result, its other arguments, its receiver. */
export function exchange(
  context: Context,
  node: Node,
  foreign: Foreign,
  receiver: Location,
  args: readonly Arg[],
  result: Location,
): void {
  const mixed = context.container(context.local(node, "mixed"));
  args.forEach((arg, index) => handOver(context, foreign, arg, index, mixed, result));
  if (receiver !== nowhere) {
    context.edge(into(mixed), into(receiver));
    context.edge(deep(mixed), deep(receiver));
    context.edge(out(receiver), into(mixed));
    if (foreign.returnsCallable) context.edge(call(receiver), call(result));
  }
  context.edge(out(mixed), out(result));
  context.edge(into(result), foreign.returnsElement ? deep(mixed) : into(mixed));
  context.edge(deep(result), deep(mixed));
  if (!foreign.returnsElement) context.container(result);
  if (foreign.returnsCallable) context.edge(out(mixed), call(result));
  if (foreign.returnsAny) vagueResult(context, node, result);
}

/** `JSON.parse(…)` may be anything; `Array(3)` is an array, of anything; `new Map()` is empty. */
function vagueResult(context: Context, node: Node, result: Location): void {
  const type = node.kind === context.kinds.NewExpression ? undefined : context.type(node);
  const vague = type === undefined ? "none" : vagueness(context.oracle, type);
  if (vague === "all") context.flow(context.anything, result);
  if (vague === "inside") context.put(context.anything, result);
}

/** A builtin calls its callback and drops it; everything else may be kept, and be handed to the other arguments. */
function handOver(
  context: Context,
  foreign: Foreign,
  arg: Arg,
  index: number,
  mixed: Location,
  result: Location,
): void {
  if (arg.location === nowhere) return;
  const dropped = !foreign.callsReceiver && foreign.calls(index) && !arg.spread;
  context.edge(into(mixed), into(arg.location));
  context.edge(out(mixed), into(arg.location));
  context.edge(out(mixed), deep(arg.location));
  context.edge(deep(mixed), deep(arg.location));
  context.edge(out(arg.location), into(mixed));
  if (!dropped) context.edge(deep(mixed), into(arg.location));
  if (!dropped) context.edge(call(arg.location), into(mixed));
  else if (foreign.returnsCallable) context.edge(call(arg.location), call(result));
}
