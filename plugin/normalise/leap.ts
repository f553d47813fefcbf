/**
 * leap — break and continue out of statements that are spelled out.
 *
 *   In     loop: for (const x of list) { … continue loop; … }
 *   Out    the same leap at the same target; through the finalisers between them
 *   Keeps  every finaliser on the way runs once
 */
import type { Node } from "@babel/types";
import type { Target } from "../steps.ts";
import { exitThrough } from "./protect.ts";
import type { Landing, Normaliser } from "./normaliser.ts";

type Leap = Extract<Node, { type: "BreakStatement" | "ContinueStatement" }>;

export function normaliseLeap(n: Normaliser, node: Leap): void {
  const landing = landingOf(n, node);
  if (landing === undefined) return n.add(node);
  const aim = node.type === "BreakStatement" ? { type: "break" as const, target: landing.onBreak } : landing.onContinue;
  if (aim === null) return n.add(node);
  leapTo(n, aim, landing.protections, node);
}

function landingOf(n: Normaliser, node: Leap): Landing | undefined {
  const label = node.label?.name;
  if (label !== undefined) return n.landings.findLast((landing) => landing.labels.includes(label));
  return n.landings.findLast((landing) =>
    node.type === "ContinueStatement"
      ? landing.onContinue !== null
      : landing.onContinue !== null || landing.node.type === "SwitchStatement",
  );
}

/** Leaps, leaving first the protections that the target is not in. */
export function leapTo(
  n: Normaliser,
  aim: { type: "break" | "continue"; target: Target },
  protections: number,
  origin: Node | null,
): void {
  if (n.protections.length > protections) return exitThrough(n, aim, null, () => leapTo(n, aim, protections, null));
  aim.target.labelled = true;
  n.out.push({ kind: "leap", type: aim.type, target: aim.target, origin });
}
