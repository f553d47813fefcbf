/**
 * call — the call of a suspension point as it is printed.
 *
 * Stress and development builds tell the runtime who calls whom, so that it knows of foreign frames:
 *   o.m(x)   →   $.stress($foreign, o, o.m, x)
 */
import type { CallExpression, Expression, SpreadElement } from "@babel/types";
import { HELPERS } from "../../runtime/builtins/names.ts";
import * as b from "./build.ts";
import type { Plan } from "./plan.ts";
import { copy } from "../walk.ts";

type Arguments = (Expression | SpreadElement)[];

export function printCall(plan: Plan, call: Expression): Expression {
  if (plan.checked === null) return direct(call);
  const { foreign, helper } = plan.checked;
  if (call.type === "NewExpression")
    return b.at(
      b.runtime(`${helper}New`, b.id(foreign), call.callee as Expression, ...(call.arguments as Arguments)),
      call,
    );
  if (call.type === "MemberExpression") return printRead(plan, call, b.runtime("passing", b.id(foreign)));
  if (call.type !== "CallExpression") return call;
  const args = call.arguments as Arguments;
  const { callee } = call;
  const runtimeValue = (): Expression => b.runtime(`${helper}Value`, b.runtime("beneath", b.id(foreign)), call);
  if (callee.type === "Super") {
    const marked = b.runtime("entering", b.id(foreign), (plan.itself as () => Expression)());
    return { ...call, arguments: [...args, b.spread(marked)] };
  }
  if (callee.type !== "MemberExpression")
    return b.at(b.runtime(helper, b.id(foreign), b.nothing(), callee as Expression, ...args), call);
  const name = helperName(call);
  if (name !== undefined) {
    const [first, second, ...rest] = args as [Expression, Expression, ...Arguments];
    if (name === "construct") return b.at(b.runtime(`${helper}New`, b.id(foreign), ...args), call);
    if (name === "call") return b.at(b.runtime(helper, b.id(foreign), second, first, ...rest), call);
    if (HELPERS.has(name)) return b.at(b.runtime(helper, b.id(foreign), first, second, ...rest), call);
    if (name === "store" || name === "stored")
      return b.runtime(`${helper}Value`, b.runtime("passing", b.id(foreign)), call);
    return runtimeValue();
  }
  if (isItems(callee)) return runtimeValue();
  const [first, again] = receiver(plan, callee.object as Expression);
  return b.at(b.runtime(helper, b.id(foreign), first, { ...callee, object: again }, ...args), call);
}

/** `f(o).x` → `$.stressValue((receiver = f(o), $.passing($foreign)), receiver.x)`: the mark is for the accessor, not for what the object takes. */
function printRead(
  plan: Plan,
  read: Extract<Expression, { type: "MemberExpression" }>,
  passing: Expression,
): Expression {
  const [first, again] = receiver(plan, read.object as Expression);
  const marked = first.type === "AssignmentExpression" ? b.sequence([first, passing]) : passing;
  return b.runtime(`${plan.checked?.helper}Value`, marked, b.at({ ...read, object: again }, read));
}

/**
 * Few arguments are passed without a list, and a method that only shares its name with a built-in function is called as
 * any other: then V8 sees through to the function that is called.
 *   $.call(f, o, x)     →  $.call1(f, o, x)
 *   $.invoke(o, f, x)   →  $.call1(f === $.natives.search ? $.resumable(f) : f, o, x)
 */
function direct(call: Expression): Expression {
  const name = helperName(call);
  if (name !== "call" && name !== "invoke") return call;
  const [first, second, ...rest] = (call as CallExpression).arguments as [Expression, Expression, ...Arguments];
  if (rest.length > 3 || rest.some((arg) => arg.type === "SpreadElement")) return call;
  const method = call.extra?.["method"] as string | undefined;
  if (name === "call") return b.at(b.runtime(`call${rest.length}`, first, second, ...rest), call);
  return method === undefined
    ? call
    : b.at(b.runtime(`call${rest.length}`, version(second, method), first, ...rest), call);
}

/** `f === $.natives.search ? $.resumable(f) : f` */
const version = (callee: Expression, method: string): Expression =>
  b.conditional(
    b.binary("===", callee, b.member(b.abi("natives"), method)),
    b.runtime("resumable", copy(callee)),
    copy(callee),
  );

/** `map` of `$.map(…)`; undefined for any other expression. */
function helperName(call: Expression): string | undefined {
  if (call.type !== "CallExpression" || call.callee.type !== "MemberExpression") return undefined;
  const { object, property } = call.callee;
  const isRuntime = object.type === "Identifier" && object.extra?.["runtime"] === true;
  return isRuntime && property.type === "Identifier" ? property.name : undefined;
}

/** The receiver, twice: evaluated once. */
function receiver(plan: Plan, object: Expression): [Expression, Expression] {
  if ((object.type as string) === "Super") return [b.thisExpression(), object];
  if (object.type === "ThisExpression" || object.type === "Identifier") return [object, copy(object)];
  const name = plan.checked?.receiver as string;
  return [b.assign(b.id(name), object), b.id(name)];
}

/** `items.next()`, which the normaliser writes: a runtime function that calls on. */
const isItems = (callee: Expression): boolean =>
  callee.type === "MemberExpression" &&
  !callee.loc &&
  callee.property.type === "Identifier" &&
  (callee.property.name === "next" || callee.property.name === "dispose");
