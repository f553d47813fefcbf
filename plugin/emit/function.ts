/**
 * function — one function printed twice.
 *
 *   In     a function, its steps with live names
 *   Out    the function with its fast body (in place), and its resume body: beside it, or an arrow inside it
 *   Keeps  name, length, strictness, `this`, `arguments`, `new.target`, `super` and private names in both bodies
 */
import type { Directive, Expression, Node, Statement } from "@babel/types";
import * as b from "./build.ts";
import { FastPrinter } from "./fast.ts";
import { FrameLayout } from "./frame.ts";
import { checkReturns, substituteAmbient } from "./ambient.ts";
import type { Plan, Placement } from "./plan.ts";
import { constructing } from "./printer.ts";
import { ResumePrinter } from "./resume.ts";
import { ARGUMENTS, isName, lexicalNames, NEW_TARGET, THIS } from "../liveness.ts";
import type { Names } from "../names.ts";
import { eachPoint, type Point, type Step } from "../steps.ts";
import { copy, eachChild, walk, type FunctionNode } from "../walk.ts";

export interface Emission {
  fn: FunctionNode;
  params: FunctionNode["params"];
  steps: Step[];
  result: string;
  /** Names that belong to the whole function: parameters, vars, its own name. */
  ownNames: Set<string>;
  names: Names;
  /** The name of a resume function beside the function; null if the resume body needs what is around the function. */
  beside: string | null;
  constructible: boolean;
  derived: boolean;
  itself: (() => Expression) | null;
  /** `this`, `arguments` and `new.target` are those of the function in its resume body, too: that is an arrow inside it. */
  native: boolean;
  /** Strict where the file is not: a resume function beside it says so itself. */
  strict: boolean;
  /** Sloppy `arguments` linked to the parameters: the resume body shares both with the fast body instead of copying them. */
  linked: boolean;
  /** Development builds: describes the resume body. */
  describe: ((layout: FrameLayout, points: Point[]) => Expression) | null;
  helper: "stress" | "dev" | null;
}

/** Gives the function its fast body and returns the resume function to put beside it, if there is one. */
export function emitFunction(emission: Emission): Statement[] {
  const { fn, names, steps } = emission;
  const points: Point[] = [];
  eachPoint(steps, (point) => points.push(point));
  const directives = fn.body.type === "BlockStatement" ? fn.body.directives : [];
  const plan: Plan = {
    result: emission.result,
    frame: names.fresh("frame"),
    label: names.fresh("label"),
    slots: names.fresh("slots"),
    self: names.fresh("self"),
    args: names.fresh("args"),
    newTarget: names.fresh("newTarget"),
    layout: new FrameLayout(points),
    placement: placementOf(emission, points),
    constructible: emission.constructible,
    derived: emission.derived,
    itself: emission.itself,
    error: names.fresh("error"),
    generator: fn.generator === true,
    checked:
      emission.helper === null
        ? null
        : { foreign: names.fresh("$foreign"), receiver: names.fresh("receiver"), helper: emission.helper },
    resumeArrow: () => described(b.arrow([b.id(plan.frame), b.id(plan.result)], resumeBody(emission, plan))),
  };
  const described = (resume: Expression): Expression =>
    emission.describe ? b.runtime("describe", resume, emission.describe(plan.layout, points)) : resume;
  const resume =
    plan.placement.kind === "beside" && !plan.generator
      ? b.functionDeclaration(
          plan.placement.name,
          [b.id(plan.frame), b.id(plan.result)],
          resumeBody(emission, plan),
          emission.strict ? [b.useStrict()] : [],
        )
      : null;
  writeFastBody(emission, plan, directives);
  if (resume === null) return [];
  return emission.describe ? [resume, b.statement(described(b.id(resume.id?.name ?? "")))] : [resume];
}

function placementOf(emission: Emission, points: Point[]): Placement {
  if (emission.beside !== null) return { kind: "beside", name: emission.beside };
  return points.length === 1 ? { kind: "inline" } : { kind: "exit", label: emission.names.fresh("suspended") };
}

/**
 * Whether a foreign frame is below. A generator can't tell, because everybody may call `next`: in a development build a switch in it
 * is only refused when the foreign frame has had its value.
 */
function foreignBelow(plan: Plan): Expression {
  return plan.generator ? b.boolean(plan.checked?.helper === "stress") : b.runtime("enter");
}

function writeFastBody(emission: Emission, plan: Plan, directives: Directive[]): void {
  const { fn } = emission;
  const body = new FastPrinter(plan).list(emission.steps);
  const opening: Statement[] = [b.declare("let", plan.result, null)];
  if (plan.checked) opening.unshift(b.declare("const", plan.checked.foreign, foreignBelow(plan)));
  if (plan.checked && usesName(body, plan.checked.receiver))
    opening.push(b.declare("let", plan.checked.receiver, null));
  const whole =
    plan.placement.kind === "exit" && !plan.generator
      ? withExit(plan, body, plan.placement.label, emission.derived ? superEnd(emission.steps) : 0)
      : body;
  const block = b.block([...opening, ...whole], directives);
  if (fn.body.type === "BlockStatement") b.at(block, fn.body);
  if (fn.type === "ArrowFunctionExpression") fn.expression = false;
  fn.body = block;
  fn.params = emission.params as never;
}

/** suspended: { …body…; return; } return $.resumeBy(…) */
function withExit(plan: Plan, body: Statement[], label: string, from: number): Statement[] {
  const last = body.at(-1);
  const ends = last?.type === "ReturnStatement" || last?.type === "ThrowStatement";
  const block = b.labelled(label, b.block(ends ? body.slice(from) : [...body.slice(from), b.ret(null)]));
  return [...body.slice(0, from), block, b.ret(constructing(plan, b.runtime("resumeBy", plan.resumeArrow())))];
}

/**
 * How many statements there are up to `super()`, if no point stands before it. They stay outside of the labelled block: TypeScript puts
 * parameter properties behind a `super()` that it finds on the top level of the constructor.
 */
function superEnd(steps: Step[]): number {
  const plain = steps.findIndex((step) => step.kind !== "plain");
  return steps.slice(0, plain < 0 ? steps.length : plain).findLastIndex(isSuperStatement) + 1;
}

const isSuperStatement = (step: Step): boolean =>
  step.kind === "plain" &&
  step.node.type === "ExpressionStatement" &&
  step.node.expression.type === "CallExpression" &&
  step.node.expression.callee.type === "Super";

/** The resume body: what the frame holds, then the steps from the label on. A tree of its own: it shares no node with the fast body. */
function resumeBody(emission: Emission, plan: Plan): Statement[] {
  const printed = new ResumePrinter(plan, emission.steps).body(emission.steps);
  const block = copy(
    b.block([...(plan.checked ? [b.declare("const", plan.checked.foreign, b.boolean(false))] : []), ...printed]),
  );
  if (plan.checked && usesName(block.body, plan.checked.receiver))
    block.body.unshift(b.declare("let", plan.checked.receiver, null));
  const ambient = substituteAmbient(block, emission, plan);
  prune(block);
  const restored = [...restoredNames(emission, plan, block), ...ambient];
  if (plan.layout.isArray && usesName([...restored, ...block.body], plan.slots))
    restored.unshift(b.declare("const", plan.slots, b.member(b.id(plan.frame), "a")));
  if (emission.derived) checkReturns(block);
  return [...restored, ...block.body];
}

/** Parameters, vars and the function's own name, where the resume body mentions them: `var a = frame.a`. */
function restoredNames(emission: Emission, plan: Plan, block: Node): Statement[] {
  const mentioned = namesIn(block);
  const lexical = lexicalNames(emission.steps);
  return [...emission.ownNames]
    .filter(
      (name) =>
        mentioned.has(name) &&
        !(emission.linked && isParameter(emission, name)) &&
        !lexical.has(name) &&
        name !== THIS &&
        name !== ARGUMENTS &&
        name !== NEW_TARGET,
    )
    .map((name) => b.declare("var", name, plan.layout.read(name, plan.frame, plan.slots)));
}

const isParameter = (emission: Emission, name: string): boolean =>
  emission.params.some((param) => param.type === "Identifier" && param.name === name);

/** Drops declarations made ahead of a dispatch that nothing mentions. */
function prune(block: Node): void {
  const counts = new Map<string, number>();
  walk(block, (node, parent, key) => {
    if ((node.type === "Identifier" || node.type === "JSXIdentifier") && !(parent && isName(parent, key)))
      counts.set(node.name, (counts.get(node.name) ?? 0) + 1);
  });
  const go = (node: Node): void => {
    for (const key of ["body", "consequent"] as const) {
      const list = (node as unknown as Record<string, unknown>)[key];
      if (!Array.isArray(list)) continue;
      const kept = (list as Statement[]).filter((statement) => !isUnused(statement, counts));
      list.splice(0, list.length, ...kept);
    }
    eachChild(node, go);
  };
  go(block);
}

function isUnused(statement: Statement, counts: Map<string, number>): boolean {
  if (
    statement.type !== "VariableDeclaration" ||
    statement.kind !== "let" ||
    statement.declarations.length !== 1 ||
    statement.loc
  )
    return false;
  const [declarator] = statement.declarations;
  if (declarator?.id.type !== "Identifier" || counts.get(declarator.id.name) !== 1) return false;
  const { init } = declarator;
  return !init || (init.type === "MemberExpression" && init.object.type === "Identifier");
}

function namesIn(node: Node): Set<string> {
  const names = new Set<string>();
  walk(
    node,
    (child) => void ((child.type === "Identifier" || child.type === "JSXIdentifier") && names.add(child.name)),
  );
  return names;
}

const usesName = (nodes: Node[], name: string): boolean => nodes.some((node) => namesIn(node).has(name));
