/**
 * points — which calls of a file are suspension points, and which functions hold them.
 *
 *   In     a program, its scopes, and what is known beyond the file
 *   Out    the suspension points, the nodes that contain one, the functions to compile (innermost first)
 *   Needs  nothing but the file: a call is a suspension point unless it is provably plain
 *   Keeps  soundness: a function is plain only if everything it calls is
 */
import type { Node, Program } from "@babel/types";
import type { Assumed } from "./assumed.ts";
import { Callees } from "./callees.ts";
import { isPlainConstructor } from "./plain.ts";
import type { Scopes } from "./scope.ts";
import { collectTails, mayHaveTails } from "./tails.ts";
import { eachChild, isField, isFunction, leavesActivation, walkActivation, type FunctionNode } from "./walk.ts";

export type CallNode = Extract<
  Node,
  { type: "CallExpression" | "NewExpression" | "OptionalCallExpression" | "TaggedTemplateExpression" }
>;
export type MemberNode = Extract<Node, { type: "MemberExpression" }>;
/** Code that takes items from an iterable, or disposes of something at the end of its block: it calls without a call. */
type IterationNode = Extract<
  Node,
  { type: "ForOfStatement" | "SpreadElement" | "ArrayPattern" | "VariableDeclaration" }
>;

/** What the file alone can't tell: facts from the whole program, or a user's assumptions. */
export interface Knowledge {
  /** Whether a call is a suspension point; undefined where it is not known. */
  isPoint(node: Node): boolean | undefined;
  /** False: no atomic block of the file has a switch inside. */
  readonly isAtomicBroken: boolean;
  /** The chain of calls down to a switch inside this `atomic(…)`, if there is one. */
  brokenAtomic(node: Node): readonly string[] | undefined;
}

export interface Points {
  points: Set<Node>;
  /** The functions that hold a suspension point, innermost first. */
  functions: FunctionNode[];
  /** Calls in code that nobody can suspend (async functions, field initialisers): a switch below them is an error at once. */
  unsuspendable: { call: CallNode; parent: Node; key: string }[];
  /** The functions of the file that may switch. */
  switching: ReadonlySet<Node>;
  /** Calls that are plain by types or assumptions, where the file alone can't tell. */
  claimed: ReadonlySet<Node>;
}

const NOTHING_KNOWN: Knowledge = {
  isPoint: () => undefined,
  isAtomicBroken: false,
  brokenAtomic: () => undefined,
};

export interface Unit {
  node: FunctionNode;
  calls: CallNode[];
  iterations: IterationNode[];
  /** Reads and writes of named properties: suspension points where an accessor of that name may switch. */
  accesses: { node: MemberNode; write: boolean }[];
  tails: Set<Node>;
  /** A constructor of a derived class with fields: they are filled in as soon as `super()` returns, so that can't wait. */
  fieldsFollowSuper: boolean;
}

export interface Circumstances {
  /** Tail calls count too: stress and development builds. */
  everyCall: boolean;
  plainImports: readonly string[];
  knowledge?: Knowledge | undefined;
  assumed?: Assumed | undefined;
}

export const NOTHING_ASSUMED: Assumed = { of: () => undefined, ofImport: () => undefined };

/** Finds the suspension points of a program. */
export function findPoints(
  program: Program,
  scopes: Scopes,
  { everyCall, plainImports, knowledge = NOTHING_KNOWN, assumed = NOTHING_ASSUMED }: Circumstances,
): Points {
  const units = collectUnits(program, scopes);
  const callees = new Callees(scopes, units, knowledge, plainImports, assumed);
  const claimed = new Set<Node>();
  for (const { node, calls } of units.values())
    for (const call of calls) if (!isSuper(call) && callees.isClaimed(call, node)) claimed.add(call);
  const result: Points = { points: new Set(), functions: [], unsuspendable: [], switching: callees.switching, claimed };
  for (const unit of units.values()) addPoints(unit, callees, everyCall, result);
  const foreignSupers = new Set<Node>();
  for (const unit of units.values())
    if (unit.fieldsFollowSuper) unit.calls.filter(isSuper).forEach((call) => foreignSupers.add(call));
  collectUnsuspendable(program, callees, foreignSupers, result);
  return result;
}

function addPoints(unit: Unit, callees: Callees, everyCall: boolean, result: Points): void {
  if (unit.node.async || callees.isAssumedPlain(unit.node) || callsSuperInArrow(unit.node)) return;
  const calls = unit.fieldsFollowSuper ? unit.calls.filter((call) => !isSuper(call)) : unit.calls;
  const points = calls.filter((call) => callees.maySwitch(call) && (everyCall || !unit.tails.has(call)));
  const iterations = unit.iterations.filter((loop) => callees.iterationMaySwitch(loop));
  const accesses = unit.accesses
    .filter((access) => callees.accessMaySwitch(access.node, access.write))
    .map((access) => access.node);
  for (const point of [...points, ...iterations, ...accesses]) result.points.add(point);
  if (points.length + iterations.length + accesses.length > 0) result.functions.push(unit.node);
}

/** Calls inside async functions and class initialisers, which the host runs and nobody can suspend. */
function collectUnsuspendable(program: Program, callees: Callees, foreignSupers: Set<Node>, result: Points): void {
  const go = (node: Node, parent: Node, key: string, inside: boolean): void => {
    if (isCall(node) && (inside ? callees.maySwitch(node) && !isSuper(node) : isSuper(node) && foreignSupers.has(node)))
      result.unsuspendable.push({ call: node, parent, key });
    eachChild(node, (child, childKey) => {
      const leaves = leavesActivation(child, node, childKey);
      go(child, node, childKey, leaves ? isUnsuspendable(child, node, childKey) : inside);
    });
  };
  for (const statement of program.body) go(statement, program, "body", false);
}

/** Async functions, some parameters, class initialisers, and constructors whose `this` comes from an arrow. */
function isUnsuspendable(child: Node, parent: Node, key: string): boolean {
  if (!isFunction(parent)) return child.type === "StaticBlock" || isField(parent);
  return parent.async === true || (key === "params" && !entersParams(parent)) || callsSuperInArrow(parent);
}

/** `constructor() { const init = () => super(); init(); }`: `this` comes to be where no resume body can see it. */
function callsSuperInArrow(fn: FunctionNode): boolean {
  if (fn.type !== "ClassMethod" || fn.kind !== "constructor") return false;
  let found = false;
  const look = (node: Node, inArrow: boolean): void => {
    if (node.type === "CallExpression" && node.callee.type === "Super" && inArrow) found = true;
    eachChild(node, (child) => {
      if (!found && !(isFunction(child) && child.type !== "ArrowFunctionExpression"))
        look(child, inArrow || child.type === "ArrowFunctionExpression");
    });
  };
  look(fn.body, false);
  return found;
}

const isSuper = (node: CallNode): boolean => "callee" in node && node.callee.type === "Super";

export function isCall(node: Node): node is CallNode {
  return (
    node.type === "CallExpression" ||
    node.type === "NewExpression" ||
    node.type === "OptionalCallExpression" ||
    node.type === "TaggedTemplateExpression"
  );
}

/** Every function of the file with the calls of its own activation, innermost functions first. */
function collectUnits(program: Program, scopes: Scopes): Map<Node, Unit> {
  const units = new Map<Node, Unit>();
  const go = (node: Node): void => {
    eachChild(node, go);
    if (isFunction(node) && isWithBody(node)) units.set(node, unitOf(node, scopes));
    if ((node.type === "ClassDeclaration" || node.type === "ClassExpression") && node.superClass)
      noteParent(node, scopes, units);
  };
  go(program);
  return units;
}

/** `o.x` that is read, or written by a simple assignment. What else a program does to a property is not followed. */
function noteAccess(unit: Unit, node: MemberNode, parent: Node | null, key: string): void {
  if (parent?.type === "CallExpression" && key === "callee") return;
  if (
    parent?.type === "UpdateExpression" ||
    parent?.type === "UnaryExpression" ||
    parent?.type === "TaggedTemplateExpression"
  )
    return;
  if (
    parent?.type === "ForOfStatement" ||
    parent?.type === "ForInStatement" ||
    parent?.type.endsWith("Pattern") ||
    parent?.type === "RestElement"
  )
    return;
  const write = parent?.type === "AssignmentExpression" && key === "left";
  if (write && parent.operator !== "=") return;
  unit.accesses.push({ node, write });
}

function isInParameter(fn: FunctionNode, pattern: Node): boolean {
  let found = false;
  for (const param of fn.params) walkActivation(param, (node) => void (found ||= node === pattern));
  return found;
}

/** `for (x of list)`, `f(...list)`, `[a, b] = list`, unless the list is known to be an array; `using file = open()`. */
function isIteration(node: Node, parent: Node | null, scopes: Scopes): node is IterationNode {
  if (node.type === "ForOfStatement") return !node.await && !isArray(node.right, scopes);
  if (node.type === "SpreadElement") return parent?.type !== "ObjectExpression" && !isArray(node.argument, scopes);
  if (node.type === "VariableDeclaration") return node.kind === "using";
  if (node.type !== "ArrayPattern") return false;
  const source =
    parent?.type === "VariableDeclarator" ? parent.init : parent?.type === "AssignmentExpression" ? parent.right : null;
  return !(source && isArray(source, scopes));
}

/** An array literal, `arguments`, or a rest parameter that is never assigned. */
function isArray(node: Node, scopes: Scopes): boolean {
  if (node.type === "ArrayExpression") return !node.elements.some((element) => element?.type === "SpreadElement");
  if (node.type !== "Identifier") return false;
  const variable = scopes.variableOf.get(node);
  if (variable === undefined) return node.name === "arguments";
  const fn = variable.declaration;
  if (
    variable.kind !== "param" ||
    !isFunction(fn) ||
    variable.references.some((reference) => reference.write && !reference.initial)
  )
    return false;
  const last = fn.params.at(-1);
  return (
    isRestOfArray(fn.params, node.name) ||
    (last?.type === "RestElement" && last.argument.type === "Identifier" && last.argument.name === node.name)
  );
}

/** `[first, ...more]`: what a rest element of an array pattern collects is an array. */
function isRestOfArray(params: Node[], name: string): boolean {
  let found = false;
  const go = (pattern: Node): void => {
    if (pattern.type === "AssignmentPattern") go(pattern.left);
    if (pattern.type !== "ArrayPattern") return;
    for (const part of pattern.elements)
      if (part)
        found ||= part.type === "RestElement" && part.argument.type === "Identifier" && part.argument.name === name;
  };
  params.forEach(go);
  return found;
}

/** Tells a constructor what `super()` means for it. */
function noteParent(
  cls: Extract<Node, { type: "ClassDeclaration" | "ClassExpression" }>,
  scopes: Scopes,
  units: Map<Node, Unit>,
): void {
  const own = cls.body.body.find((member) => member.type === "ClassMethod" && member.kind === "constructor");
  const unit = own && units.get(own);
  if (!unit) return;
  unit.fieldsFollowSuper = hasFields(cls) || hasParameterProperties(own as FunctionNode);
  // The parent is a built-in class whose constructor never switches.
  const superIsPlain =
    cls.superClass?.type === "Identifier" &&
    !scopes.variableOf.has(cls.superClass) &&
    isPlainConstructor(cls.superClass.name);
  if (superIsPlain) unit.calls = unit.calls.filter((call) => !isSuper(call));
}

/** Fields or private methods of instances. */
function hasFields(cls: Extract<Node, { type: "ClassDeclaration" | "ClassExpression" }>): boolean {
  return cls.body.body.some((member) => {
    if (member.type === "ClassPrivateMethod") return !member.static;
    return isField(member) && !(member as { static?: boolean }).static && !(member as { declare?: boolean }).declare;
  });
}

/** `constructor(private x)`: TypeScript assigns them where the constructor begins, or behind `super()`. */
const hasParameterProperties = (fn: FunctionNode): boolean =>
  fn.params.some((param) => (param as Node).type === "TSParameterProperty");

/** True where the defaults of parameters can be spelled out in the body: not in a generator, whose body starts later. */
const entersParams = (fn: FunctionNode): boolean => !fn.generator && !hasParameterProperties(fn);

const isWithBody = (node: FunctionNode): boolean => Boolean(node.body);

function unitOf(node: FunctionNode, scopes: Scopes): Unit {
  const unit: Unit = {
    node,
    calls: [],
    iterations: [],
    accesses: [],
    tails: new Set(),
    fieldsFollowSuper: false,
  };
  const collect = (child: Node, parent: Node | null, key: string): void => {
    if (isIteration(child, parent, scopes)) unit.iterations.push(child);
    if (child.type === "MemberExpression" && child.object.type !== "Super") noteAccess(unit, child, parent, key);
    if (isCall(child) && !(child.type === "CallExpression" && child.callee.type === "Import")) unit.calls.push(child);
  };
  for (const part of entersParams(node) ? [...node.params, node.body] : [node.body]) walkActivation(part, collect);
  // Parameters are taken apart natively: see limits.
  unit.iterations = unit.iterations.filter(
    (iteration) => iteration.type !== "ArrayPattern" || !isInParameter(node, iteration),
  );
  if (mayHaveTails(node)) collectTails(node.body, unit.tails);
  return unit;
}
