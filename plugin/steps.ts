/**
 * steps — the normalised tree of one function: plain JavaScript in which every suspension point stands alone.
 *
 * Both bodies are printed from it. Statements that no suspension point touches stay as they were written (`plain`).
 */
import type { Expression, Node, Statement } from "@babel/types";

/** A statement that `break` or `continue` can aim at. */
export interface Target {
  /** The label in the source, if any; otherwise the word to label it with where one is needed. */
  label: string;
  labelled: boolean;
}

export type Step =
  /** Holds no suspension point: printed as it is. */
  | { kind: "plain"; node: Statement }
  /** `result = call`, where the call may switch. */
  | { kind: "point"; point: Point }
  | { kind: "block"; target: Target | null; body: Step[] }
  | { kind: "if"; test: Expression; consequent: Step[]; alternate: Step[]; origin: Node | null }
  | {
      kind: "loop";
      form: "while" | "do" | "for";
      target: Target;
      test: Expression | null;
      update: Expression | null;
      body: Step[];
      origin: Node;
    }
  | {
      kind: "switch";
      target: Target;
      discriminant: Expression;
      cases: { test: Expression | null; body: Step[] }[];
      origin: Node;
    }
  /** The handler holds no suspension point; a finaliser stays one only in generators. */
  | { kind: "try"; body: Step[]; param: string; handler: Step[]; finaliser: Step[] | null; origin: Node | null }
  | { kind: "leap"; type: "break" | "continue"; target: Target; origin: Node | null };

export interface Point {
  /** From 1 in source order; negative inside a try: errors are delivered there. */
  label: number;
  call: Expression;
  /** How the result arrives: `new` may have to make the object, `super` makes `this`. */
  form: "call" | "new" | "super";
  origin: Node;
  /** The locals read after this point. Filled by liveness. */
  live: string[];
}

/** Calls `visit` with every point, in source order. */
export function eachPoint(steps: Step[], visit: (point: Point) => void): void {
  for (const step of steps) {
    if (step.kind === "point") visit(step.point);
    else for (const list of childLists(step)) eachPoint(list, visit);
  }
}

/** The statement lists inside a step. */
export function childLists(step: Step): Step[][] {
  switch (step.kind) {
    case "plain":
    case "point":
    case "leap":
      return [];
    case "block":
    case "loop":
      return [step.body];
    case "if":
      return [step.consequent, step.alternate];
    case "switch":
      return step.cases.map((clause) => clause.body);
    case "try":
      return [step.body, step.handler, step.finaliser ?? []];
  }
}

/** The labels of the points below a list of steps. */
export function labelsOf(steps: Step[]): number[] {
  const labels: number[] = [];
  eachPoint(steps, (point) => labels.push(point.label));
  return labels;
}
