/**
 * constructors — a class's constructor, spelled out where nobody wrote it, and told to run the initialisers.
 *
 *   In     class B extends A { x = pause() }
 *   Out    class B extends A { constructor(...args) { super(...args); this.#initialise(); } … }
 *   Keeps  when fields are initialised: as soon as there is a `this` (ECMA-262 §10.2.2, §13.3.7.1)
 */
import type { Expression, Node, Statement } from "@babel/types";
import * as b from "../emit/build.ts";
import { eachSuper } from "../callees.ts";
import { constructorOf } from "../points.ts";
import { method } from "./member.ts";
import { replaceChild, type ClassNode, type FunctionNode } from "../walk.ts";

/** constructor(...args) { super(...args); } (ECMA-262 §15.7.14, step 14) */
export function spellOutConstructor(cls: ClassNode): void {
  const call = b.statement(b.call({ type: "Super" } as never, [b.spread(b.id("args"))]));
  const own = method(b.id("constructor"), cls.superClass ? [call] : [], { kind: "constructor" });
  if (cls.superClass) Object.assign(own, { params: [{ type: "RestElement", argument: b.id("args") }] });
  cls.body.body.unshift(own as never);
}

/** Runs `make()` as soon as there is a `this`. @returns the constructor if that is before its parameters are evaluated */
export function initialiseIn(cls: ClassNode, make: () => Expression): FunctionNode | null {
  const own = constructorOf(cls) as FunctionNode & { body: { body: Statement[] } };
  if (cls.superClass) return (afterSuper(cls, make), null);
  own.body.body.unshift(b.statement(make()));
  return own.params.every(isSimple) ? null : own;
}

/** super(x)   →   super(x), this.#initialise(), this */
function afterSuper(cls: ClassNode, make: () => Expression): void {
  const found: { call: Node; parent: Node; key: string }[] = [];
  eachSuper(cls, (call, parent, key) => found.push({ call, parent, key }));
  for (const { call, parent, key } of found) {
    const value = parent.type === "ExpressionStatement" ? [] : [b.thisExpression()];
    replaceChild(parent, key, call, b.sequence([call as Expression, make(), ...value]));
  }
}

/** A parameter that is only given its value. */
function isSimple(param: Node): boolean {
  if (param.type === "RestElement") return param.argument.type === "Identifier";
  return (param.type === "TSParameterProperty" ? param.parameter : param).type === "Identifier";
}
