/**
 * generator-parameters — parameters of a generator that may switch, evaluated by a function that can wait.
 *
 *   In     function* f(a, [b = pause()] = []) { … }
 *   Out    function* f(argument, ...{ [$.nowhere]: parameters = $.parameters((a, [b = pause()] = []) => { return [a, b]; }, arguments) }) {
 *            let { 0: a, 1: b } = $.parametersOf(parameters); …
 *          }
 *   Keeps  when they are evaluated: by the call, before there is a generator (ECMA-262 §27.5.3.1); `length`; one variable for each parameter
 */
import type { Expression, Node, Statement } from "@babel/types";
import * as b from "./emit/build.ts";
import type { Names } from "./names.ts";
import { eachTarget } from "./patterns.ts";
import { isFunction, walk, walkActivation, type FunctionNode } from "./walk.ts";

/** Rewrites a generator in place. @returns false where its parameters have to stay as they are */
export function moveParameters(fn: FunctionNode, names: Names): boolean {
  const own: string[] = [];
  for (const param of fn.params) eachTarget(param, (target) => own.push(target.name));
  if (isShared(fn, new Set(own)) || fn.body.type !== "BlockStatement") return false;
  const parameters = names.fresh("parameters");
  const result = b.ret(b.array(own.map((name) => b.id(name))));
  const evaluate = b.at(b.arrow(fn.params as never, [result]), fn.params[0] as Node);
  evaluate.end = fn.params.at(-1)?.end ?? null; // what is dead in its parameters stands before its end
  const evaluated = b.runtime("parameters", evaluate, b.id("arguments"));
  const leading = fn.params.slice(0, lengthOf(fn)).map(() => b.id(names.fresh("argument")));
  fn.params = [...leading, collected(parameters, evaluated)] as never;
  fn.body.body.unshift(declaration(own, parameters));
  return true;
}

/** `f.length` */
function lengthOf({ params }: FunctionNode): number {
  const length = params.findIndex((param) => param.type === "AssignmentPattern" || param.type === "RestElement");
  return length < 0 ? params.length : length;
}

/** `...{ [$.nowhere]: parameters = value }`: evaluated in every call, whatever it is given. */
function collected(name: string, value: Expression): Node {
  const target = { type: "AssignmentPattern", left: b.id(name), right: value } as unknown as Expression;
  const argument = { type: "ObjectPattern", properties: [b.keyed(b.abi("nowhere"), target)] };
  return { type: "RestElement", argument } as unknown as Node;
}

function declaration(own: string[], parameters: string): Statement {
  const properties = own.map((name, index) => ({
    type: "ObjectProperty",
    key: b.number(index),
    value: b.id(name),
    computed: false,
    shorthand: false,
  }));
  const pattern = { type: "ObjectPattern", properties } as never;
  return b.declareAll("let", [[pattern, b.runtime("parametersOf", b.id(parameters))]]);
}

/** True if a parameter is captured while parameters are evaluated, or declared again in the body: two variables would have to be one. */
function isShared(fn: FunctionNode, own: ReadonlySet<string>): boolean {
  let shared = own.has("arguments");
  const look = (node: Node): void =>
    walk(node, (inner) => {
      if (inner.type === "Identifier" && (own.has(inner.name) || inner.name === "eval")) shared = true;
    });
  for (const param of fn.params)
    walkActivation(param, (node) => {
      if (isFunction(node) || node.type === "ClassExpression") look(node);
      if (node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "eval")
        shared = true;
    });
  walkActivation(fn.body, (node) => {
    if (node.type === "VariableDeclaration" && node.kind === "var")
      for (const { id } of node.declarations) eachTarget(id, (target) => (shared ||= own.has(target.name)));
    if (node.type === "FunctionDeclaration" && own.has(node.id?.name ?? "")) shared = true;
  });
  return shared;
}
