/**
 * resume — the resume body: the same steps, entered in the middle.
 *
 *   In     steps: a(); result = f(); b(); while (c) { result = g(); d(); }
 *   Out    switch (label) {
 *            case 1: b();
 *            case 2: while (label !== 0 || c) { switch (label) { case 0: result = g(); if (…) return $.resave…; case 2: label = 0; d(); } }
 *          }
 *   Needs  labels in source order, slots for what is live
 *   Keeps  structure: loops stay loops. A label of 0 means "not resuming any more". What no path from a point reaches is left out.
 */
import type { Expression, Node, Statement, SwitchCase } from "@babel/types";
import * as b from "./build.ts";
import { madeBy, Printer, saveCall } from "./printer.ts";
import type { Plan } from "./plan.ts";
import { lexicalNames } from "../liveness.ts";
import { childLists, labelsOf, type Point, type Step } from "../steps.ts";

/** The clauses of a dispatch being written: each begins at the labels that enter there. */
interface Clause {
  labels: number[];
  body: Statement[];
}

/** Whether code in front of a `super()` may be resumed, and then goes on to it. */
const fallsIntoSuper = (steps: Step[]): boolean =>
  steps
    .filter((step) => step.kind === "point")
    .slice(1)
    .some(({ point }) => point.form === "super");

/** Whether nothing is reached behind a step. */
const isEnd = (step: Step): boolean =>
  step.kind === "leap" ||
  (step.kind === "plain" && (step.node.type === "ReturnStatement" || step.node.type === "ThrowStatement")) ||
  (step.kind === "block" && step.target === null && step.body.some(isEnd)) ||
  (step.kind === "if" && step.consequent.some(isEnd) && step.alternate.some(isEnd));

/** Whether a step, when it is reached, asks for the label: points of its own, or a `super()`, may be resumed instead. */
const asks = (step: Step): boolean =>
  step.kind === "point" ? step.point.form === "super" : labelsOf([step]).length > 0;

/** A try of which every point is its own, not one of a try inside it. */
const isInnermost = (steps: Step[]): boolean =>
  steps.every((step) => (step.kind !== "try" || labelsOf([step]).length === 0) && childLists(step).every(isInnermost));

export class ResumePrinter extends Printer {
  /** Whether some code asks for the label after the function was entered: then it is a variable. */
  private readonly asksAgain: boolean;
  /** Whether code behind the list that is being printed asks for the label: then it is 0 there. */
  private asked = false;
  /** Whether the try that is being printed has looked for an error already. */
  private delivered = false;

  constructor(plan: Plan, steps: Step[]) {
    super(plan);
    this.asksAgain = steps.some((step) => step.kind !== "point" && asks(step)) || fallsIntoSuper(steps);
  }

  /** The statements of the whole body, below the restored names. */
  body(steps: Step[]): Statement[] {
    const opening = this.asksAgain ? [b.declare("let", this.plan.label, b.member(b.id(this.plan.frame), "label"))] : [];
    return [...opening, ...this.list(steps, false)];
  }

  /** `entered`: the list may also begin at its beginning. */
  list(steps: Step[], entered: boolean): Statement[] {
    if (labelsOf(steps).length === 0) return entered ? steps.flatMap((step) => this.verbatim(step)) : [];
    return [...this.hoisted(steps), ...this.dispatch(steps, entered, this.functions(steps))];
  }

  /** `functions`: made where the list is entered at its beginning. Where all ways in lead to one place, there is nothing to choose. */
  private dispatch(steps: Step[], entered: boolean, functions: Statement[]): Statement[] {
    const places = steps.filter((step) => labelsOf([step]).length > 0);
    const [first] = places;
    const opens = functions.length === 0 && first === steps[0] && first?.kind !== "point";
    const chooses = places.length > 1 || (entered && !opens);
    if (!chooses) return this.clauses(steps, entered, functions).flatMap(({ body }) => body);
    const clauses = this.within({ target: null, loop: false }, () => this.clauses(steps, entered, functions));
    const label = this.asksAgain ? b.id(this.plan.label) : b.member(b.id(this.plan.frame), "label");
    return [b.switchOn(label, casesOf(clauses))];
  }

  private clauses(steps: Step[], entered: boolean, functions: Statement[]): Clause[] {
    const clauses: Clause[] = [];
    const lastAsking = steps.findLastIndex(asks);
    let reached = entered;
    if (entered) clauses.push({ labels: [0], body: functions });
    steps.forEach((step, index) => {
      const labels = labelsOf([step]);
      const print = (body: () => Statement[]) => this.before(index < lastAsking, body);
      if (step.kind === "point") {
        if (reached) clauses.at(-1)?.body.push(...this.point(step.point));
        clauses.push({ labels, body: print(() => this.arrival(step.point, reached)) });
      } else if (labels.length > 0) {
        const body = print(() => this.compound(step, reached));
        const opening = clauses.length === 1 && clauses[0]?.body.length === 0 ? clauses.pop() : undefined;
        clauses.push({ labels: [...(opening?.labels ?? []), ...labels], body });
      } else if (reached) clauses.at(-1)?.body.push(...this.unhoisted(step));
      reached = (reached || labels.length > 0) && !isEnd(step);
    });
    return clauses;
  }

  /** Prints something in front of code that asks for the label, or does not. */
  private before<T>(asked: boolean, print: () => T): T {
    const outside = this.asked;
    this.asked ||= asked;
    const printed = print();
    this.asked = outside;
    return printed;
  }

  /**
   * What happens where a point's result arrives; `reached`: also after the call itself. A `super()` that was not suspended has
   * bound `this` already:
   *     case 2: if (label !== 0) { label = 0; $.adopt(K, result); super(); }
   */
  private arrival(point: Point, reached: boolean): Statement[] {
    const taken = this.taken(point);
    if (point.form !== "super" || !reached) return taken;
    return [b.when(b.binary("!==", b.id(this.plan.label), b.number(0)), b.block(taken))];
  }

  private taken(point: Point): Statement[] {
    const { plan } = this;
    const out: Statement[] = [];
    if (this.asked) out.push(this.forget());
    if (point.label < 0 && !this.delivered)
      out.push(b.when(b.binary("===", b.id(plan.result), b.abi("thrown")), b.raise(b.runtime("error"))));
    if (point.form === "super")
      out.push(
        b.statement(b.runtime("adopt", (plan.itself as () => Expression)(), b.id(plan.result))),
        b.statement(b.call({ type: "Super" } as never, [])),
      );
    const made = madeBy(point, b.id(plan.result));
    if (made) out.push(b.statement(b.assign(b.id(plan.result), made)));
    return out;
  }

  /** `label = 0`: not resuming any more. */
  private forget(): Statement {
    return b.statement(b.assign(b.id(this.plan.label), b.number(0)));
  }

  /** A step with points inside; `entered`: it may also begin at its beginning. */
  private compound(step: Step, entered: boolean): Statement[] {
    switch (step.kind) {
      case "block":
        return [this.labelled(step.target, b.block(this.list(step.body, entered)))];
      case "if":
        return this.branches(step, entered);
      case "loop":
        return [this.loop(step)];
      case "switch":
        return [this.switchStep(step)];
      case "try":
        return [this.tryStatement(step, this.guarded(step.body, entered))];
      default:
        return this.verbatim(step);
    }
  }

  /** The body of a try. `try { if (result === $.thrown) throw $.error(); …` for all its points, or for each where there is a try inside. */
  private guarded(steps: Step[], entered: boolean): Statement[] {
    const outside = this.delivered;
    this.delivered = isInnermost(steps);
    const body = this.list(steps, entered);
    const opening = this.delivered ? [this.delivery(entered)] : [];
    this.delivered = outside;
    return [...opening, ...body];
  }

  private delivery(entered: boolean): Statement {
    const { result, label } = this.plan;
    const arrives = b.binary("===", b.id(result), b.abi("thrown"));
    const test = entered ? b.logical("&&", b.binary("!==", b.id(label), b.number(0)), arrives) : arrives;
    const raise = b.raise(b.runtime("error"));
    return b.when(test, this.asked ? b.block([this.forget(), raise]) : raise);
  }

  private branches(step: Extract<Step, { kind: "if" }>, entered: boolean): Statement[] {
    const [first, second] = [labelsOf(step.consequent), labelsOf(step.alternate)];
    const resuming = b.binary("!==", b.id(this.plan.label), b.number(0));
    if (!entered && second.length === 0) return [b.block(this.list(step.consequent, false))];
    if (!entered && first.length === 0) return [b.block(this.list(step.alternate, false))];
    const inFirst = this.isBefore(first, second);
    let test: Expression;
    if (!entered) test = inFirst;
    else if (second.length === 0) test = b.logical("||", resuming, step.test);
    else if (first.length === 0) test = b.logical("&&", b.binary("===", b.id(this.plan.label), b.number(0)), step.test);
    else test = b.conditional(b.binary("===", b.id(this.plan.label), b.number(0)), step.test, inFirst);
    return [
      this.ifStatement(test, this.list(step.consequent, entered), this.list(step.alternate, entered), step.origin),
    ];
  }

  /** A test that tells the labels of one part from those of a later part. */
  private isBefore(first: number[], second: number[]): Expression {
    const label = b.id(this.plan.label);
    const border = Math.abs(second[0] ?? 0);
    const all = [...first, ...second];
    if (all.every((one) => one > 0)) return b.binary("<", label, b.number(border));
    if (all.every((one) => one < 0)) return b.binary(">", label, b.number(-border));
    return b.binary("<", b.call(b.member(b.id("Math"), "abs"), [label]), b.number(border));
  }

  private loop(step: Extract<Step, { kind: "loop" }>): Statement {
    const resuming = b.binary("!==", b.id(this.plan.label), b.number(0));
    const test = step.test === null ? null : step.form === "do" ? step.test : b.logical("||", resuming, step.test);
    const body = this.within({ target: step.target, loop: true }, () =>
      this.before(true, () => this.list(step.body, true)),
    );
    return this.loopStatement(step, test, body);
  }

  /** While resuming, the switch is on the first label of the clause to enter. */
  private switchStep(step: Extract<Step, { kind: "switch" }>): Statement {
    const fresh = (): Expression => b.binary("===", b.id(this.plan.label), b.number(0));
    const labels = step.cases.map((clause) => labelsOf(clause.body));
    const entering = labels.flatMap((ones) => ones.slice(1).map((one) => [one, ones[0] as number] as const));
    const chosen = entering.reduceRight<Expression>(
      (otherwise, [one, first]) =>
        b.conditional(b.binary("===", b.id(this.plan.label), b.number(one)), b.number(first), otherwise),
      b.id(this.plan.label),
    );
    const names = step.cases.flatMap((clause) => this.hoisted(clause.body));
    const cases = this.within({ target: step.target, loop: false }, () =>
      step.cases.map((clause, index) => {
        const first = labels[index]?.[0];
        const test =
          clause.test && b.conditional(fresh(), clause.test, first === undefined ? b.id("NaN") : b.number(first));
        const body =
          first === undefined
            ? clause.body.flatMap((one) => this.unhoisted(one))
            : this.before(
                step.cases.slice(index + 1).some(({ body: later }) => labelsOf(later).length > 0),
                () => this.dispatch(clause.body, true, []),
              );
        return b.switchCase(test, body);
      }),
    );
    const functions = step.cases.flatMap((clause) => this.functions(clause.body));
    const opening = functions.length > 0 ? [b.when(fresh(), b.block(functions))] : [];
    const node = this.labelled(
      step.target,
      b.at(b.switchOn(b.conditional(fresh(), step.discriminant, chosen), cases), step.origin),
    );
    return names.length + opening.length > 0 ? b.block([...names, ...opening, node]) : node;
  }

  /** A step without points, as it stands. */
  private verbatim(step: Step): Statement[] {
    switch (step.kind) {
      case "plain":
        return [step.node];
      case "point":
        return this.point(step.point);
      case "leap":
        return [this.leap(step)];
      case "block":
        return [this.labelled(step.target, b.block(this.list(step.body, true)))];
      case "if":
        return [
          this.ifStatement(step.test, this.list(step.consequent, true), this.list(step.alternate, true), step.origin),
        ];
      case "loop":
        return [
          this.loopStatement(
            step,
            step.test,
            this.within({ target: step.target, loop: true }, () => this.list(step.body, true)),
          ),
        ];
      case "switch": {
        const cases = this.within({ target: step.target, loop: false }, () =>
          step.cases.map((clause) => b.switchCase(clause.test, this.list(clause.body, true))),
        );
        return [this.labelled(step.target, b.at(b.switchOn(step.discriminant, cases), step.origin))];
      }
      case "try":
        return [this.tryStatement(step, this.list(step.body, true))];
    }
  }

  /** The names of a list that is entered in the middle, ahead of its dispatch: `let x = frame.a`. */
  private hoisted(steps: Step[]): Statement[] {
    return [...lexicalNames(steps)].map((name) =>
      b.declare("let", name, this.plan.layout.read(name, this.plan.frame, this.plan.slots)),
    );
  }

  /** Function declarations of such a list, made where it begins. */
  private functions(steps: Step[]): Statement[] {
    const out: Statement[] = [];
    for (const step of steps) {
      if (step.kind !== "plain" || step.node.type !== "FunctionDeclaration" || !step.node.id) continue;
      const { id } = step.node;
      out.push(b.statement(b.assign(b.id(id.name), b.at(b.functionExpression(b.id(id.name), step.node), step.node))));
    }
    return out;
  }

  /** A step of such a list, its declarations as assignments. */
  private unhoisted(step: Step): Statement[] {
    if (step.kind !== "plain") return this.verbatim(step);
    const { node } = step;
    if (node.type === "FunctionDeclaration") return [];
    if (node.type === "ClassDeclaration" && node.id) {
      const expression = { ...node, type: "ClassExpression" } as unknown as Expression;
      return [b.at(b.statement(b.assign(b.id(node.id.name), expression)), node)];
    }
    if (node.type !== "VariableDeclaration" || node.kind === "var") return [node];
    return node.declarations.map(({ id, init }) =>
      b.at(b.statement(b.assign(untyped(id) as never, init ?? b.nothing())), node),
    );
  }

  protected override save(point: Point): Statement {
    return b.ret(saveCall(this.plan, point, "resave", b.id(this.plan.frame)));
  }
}

/** A binding without its type, which an assignment can't have. */
function untyped(id: Node): Node {
  if (!("typeAnnotation" in id)) return id;
  const { typeAnnotation: _type, ...rest } = id;
  return rest as Node;
}

/** `case 1: …body… default: …body…`: the default stands for all labels of the clause that has most of them. */
function casesOf(clauses: Clause[]): SwitchCase[] {
  const most = clauses.reduce((one, other) => (other.labels.length > one.labels.length ? other : one));
  return clauses.flatMap((clause) => {
    if (clause === most && most.labels.length > 1) return [b.switchCase(null, clause.body)];
    const tests = clause.labels.map((label) => b.number(label));
    const last = tests.pop() ?? null;
    return [...tests.map((test) => b.switchCase(test, [])), b.switchCase(last, clause.body)];
  });
}
