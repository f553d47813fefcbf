/**
 * iteration — `for-of` and `for-in` loops that hold a suspension point.
 *
 *   In     for (const x of list) body
 *   Out    result = $.iterate(list);  const items = result;
 *          guarded { for (;;) { result = items.next(); if (!result) break; const x = items.value; body } } finally { if (!items.done) $.close(items) }
 *   Keeps  iterator closing (ECMA-262 §7.4.11): `return()` is called on every early exit, and never after `next` threw or was done.
 *          For an array whose iteration nobody changed, `items` is an index.
 */
import type { Expression, LVal, Node, Statement } from "@babel/types";
import * as b from "../emit/build.ts";
import { copy, eachChild, isUsing, leavesActivation } from "../walk.ts";
import { value } from "./expression.ts";
import { leaveIf, loopBody } from "./loop.ts";
import type { Normaliser } from "./normaliser.ts";
import { assignPattern, closeUnlessDone } from "./pattern.ts";
import { protect } from "./protect.ts";
import { statement } from "./statement.ts";

type Iteration = Extract<Node, { type: "ForOfStatement" | "ForInStatement" }>;

export function normaliseIteration(n: Normaliser, node: Iteration, labels: string[]): void {
  const block = n.list(() => (node.type === "ForOfStatement" ? forOf(n, node, labels) : forIn(n, node, labels)));
  n.out.push({ kind: "block", target: null, body: block });
}

function forOf(n: Normaliser, node: Iteration, labels: string[]): void {
  if (!isVerbatim(n, node)) return explodedForOf(n, node, value(n, node.right), labels);
  const list = n.temporary("list", value(n, node.right));
  const native = { ...copy(node), right: b.id(list.name) };
  const consequent = n.list(() =>
    n.add(labels.reduceRight<Statement>((body, label) => b.labelled(label, body), native)),
  );
  const alternate = n.list(() => explodedForOf(n, node, b.id(list.name), labels));
  n.out.push({ kind: "if", test: b.runtime("isPlainIterable", b.id(list.name)), consequent, alternate, origin: null });
}

/** Longer bodies are not worth a second copy. In characters of source. */
const SHORT = 600;

/**
 * A loop in which only the iteration itself might switch, and nothing leaves but by its own break and continue, runs as written
 * over what can't switch:
 *   if ($.isPlainIterable(list)) for (const x of list) …; else …
 */
function isVerbatim(n: Normaliser, node: Iteration): boolean {
  if ((node.end ?? 0) - (node.start ?? 0) > SHORT || isUsing(node.left)) return false;
  let plain = true;
  const go = (part: Node): void => {
    if (n.session.points.has(part) && part !== node) plain = false;
    if (part.type === "ReturnStatement" && (n.protections.length > 0 || n.session.derived)) plain = false;
    if ((part.type === "BreakStatement" || part.type === "ContinueStatement") && part.label) plain = false;
    eachChild(part, (child, key) => {
      if (plain && !leavesActivation(child, part, key)) go(child);
    });
  };
  go(node.left);
  go(node.body);
  return plain;
}

function explodedForOf(n: Normaliser, node: Iteration, list: Expression, labels: string[]): void {
  const call = b.at(b.runtime("iterate", list), node.right);
  const items = n.temporary("items", n.point(call, node.right));
  protect(
    n,
    () =>
      round(n, node, labels, items.name, (origin) => n.point(b.call(b.member(b.id(items.name), "next"), []), origin)),
    (completion) => closeUnlessDone(n, items.name, completion, node.right),
  );
}

/** `for (const key in o)` → the keys that a native loop would visit, each looked up again before its turn. */
function forIn(n: Normaliser, node: Iteration, labels: string[]): void {
  const init = node.left.type === "VariableDeclaration" ? node.left.declarations[0]?.init : null;
  if (init) statement(n, { ...(node.left as Extract<Node, { type: "VariableDeclaration" }>) });
  const keys = n.temporary("keys", b.runtime("enumerate", value(n, node.right)));
  round(n, node, labels, keys.name, () => b.call(b.member(b.id(keys.name), "next"), []));
}

function round(
  n: Normaliser,
  node: Iteration,
  labels: string[],
  items: string,
  next: (origin: Node) => Expression,
): void {
  const target = n.target("loop", labels[0]);
  const body = n.list(() => {
    leaveIf(n, b.not(next(node.right)), target);
    const item = b.member(b.id(items), "value");
    if (isUsing(node.left))
      return loopBody(n, usingItem(n, node, item), { origin: node, labels, target, inner: false });
    take(n, node.left, item);
    loopBody(n, node.body, { origin: node, labels, target, inner: false });
  });
  n.out.push({ kind: "loop", form: "for", target, test: null, update: null, body, origin: node });
}

/** `for (using x of list) body` → `{ using x = items.value; body }` in each round */
function usingItem(n: Normaliser, { left, body }: Iteration, item: Expression): Statement {
  const { touched } = n.session;
  const declaration = left as Extract<Node, { type: "VariableDeclaration" }>;
  const [declarator] = declaration.declarations;
  const opening = { ...declaration, declarations: [{ ...declarator, init: item }] } as Statement;
  const block = b.block([opening, body]);
  touched.add(opening).add(block);
  return block;
}

/** Gives the loop's variable, or whatever stands before `of`, its next value. */
function take(n: Normaliser, left: Iteration["left"], item: Expression): void {
  if (left.type !== "VariableDeclaration") return assignTarget(n, left, item);
  const target = left.declarations[0]?.id as LVal;
  const kind = left.kind === "var" ? "var" : left.kind === "let" ? "let" : "const";
  if (!n.isTouched(target)) return n.add(b.declareAll(kind, [[target, item]]));
  assignPattern(n, target, n.temporary("value", item), kind);
}

function assignTarget(n: Normaliser, target: LVal, item: Expression): void {
  if (!n.isTouched(target)) return n.add(b.statement(b.assign(target, item)));
  assignPattern(n, target, n.temporary("value", item), null);
}
