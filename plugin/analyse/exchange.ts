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
import { call, deep, give, into, type Location, nowhere, out } from "./names.ts";
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
  // `String(x)`: there is nowhere for x to go.
  if (foreign.library && args.length === 1 && receiver === nowhere && result === nowhere && !foreign.calls(0)) return;
  const given = context.container(context.local(node, "given"));
  const held = context.container(context.local(node, "held"));
  args.forEach((arg, index) => handOver(context, foreign, arg, index, { given, held, result }));
  context.edge(out(given), into(held));
  if (receiver !== nowhere) {
    context.edge(into(given), into(receiver));
    context.edge(deep(held), deep(receiver));
    context.edge(out(receiver), into(held));
    if (foreign.returnsCallable) context.edge(call(receiver), call(result));
  }
  context.edge(out(held), out(result));
  context.edge(into(result), foreign.returnsElement ? deep(held) : into(given));
  context.edge(deep(result), deep(held));
  if (!foreign.returnsElement) context.container(result);
  if (foreign.returnsCallable) context.edge(out(held), call(result));
  if (foreign.returnsAny) vagueResult(context, node, result);
}

/** `JSON.parse(…)` may be anything; `Array(3)` is an array, of anything; `new Map()` is empty. */
function vagueResult(context: Context, node: Node, result: Location): void {
  const type = node.kind === context.kinds.NewExpression ? undefined : context.type(node);
  const vague = type === undefined ? "none" : vagueness(context.oracle, type);
  if (vague === "all") context.flow(context.anything, result);
  if (vague === "inside") context.put(context.anything, result);
}

/** Where a call of foreign code keeps what it was given, what it holds altogether (with what is in its receiver), and what it gives back. */
interface Places {
  readonly given: Location;
  readonly held: Location;
  readonly result: Location;
}

/** A builtin calls its callback and drops it; everything else may be kept, and be handed to the other arguments. */
function handOver(context: Context, foreign: Foreign, arg: Arg, index: number, { given, held, result }: Places): void {
  if (arg.location === nowhere) return;
  const dropped = !foreign.callsReceiver && foreign.calls(index) && !arg.spread;
  context.edge(into(held), into(arg.location));
  context.edge(out(held), into(arg.location));
  context.edge(out(held), deep(arg.location));
  context.edge(deep(held), deep(arg.location));
  if (dropped && foreign.visits) context.edge(out(arg.location), out(result));
  else context.edge(out(arg.location), into(given));
  // `list.map((f) => f(g))`: the callback puts g into what is in the list; `new Promise((resolve) => resolve(g))` into what is made.
  context.edge(give(arg.location), deep(held));
  if (!dropped || !foreign.visits) context.edge(give(arg.location), into(given));
  if (!dropped) context.edge(deep(held), into(arg.location));
  if (!dropped) context.edge(call(arg.location), into(given));
  else if (foreign.returnsCallable) context.edge(call(arg.location), call(result));
}
