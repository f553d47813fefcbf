/**
 * liveness — which locals each suspension point must save.
 *
 *   In     the steps of a function, the names to follow
 *   Out    point.live: the names that are read after the point on some path
 *   Keeps  soundness: a name that may be read is live; what died is not saved, so a parked greenlet keeps no garbage
 *
 * Backwards over the structured tree; loops until nothing changes.
 */
import type { Node } from "@babel/types";
import { eachTarget } from "./patterns.ts";
import type { Step, Target } from "./steps.ts";
import { eachChild, isFunction } from "./walk.ts";

type Live = ReadonlySet<string>;

/** Names that stand for what is not an identifier. */
export const THIS = "this";
export const ARGUMENTS = "arguments";
export const NEW_TARGET = "new.target";

interface Around {
  /** What is live where an error is caught, if it is. */
  handler: Live | null;
  targets: Map<Target, { onBreak: Live; onContinue: Live }>;
  visible: Live;
}

const NONE: Live = new Set();

export class Liveness {
  private readonly tracked: Live;
  private readonly cache = new WeakMap<Node, Live>();

  constructor(tracked: Live) {
    this.tracked = tracked;
  }

  /** Fills `live` of every point; `always`: the names visible everywhere in the function. */
  run(steps: Step[], always: Live): void {
    this.list(steps, NONE, { handler: null, targets: new Map(), visible: always });
  }

  private list(steps: Step[], out: Live, outer: Around): Live {
    return this.beforeFunctions(steps, this.clause(steps, out, outer));
  }

  /** The statements of a list, the functions that they declare already made: those of a clause are made where its `switch` begins. */
  private clause(steps: Step[], out: Live, outer: Around): Live {
    const visible = visibleBefore(steps, outer.visible);
    let live = out;
    for (let index = steps.length - 1; index >= 0; index--)
      live = this.step(steps[index] as Step, live, { ...outer, visible: visible[index] as Live });
    return live;
  }

  /** Functions are made where their block begins. */
  private beforeFunctions(steps: Step[], after: Live): Live {
    let live = after;
    for (const step of steps) {
      if (step.kind !== "plain" || step.node.type !== "FunctionDeclaration") continue;
      const name = [step.node.id?.name ?? ""];
      live = union(without(live, name), without(this.uses(step.node), name));
    }
    return live;
  }

  private step(step: Step, out: Live, around: Around): Live {
    const live = this.before(step, out, around);
    return around.handler === null ? live : union(live, around.handler);
  }

  private before(step: Step, out: Live, around: Around): Live {
    switch (step.kind) {
      case "plain":
        return this.plain(step.node, out, around);
      case "point": {
        const made =
          step.point.form === "new" && step.point.call.type === "NewExpression"
            ? this.uses(step.point.call.callee)
            : NONE;
        const after = union(made, around.handler === null ? out : union(out, around.handler));
        step.point.live = [...after].filter((name) => around.visible.has(name));
        return union(after, this.uses(step.point.call));
      }
      case "block":
        if (step.target) around.targets.set(step.target, { onBreak: out, onContinue: out });
        return this.list(step.body, out, around);
      case "if":
        return union(
          this.uses(step.test),
          union(this.list(step.consequent, out, around), this.list(step.alternate, out, around)),
        );
      case "loop":
        return this.loop(step, out, around);
      case "switch":
        return this.switchStep(step, out, around);
      case "try": {
        const handler = without(this.list(step.handler, out, around), [step.param]);
        return this.list(step.body, out, {
          ...around,
          handler: around.handler === null ? handler : union(handler, around.handler),
        });
      }
      case "leap": {
        const target = around.targets.get(step.target);
        return target === undefined ? out : step.type === "break" ? target.onBreak : target.onContinue;
      }
    }
  }

  private plain(node: Node, out: Live, around: Around): Live {
    if (node.type === "FunctionDeclaration") return out;
    if (node.type === "ReturnStatement") return this.uses(node);
    if (node.type === "ThrowStatement")
      return around.handler === null ? this.uses(node) : union(this.uses(node), around.handler);
    return union(without(out, definitions(node)), this.reads(node));
  }

  private loop(step: Extract<Step, { kind: "loop" }>, out: Live, around: Around): Live {
    const test = step.test ? this.uses(step.test) : NONE;
    const update = step.update ? this.uses(step.update) : NONE;
    const exit = step.test === null && step.form !== "do" ? NONE : out;
    let head: Live = NONE;
    for (;;) {
      const again = union(head, step.form === "do" ? union(test, exit) : update);
      around.targets.set(step.target, { onBreak: out, onContinue: again });
      const body = this.list(step.body, again, around);
      const next = step.form === "do" ? body : union(test, union(body, exit));
      const grown = union(head, next);
      if (grown.size === head.size) return grown;
      head = grown;
    }
  }

  private switchStep(step: Extract<Step, { kind: "switch" }>, out: Live, around: Around): Live {
    const lexical = step.cases.map((clause) => lexicalNames(clause.body)).reduce(union, NONE);
    const inner = { ...around, visible: union(around.visible, lexical) };
    around.targets.set(step.target, { onBreak: out, onContinue: out });
    let live = out;
    let next = out;
    for (const clause of step.cases.toReversed()) {
      next = this.clause(clause.body, next, inner);
      live = union(live, clause.test ? union(next, this.uses(clause.test)) : next);
    }
    const bodies = step.cases.flatMap((clause) => clause.body);
    return union(this.beforeFunctions(bodies, live), this.uses(step.discriminant));
  }

  /** What a statement reads; what it only declares or assigns as a whole is not read. */
  private reads(node: Node): Live {
    if (node.type === "ClassDeclaration" && node.id) return without(this.uses(node), [node.id.name]);
    if (node.type === "VariableDeclaration") {
      return node.declarations
        .map((declarator) =>
          union(
            declarator.init ? this.uses(declarator.init) : NONE,
            without(this.uses(declarator.id), boundNames(declarator.id)),
          ),
        )
        .reduce(union, NONE);
    }
    if (
      node.type === "ExpressionStatement" &&
      node.expression.type === "AssignmentExpression" &&
      isWholeWrite(node.expression)
    )
      return this.uses(node.expression.right);
    return this.uses(node);
  }

  /** Every followed name that occurs below a node, also in functions made there. */
  private uses(node: Node): Live {
    const known = this.cache.get(node);
    if (known !== undefined) return known;
    const found = new Set<string>();
    this.collect(node, found, NONE, true);
    this.cache.set(node, found);
    return found;
  }

  private collect(node: Node, found: Set<string>, hidden: Live, own: boolean): void {
    if (node.type === "Identifier" || node.type === "JSXIdentifier") {
      if (this.tracked.has(node.name) && !hidden.has(node.name) && (own || node.name !== ARGUMENTS))
        found.add(node.name);
      return;
    }
    if (node.type === "CallExpression" && node.callee.type === "Super")
      return node.arguments.forEach((arg) => this.collect(arg, found, hidden, own));
    if (node.type === "ThisExpression" || node.type === "Super")
      return void (own && this.tracked.has(THIS) && found.add(THIS));
    if (node.type === "MetaProperty")
      return void (own && node.meta.name === "new" && this.tracked.has(NEW_TARGET) && found.add(NEW_TARGET));
    const isPlainFunction = isFunction(node) && node.type !== "ArrowFunctionExpression";
    let part = "";
    let inside = hidden;
    eachChild(node, (child, key) => {
      if (isName(node, key)) return;
      if (key !== part) [part, inside] = [key, union(hidden, declaredBy(node, key))];
      const ownNow = isPlainFunction
        ? own && key === "key"
        : own && child.type !== "StaticBlock" && !(key === "value" && node.type.startsWith("Class"));
      this.collect(child, found, inside, ownNow);
    });
  }
}

/** Keys under which an identifier is a name, not a variable. */
export function isName(parent: Node, key: string): boolean {
  switch (parent.type) {
    case "MemberExpression":
    case "OptionalMemberExpression":
      return key === "property" && !parent.computed;
    case "ObjectProperty":
    case "ObjectMethod":
    case "ClassMethod":
    case "ClassProperty":
    case "ClassAccessorProperty":
      return key === "key" && !parent.computed;
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
      return key === "label";
    case "PrivateName":
    case "MetaProperty":
    case "JSXAttribute":
      return key !== "value";
    default:
      return false;
  }
}

/** The names that a node declares for what is inside it: there they hide those around it. */
function declaredBy(node: Node, key: string): Live {
  if (isFunction(node)) {
    const names = new Set(node.params.flatMap(boundNames));
    return key === "params" || node.body.type !== "BlockStatement" ? names : union(names, declaredIn(node.body.body));
  }
  switch (node.type) {
    case "BlockStatement":
      return declaredIn(node.body, "var");
    case "SwitchStatement":
      return key === "cases"
        ? declaredIn(
            node.cases.flatMap((clause) => clause.consequent),
            "var",
          )
        : NONE;
    case "ForStatement":
      return node.init ? declaredIn([node.init], "var") : NONE;
    case "ForInStatement":
    case "ForOfStatement":
      return declaredIn([node.left], "var");
    case "CatchClause":
      return node.param ? new Set(boundNames(node.param)) : NONE;
    default:
      return NONE;
  }
}

function declaredIn(statements: Node[], except?: string): Live {
  const names = new Set<string>();
  for (const node of statements) {
    if (node.type === "VariableDeclaration" && node.kind !== except)
      for (const { id } of node.declarations) for (const name of boundNames(id)) names.add(name);
    else if ((node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") && node.id)
      names.add(node.id.name);
  }
  return names;
}

function isWholeWrite(node: Extract<Node, { type: "AssignmentExpression" }>): boolean {
  return node.operator === "=" && node.left.type === "Identifier";
}

function boundNames(pattern: Node): string[] {
  const names: string[] = [];
  eachTarget(pattern, (target) => names.push(target.name));
  return names;
}

/** The names that have a new value after a statement, whatever happens in it. */
function definitions(node: Node): string[] {
  const names: string[] = [];
  if (node.type === "VariableDeclaration")
    for (const { id, init } of node.declarations)
      if (init || node.kind !== "var") eachTarget(id, (target) => names.push(target.name));
  if (node.type === "ClassDeclaration" && node.id) names.push(node.id.name);
  if (
    node.type === "ExpressionStatement" &&
    node.expression.type === "AssignmentExpression" &&
    isWholeWrite(node.expression)
  )
    names.push((node.expression.left as { name: string }).name);
  return names;
}

/** The names that can be read before each step of a list: what is declared further down is in its dead zone. */
function visibleBefore(steps: Step[], outer: Live): Live[] {
  const functions = steps.filter((step) => step.kind === "plain" && step.node.type === "FunctionDeclaration");
  let visible = union(outer, lexicalNames(functions));
  return steps.map((step) => {
    const before = visible;
    visible = union(visible, lexicalNames([step]));
    return before;
  });
}

/** The names that the statements of a list declare for that list alone. */
export function lexicalNames(steps: Step[]): Set<string> {
  const names = new Set<string>();
  for (const step of steps) {
    if (step.kind !== "plain") continue;
    const { node } = step;
    if (node.type === "VariableDeclaration" && node.kind !== "var")
      for (const { id } of node.declarations) eachTarget(id, (target) => names.add(target.name));
    else if ((node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") && node.id)
      names.add(node.id.name);
  }
  return names;
}

function union(one: Live, other: Live): Live {
  if (one.size === 0) return other;
  if (other.size === 0) return one;
  const result = new Set(one);
  for (const name of other) result.add(name);
  return result.size === one.size ? one : result;
}

function without(live: Live, names: string[]): Live {
  if (!names.some((name) => live.has(name))) return live;
  const result = new Set(live);
  for (const name of names) result.delete(name);
  return result;
}
