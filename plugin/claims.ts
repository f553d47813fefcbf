/**
 * claims — `assert: true`: calls that only types or assumptions take for plain are checked at run time.
 *
 *   const n = count(list);  →  const n = $.plain(count(list));
 *
 *   In     a program, the calls in question
 *   Out    the same program with each of them guarded
 *   Keeps  what the calls give: a guard hands its value through, and throws where a switch is on its way
 */
import type { Expression, Node, Program } from "@babel/types";
import * as b from "./emit/build.ts";
import { eachChild, replaceChild } from "./walk.ts";

/** @param marked  stress and development builds: what is called here is called by code that can't be suspended */
export function guardClaims(program: Program, claimed: ReadonlySet<Node>, marked: boolean): void {
  if (claimed.size === 0) return;
  const guarded = new Set<Node>();
  const go = (node: Node): void => {
    eachChild(node, (child, key) => {
      go(child);
      if (holdsClaim(child, claimed) && !isLink(child, node, key)) replace(node, key, child, marked, guarded);
    });
  };
  go(program);
}

/** The call itself, or (`list?.find(f).name`) an optional chain with the call inside: a guard in the middle would cut the chain. */
function holdsClaim(node: Node, claimed: ReadonlySet<Node>): boolean {
  if (claimed.has(node)) return true;
  if (node.type === "OptionalMemberExpression") return holdsClaim(node.object, claimed);
  return node.type === "OptionalCallExpression" && holdsClaim(node.callee, claimed);
}

/** Inside an optional chain: the chain's end gets the guard. */
function isLink(node: Node, parent: Node, key: string): boolean {
  const isChain = node.type === "OptionalMemberExpression" || node.type === "OptionalCallExpression";
  const goesOn =
    (parent.type === "OptionalMemberExpression" && key === "object") ||
    (parent.type === "OptionalCallExpression" && key === "callee");
  return isChain && goesOn;
}

function replace(parent: Node, key: string, call: Node, marked: boolean, guarded: Set<Node>): void {
  if (guarded.has(call)) return;
  guarded.add(call);
  const value = marked ? b.sequence([b.runtime("unmark"), call as Expression]) : (call as Expression);
  replaceChild(parent, key, call, b.at(b.runtime("plain", value), call));
}
