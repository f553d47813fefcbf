/**
 * loop — loops that hold a suspension point.
 *
 *   In     while (f()) body
 *   Out    for (;;) { result = f(); if (!result) break; body }
 *   Keeps  the loop's form wherever its head holds no suspension point; where `continue` goes
 */
import type { Expression, Node, Statement } from "@babel/types";
import * as b from "../emit/build.ts";
import type { Target } from "../steps.ts";
import { withDisposal } from "./disposal.ts";
import { effect, value } from "./expression.ts";
import type { Normaliser } from "./normaliser.ts";
import { statement } from "./statement.ts";
import { isUsing } from "../walk.ts";

type Loop = Extract<Node, { type: "WhileStatement" | "DoWhileStatement" | "ForStatement" }>;

export function normaliseLoop(n: Normaliser, node: Loop, labels: string[]): void {
  if (node.type === "ForStatement" && node.init) {
    // for (let i = f(); …) → { let i = …; for (; …) }: the head's names belong to the loop
    const { init } = node;
    const block = n.list(() => {
      const rest = (): void => loop(n, { ...node, init: null }, node, labels);
      if (isUsing(init)) return withDisposal(n, [init], rest);
      if (init.type === "VariableDeclaration") statement(n, init);
      else effect(n, init);
      rest();
    });
    return void n.out.push({ kind: "block", target: null, body: block });
  }
  loop(n, node, node, labels);
}

function loop(n: Normaliser, node: Loop, origin: Node, labels: string[]): void {
  const target = n.target("loop", labels[0]);
  const test = node.test ?? null;
  const update = node.type === "ForStatement" ? (node.update ?? null) : null;
  const spelledTest = n.isTouched(test);
  const spelledUpdate = n.isTouched(update);
  const isDo = node.type === "DoWhileStatement";
  const body = n.list(() => {
    if (spelledTest && !isDo) leaveUnless(n, test as Expression, target);
    loopBody(n, node.body, { origin, labels, target, inner: spelledUpdate || (isDo && spelledTest) });
    if (spelledUpdate) effect(n, update as Expression);
    if (spelledTest && isDo) leaveUnless(n, test as Expression, target);
  });
  const form = isDo && !spelledTest ? "do" : node.type === "WhileStatement" && !spelledTest ? "while" : "for";
  n.out.push({
    kind: "loop",
    form,
    target,
    test: spelledTest ? null : test,
    update: spelledUpdate ? null : update,
    body,
    origin,
  });
}

/** `if (!test) break` */
function leaveUnless(n: Normaliser, test: Expression, target: Target): void {
  const left = value(n, test);
  leaveIf(n, b.not(left), target);
}

export function leaveIf(n: Normaliser, test: Expression, target: Target): void {
  const leave = n.list(() => n.out.push({ kind: "leap", type: "break", target, origin: null }));
  n.out.push({ kind: "if", test, consequent: leave, alternate: [], origin: null });
}

interface BodyOptions {
  origin: Node;
  labels: string[];
  target: Target;
  /** Something follows the body in the loop: `continue` leaves a block around the body instead. */
  inner: boolean;
}

/** The body of a loop, with the loop as the landing of its leaps. */
export function loopBody(n: Normaliser, body: Statement, { origin, labels, target, inner }: BodyOptions): void {
  const block = n.target("body");
  const onContinue = inner ? { type: "break" as const, target: block } : { type: "continue" as const, target };
  n.landings.push({ node: origin, labels, onBreak: target, onContinue, protections: n.protections.length });
  if (inner) n.out.push({ kind: "block", target: block, body: n.list(() => statement(n, body)) });
  else statement(n, body);
  n.landings.pop();
}
