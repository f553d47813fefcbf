/**
 * call — the call of a suspension point as it is printed.
 *
 * Stress and development builds tell the runtime who calls whom, so that it knows of foreign frames:
 *   o.m(x)   →   $.stress($foreign, o, o.m, x)
 */
import type { Expression, SpreadElement } from "@babel/types";
import { HELPERS } from "../../runtime/builtins/names.ts";
import * as b from "./build.ts";
import type { Plan } from "./plan.ts";
import { copy } from "../walk.ts";

type Arguments = (Expression | SpreadElement)[];

export function printCall(plan: Plan, call: Expression): Expression {
  if (plan.checked === null) return call;
  const { foreign, helper } = plan.checked;
  if (call.type === "NewExpression")
    return b.at(
      b.runtime(`${helper}New`, b.id(foreign), call.callee as Expression, ...(call.arguments as Arguments)),
      call,
    );
  if (call.type === "MemberExpression") return b.runtime(`${helper}Value`, b.runtime("passing", b.id(foreign)), call);
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
  if (callee.object.type === "Identifier" && callee.object.name === "$") {
    const name = callee.property.type === "Identifier" ? callee.property.name : "";
    const [first, second, ...rest] = args as [Expression, Expression, ...Arguments];
    if (name === "construct") return b.at(b.runtime(`${helper}New`, b.id(foreign), ...args), call);
    if (name === "call") return b.at(b.runtime(helper, b.id(foreign), second, first, ...rest), call);
    if (HELPERS.has(name)) return b.at(b.runtime(helper, b.id(foreign), first, second, ...rest), call);
    if (name === "store") return b.runtime(`${helper}Value`, b.runtime("passing", b.id(foreign)), call);
    return runtimeValue();
  }
  if (isItems(callee)) return runtimeValue();
  const [first, again] = receiver(plan, callee.object as Expression);
  return b.at(b.runtime(helper, b.id(foreign), first, { ...callee, object: again }, ...args), call);
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
