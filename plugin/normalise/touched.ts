/**
 * touched — which nodes of a function have to be spelled out.
 *
 *   In     a function and its suspension points
 *   Out    every node that contains a suspension point, or a break, continue or return that leaves a statement which is spelled out
 *   Keeps  everything else verbatim: what is not touched is printed as written
 */
import type { Node } from "@babel/types";
import { eachChild, isUsing, leavesActivation, type FunctionNode } from "../walk.ts";

const LOOPS = new Set(["ForStatement", "ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement"]);

interface Place {
  node: Node;
  outer: Place | null;
  /** The part of the outer node this one is in. */
  key: string;
}

export function findTouched(fn: FunctionNode, points: Set<Node>): Set<Node> {
  const touched = new Set<Node>();
  const leaps: Place[] = [];
  const go = (node: Node, outer: Place | null, key: string): boolean => {
    const place = { node, outer, key };
    let inside = points.has(node);
    if (isLeap(node)) leaps.push(place);
    eachChild(node, (child, childKey) => {
      if (!leavesActivation(child, node, childKey) && go(child, place, childKey)) inside = true;
    });
    if (inside) touched.add(node);
    return inside;
  };
  for (const param of fn.params) go(param, null, "params");
  go(fn.body, null, "body");
  while (leaps.some((leap) => touchLeap(leap, touched)));
  return touched;
}

const isLeap = (node: Node): boolean =>
  node.type === "BreakStatement" || node.type === "ContinueStatement" || node.type === "ReturnStatement";

/** Touches a leap and what lies between it and its touched target; true if that is news. */
function touchLeap(leap: Place, touched: Set<Node>): boolean {
  const target = leap.node.type === "ReturnStatement" ? outermostProtection(leap, touched) : leapTarget(leap);
  if (target === null || !touched.has(target)) return false;
  let news = false;
  for (let at: Place | null = leap; at !== null && at.node !== target; at = at.outer) {
    if (touched.has(at.node)) continue;
    touched.add(at.node);
    news = true;
  }
  return news;
}

/** The outermost touched `for-of` or `try … finally` that a `return` leaves. */
function outermostProtection(leap: Place, touched: Set<Node>): Node | null {
  let found: Node | null = null;
  for (let at: Place = leap; at.outer !== null; at = at.outer) {
    const { node } = at.outer;
    if (!touched.has(node)) continue;
    if (node.type === "ForOfStatement" || (node.type === "TryStatement" && node.finalizer && at.key !== "finalizer"))
      found = node;
    if (
      (node.type === "BlockStatement" && node.body.some(isUsing)) ||
      (node.type === "ForStatement" && node.init && isUsing(node.init))
    )
      found = node;
  }
  return found;
}

function leapTarget(leap: Place): Node | null {
  const { node } = leap;
  const label = node.type === "BreakStatement" || node.type === "ContinueStatement" ? node.label?.name : undefined;
  for (let at = leap.outer; at !== null; at = at.outer) {
    if (label !== undefined) {
      if (at.node.type === "LabeledStatement" && at.node.label.name === label) return labelledBody(at.node);
    } else if (LOOPS.has(at.node.type) || (node.type === "BreakStatement" && at.node.type === "SwitchStatement"))
      return at.node;
  }
  return null;
}

/** The statement behind any number of labels. */
export function labelledBody(statement: Node): Node {
  let body = statement;
  while (body.type === "LabeledStatement") body = body.body;
  return body;
}
