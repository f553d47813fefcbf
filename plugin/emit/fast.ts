/**
 * fast — the fast body: the function as written, plus one check behind each suspension point.
 *
 *   In     steps
 *   Out    let result;  …  result = f(x);  if ($state[0] !== 0) return $.save(result, g$resume, 1, x);  …
 */
import type { Expression, Statement } from "@babel/types";
import * as b from "./build.ts";
import { constructing, madeBy, Printer, saveCall } from "./printer.ts";
import type { Point, Step } from "../steps.ts";

export class FastPrinter extends Printer {
  list(steps: Step[]): Statement[] {
    return steps.flatMap((step) => this.step(step));
  }

  private step(step: Step): Statement[] {
    switch (step.kind) {
      case "plain":
        return [step.node];
      case "point":
        return this.point(step.point);
      case "block":
        return [this.labelledBlock(step)];
      case "if":
        return [this.ifStatement(step.test, this.list(step.consequent), this.list(step.alternate), step.origin)];
      case "loop":
        return [
          this.loopStatement(
            step,
            step.test,
            this.within({ target: step.target, loop: true }, () => this.list(step.body)),
          ),
        ];
      case "switch":
        return [this.switchStatement(step)];
      case "try":
        return [this.tryStatement(step, this.list(step.body))];
      case "leap":
        return [this.leap(step)];
    }
  }

  /** A block whose only business is a loop's head goes back into the head: `for (let i = 0; …)`. */
  private labelledBlock(step: Extract<Step, { kind: "block" }>): Statement {
    const body = this.list(step.body);
    const [init, loop] = body;
    const inner = loop?.type === "LabeledStatement" ? loop.body : loop;
    const isHead =
      step.target === null &&
      body.length === 2 &&
      inner?.type === "ForStatement" &&
      !inner.init &&
      isInit(init as Statement, step.body[1] as Step);
    if (!isHead) return this.labelled(step.target, b.block(body));
    (inner as { init: unknown }).init = init?.type === "ExpressionStatement" ? init.expression : init;
    return loop as Statement;
  }

  private switchStatement(step: Extract<Step, { kind: "switch" }>): Statement {
    const cases = this.within({ target: step.target, loop: false }, () =>
      step.cases.map((clause) => b.switchCase(clause.test, this.list(clause.body))),
    );
    return this.labelled(step.target, b.at(b.switchOn(step.discriminant, cases), step.origin));
  }

  protected override save(point: Point): Statement {
    const { plan } = this;
    if (plan.generator) {
      const argument = b.runtime("parked", b.id(plan.result));
      const waited = b.runtime("resumed", { type: "YieldExpression", argument, delegate: false } as Expression);
      return b.statement(b.assign(b.id(plan.result), madeBy(point, waited) ?? waited));
    }
    switch (plan.placement.kind) {
      case "beside":
        return b.ret(constructing(plan, saveCall(plan, point, "save", b.id(plan.placement.name))));
      case "inline":
        return b.ret(constructing(plan, saveCall(plan, point, "save", plan.resumeArrow())));
      case "exit":
        return b.block([b.statement(saveCall(plan, point, "save", b.nil())), b.leap("break", plan.placement.label)]);
    }
  }
}

const isInit = (node: Statement, step: Step): boolean =>
  step.kind === "loop" &&
  step.origin.type === "ForStatement" &&
  step.form === "for" &&
  (node.type === "ExpressionStatement" || (node.type === "VariableDeclaration" && node.kind !== ("using" as string)));
