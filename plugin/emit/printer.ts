/**
 * printer — steps as statements: what both bodies have in common.
 *
 * The fast body is the steps as they stand; the resume body (resume.ts) is the same steps, entered in the middle.
 */
import type { Expression, Node, Statement } from "@babel/types";
import * as b from "./build.ts";
import { printCall } from "./call.ts";
import type { Plan } from "./plan.ts";
import type { Point, Step, Target } from "../steps.ts";

/** A statement around the one being printed that `break` without a label would leave. */
interface Breakable {
  target: Target | null;
  loop: boolean;
}

export abstract class Printer {
  protected readonly plan: Plan;
  protected readonly breakables: Breakable[] = [];
  /** Targets that some leap had to name. */
  private readonly named = new Set<Target>();

  constructor(plan: Plan) {
    this.plan = plan;
  }

  abstract list(steps: Step[], entered: boolean): Statement[];
  /** The statement that leaves the function with a saved frame, behind a point. */
  protected abstract save(point: Point): Statement;

  /** `result = call; if ($state[0] !== 0) …save…` */
  protected point(point: Point): Statement[] {
    const call = printCall(this.plan, point.call);
    return [
      point.form === "super"
        ? this.superCall(call, point)
        : b.at(b.statement(b.assign(b.id(this.plan.result), call)), point.origin),
      b.when(b.binary("!==", b.index(b.ours("$state"), b.number(0)), b.number(0)), this.save(point)),
    ];
  }

  /** A parent that is suspended throws: `this` stays unbound. `try { super(x); } catch (error) { result = $.unmade(error, K); }` */
  private superCall(call: Expression, point: Point): Statement {
    const { error, result, itself } = this.plan;
    const unmade = b.runtime("unmade", b.id(error), (itself as () => Expression)());
    return b.tryCatch([b.at(b.statement(call), point.origin)], error, [b.statement(b.assign(b.id(result), unmade))]);
  }

  protected within<T>(breakable: Breakable, print: () => T): T {
    this.breakables.push(breakable);
    const printed = print();
    this.breakables.pop();
    return printed;
  }

  protected labelled(target: Target | null, statement: Statement): Statement {
    return target !== null && this.named.has(target) ? b.labelled(target.label, statement) : statement;
  }

  /** A break or continue, with a label only where it would otherwise hit something else. */
  protected leap(step: Extract<Step, { kind: "leap" }>): Statement {
    const nearest =
      step.type === "break" ? this.breakables.at(-1) : this.breakables.findLast((breakable) => breakable.loop);
    const bare = nearest?.target === step.target;
    if (!bare) this.named.add(step.target);
    const leap = b.leap(step.type, bare ? null : step.target.label);
    return step.origin ? b.at(leap, step.origin) : leap;
  }

  protected loopStatement(
    step: Extract<Step, { kind: "loop" }>,
    test: Expression | null,
    body: Statement[],
  ): Statement {
    const block = b.block(body);
    const parts = { body: block, test };
    const node =
      step.form === "for"
        ? { type: "ForStatement", init: null, update: step.update, ...parts }
        : step.form === "while"
          ? { type: "WhileStatement", ...parts, test: test ?? b.boolean(true) }
          : { type: "DoWhileStatement", ...parts };
    return this.labelled(step.target, b.at(node as unknown as Statement, step.origin));
  }

  protected tryStatement(step: Extract<Step, { kind: "try" }>, body: Statement[]): Statement {
    const node = b.tryCatch(body, step.param, this.list(step.handler, true));
    if (step.finaliser) node.finalizer = b.block(this.list(step.finaliser, true));
    return step.origin ? b.at(node, step.origin) : node;
  }

  protected ifStatement(
    test: Expression,
    consequent: Statement[],
    alternate: Statement[],
    origin: Node | null,
  ): Statement {
    const otherwise =
      alternate.length === 0
        ? null
        : alternate.length === 1 && alternate[0]?.type === "IfStatement"
          ? alternate[0]
          : b.block(alternate);
    const node = b.when(
      test,
      consequent.length === 1 && isLeap(consequent[0] as Statement)
        ? (consequent[0] as Statement)
        : b.block(consequent),
      otherwise,
    );
    return origin ? b.at(node, origin) : node;
  }
}

const isLeap = (node: Statement): boolean => node.type === "BreakStatement" || node.type === "ContinueStatement";

/** `$.made(result, F)` behind `new F()`, whose F may not have mentioned `this`; null behind anything else. */
export function madeBy({ form, call }: Point, result: Expression): Expression | null {
  if (form !== "new" || call.type !== "NewExpression" || call.callee.type !== "Identifier") return null;
  return b.runtime("made", result, b.id(call.callee.name));
}

/** The call that saves a point's frame: `$.save(result, f$resume, 1, a, b)`. */
export function saveCall(plan: Plan, point: Point, name: "save" | "resave", owner: Expression): Expression {
  return b.runtime(name, b.id(plan.result), owner, b.number(point.label), ...plan.layout.saved(point));
}

/** `$.constructing(new.target, this, suspended, K)` in functions that `new` may call; in the constructor of a class with `extends` without `this`. */
export function constructing(plan: Plan, suspended: Expression): Expression {
  const itself = plan.itself === null ? [] : [plan.itself()];
  if (plan.derived) return b.runtime("leaving", b.newTarget(), suspended, ...itself);
  return plan.constructible
    ? b.runtime("constructing", b.newTarget(), b.thisExpression(), suspended, ...itself)
    : suspended;
}
