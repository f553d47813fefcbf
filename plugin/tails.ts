/**
 * tails — calls whose result is the function's result: `return f(x)` passes a switch through without a frame.
 *
 *   In     a function
 *   Out    the calls in tail position, outside of `try` and of what has to be closed
 */
import type { Node } from "@babel/types";
import { FUNCTIONS, isResumable } from "../runtime/builtins/names.ts";
import { isSuper } from "./points.ts";
import { eachChild, isUsing, leavesActivation, type FunctionNode } from "./walk.ts";

/**
 * The tail calls of a function, if its kind can have any.
 * @param builtins whether calls go to resumable versions of built-in functions: through a helper, with a frame of its own
 */
export function tailsOf(node: FunctionNode, builtins: boolean): Set<Node> {
  const tails = new Set<Node>();
  if (mayHaveTails(node)) collectReturned(node.body, tails);
  // `super()` gives more than its value.
  for (const tail of tails) if (isSuper(tail) || (builtins && mayBeBuiltin(tail))) tails.delete(tail);
  return tails;
}

/**
 * `return f(x)` passes the switch through without a frame. Not in generators (their result is wrapped), not in constructors and not in
 * functions that use `this` and may be called with `new`: there the result may have to be replaced by `this`.
 */
function mayHaveTails(node: FunctionNode): boolean {
  if (node.generator || node.async) return false;
  if (node.type === "ClassMethod" && node.kind === "constructor") return false;
  if (node.type === "FunctionDeclaration" || node.type === "FunctionExpression") return !usesThis(node);
  return true;
}

/** True when a function's own `this` occurs in it, also through arrows. */
export function usesThis(node: FunctionNode): boolean {
  let found = false;
  const look = (child: Node): void => {
    if (found) return;
    if (child.type === "ThisExpression") found = true;
    else
      eachChild(child, (grandchild, key) => {
        if (leavesActivation(grandchild, child, key) && child.type !== "ArrowFunctionExpression") return;
        look(grandchild);
      });
  };
  for (const part of [...node.params, node.body]) look(part);
  return found;
}

/** `list.map(f)`: a method by the name of a built-in one that calls back. */
function mayBeBuiltin(call: Node): boolean {
  if (call.type !== "CallExpression") return false;
  const { callee } = call;
  if (callee.type === "Identifier") return FUNCTIONS.has(callee.name);
  if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier") return false;
  return isResumable(callee.property.name, callee.object.type === "Identifier" ? callee.object.name : undefined);
}

function collectReturned(body: Node, tails: Set<Node>): void {
  if (body.type !== "BlockStatement") return tailCalls(body, tails);
  const go = (node: Node): void => {
    if (node.type === "TryStatement" || node.type === "ForOfStatement" || declaresResource(node)) return;
    if (node.type === "ReturnStatement") return void (node.argument && tailCalls(node.argument, tails));
    eachChild(node, (child, key) => {
      if (!leavesActivation(child, node, key)) go(child);
    });
  };
  go(body);
}

/** `using` in a block, or in the head of a loop: what it declares is disposed of after a `return` in there. */
function declaresResource(node: Node): boolean {
  let found = false;
  eachChild(node, (child) => void (found ||= isUsing(child)));
  return found;
}

function tailCalls(node: Node, tails: Set<Node>): void {
  switch (node.type) {
    case "CallExpression":
    case "TaggedTemplateExpression":
      return void tails.add(node);
    case "ConditionalExpression":
      tailCalls(node.consequent, tails);
      return tailCalls(node.alternate, tails);
    case "LogicalExpression":
      return tailCalls(node.right, tails);
    case "SequenceExpression":
      return tailCalls(node.expressions.at(-1) as Node, tails);
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
      return tailCalls(node.expression, tails);
    default:
  }
}
