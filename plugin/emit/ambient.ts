/**
 * ambient — `this`, `arguments`, `new.target` and `super` in a resume body, which is another function.
 *
 *   In     this.x + arguments[0]
 *   Out    const self = frame.a, args = frame.b;  self.x + args[0]
 *   Keeps  what belongs to nested functions; arrows share what is around them
 */
import type { Expression, Node, Statement } from "@babel/types";
import * as b from "./build.ts";
import type { Emission } from "./function.ts";
import type { Plan } from "./plan.ts";
import { ARGUMENTS, isName, NEW_TARGET, THIS } from "../liveness.ts";
import { assigns, eachChild, isField, isFunction, replaceChild } from "../walk.ts";

/** Replaces the ambient values by names and returns the names' declarations. */
export function substituteAmbient(block: Node, emission: Emission, plan: Plan): Statement[] {
  if (emission.native) return [];
  const found = new Set<string>();
  replaceAmbient(block, plan, found, emission.linked);
  const names: [string, string][] = [
    [THIS, plan.self],
    [ARGUMENTS, plan.args],
    [NEW_TARGET, plan.newTarget],
  ];
  return names
    .filter(([key]) => found.has(key))
    .map(([key, name]) => {
      const value = plan.layout.read(key, plan.frame, plan.slots);
      // Without a value it is mentioned only where no path leads.
      if (value !== null && !(key === ARGUMENTS && assigns(block, name))) return b.declare("const", name, value);
      // `var arguments` may stand in the block.
      return b.declare(key === ARGUMENTS ? "var" : "let", name, value);
    });
}

function replaceAmbient(node: Node, plan: Plan, found: Set<string>, linked: boolean): void {
  eachChild(node, (child, key) => {
    if (isName(node, key) || child.type === "StaticBlock" || (isField(node) && key === "value")) return;
    if (linked && child.type === "Identifier") return;
    const name = ambientName(child, plan, found);
    if (name !== null) {
      if (node.type === "ObjectProperty" && node.shorthand) node.shorthand = false;
      return replaceChild(node, key, child, b.at(b.id(name), child));
    }
    if (isFunction(child) && child.type !== "ArrowFunctionExpression") {
      if ("computed" in child && child.computed) replaceKey(child, plan, found, linked);
      return;
    }
    replaceAmbient(child, plan, found, linked);
  });
}

function replaceKey(method: Node & { key?: Node }, plan: Plan, found: Set<string>, linked: boolean): void {
  const holder = { type: "ExpressionStatement", expression: method.key } as Node & { expression: Expression };
  replaceAmbient(holder, plan, found, linked);
  method.key = holder.expression;
}

function ambientName(node: Node, plan: Plan, found: Set<string>): string | null {
  if (node.type === "ThisExpression") return (found.add(THIS), plan.self);
  if (node.type === "Identifier" && node.name === "arguments") return (found.add(ARGUMENTS), plan.args);
  if (node.type === "MetaProperty" && node.meta.name === "new") return (found.add(NEW_TARGET), plan.newTarget);
  return null;
}

/**
 * A derived constructor that goes on is an arrow in that constructor: `this` is its own, and what it returns is checked here.
 *   return x   →   return $.derived(x, () => this)
 */
export function checkReturns(block: Node): void {
  const others = arrowReturns(block);
  const self = (): Expression =>
    ({ ...b.arrow([], []), body: b.thisExpression(), expression: true }) as unknown as Expression;
  const go = (node: Node): void => {
    eachChild(node, (child) => {
      if (isFunction(child) && child.type !== "ArrowFunctionExpression") return;
      go(child);
      if (child.type === "ReturnStatement" && !others.has(child) && !(child.argument && isSuspension(child.argument)))
        child.argument = b.runtime("derived", child.argument ?? b.nothing(), self());
    });
  };
  go(block);
  (block as { body: Statement[] }).body.push(b.ret(b.runtime("derived", b.nothing(), self())));
}

const isSuspension = (node: Expression): boolean =>
  node.type === "CallExpression" &&
  node.callee.type === "MemberExpression" &&
  node.callee.object.type === "Identifier" &&
  node.callee.object.name === "$" &&
  node.callee.property.type === "Identifier" &&
  /^(re)?save$/.test(node.callee.property.name);

/** The returns that belong to arrows inside. */
function arrowReturns(block: Node): Set<Node> {
  const found = new Set<Node>();
  const go = (node: Node, inside: boolean): void => {
    if (inside && node.type === "ReturnStatement") found.add(node);
    eachChild(node, (child) => go(child, inside || isFunction(node)));
  };
  go(block, false);
  return found;
}
