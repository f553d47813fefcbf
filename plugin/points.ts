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
import { fixedKeys } from "./classes/fixed-keys.ts";
import { isIteration, type IterationNode } from "./iterations.ts";
import type { Scopes } from "./scope.ts";
import { tailsOf } from "./tails.ts";
import {
  eachChild,
  isClass,
  isField,
  isFunction,
  leavesActivation,
  walkActivation,
  type ClassNode,
  type FunctionNode,
} from "./walk.ts";

export type CallNode = Extract<
  Node,
  { type: "CallExpression" | "NewExpression" | "OptionalCallExpression" | "TaggedTemplateExpression" }
>;
export type MemberNode = Extract<Node, { type: "MemberExpression" | "OptionalMemberExpression" }>;

/** What the file alone can't tell: facts from the whole program, or a user's assumptions. */
export interface Knowledge {
  /** Whether a call is a suspension point; undefined where it is not known. */
  isPoint(node: Node): boolean | undefined;
  /** Whether a function, or making an object of a class, may lead to a switch; undefined where it is not known. */
  maySwitch(node: Node): boolean | undefined;
  /** False: no atomic block of the file has a switch inside. */
  readonly isAtomicBroken: boolean;
  /** The chain of calls down to a switch inside this `atomic(…)`, if there is one. */
  brokenAtomic(node: Node): readonly string[] | undefined;
}

export interface Points {
  points: Set<Node>;
  /** The functions that hold a suspension point, innermost first. */
  functions: FunctionNode[];
  /** Field initialisers and static blocks that hold a call which may switch. */
  initialisers: Set<Node>;
  /** Generators whose parameters may switch. */
  generators: Set<FunctionNode>;
  /** Classes without a constructor whose parent's constructor may switch. */
  heirs: Set<ClassNode>;
  /** Calls in code that nobody can suspend (async functions, what is left of `initialisers`): a switch below them is an error at once. */
  unsuspendable: { call: CallNode; parent: Node; key: string }[];
  /** The functions of the file that may switch. */
  switching: ReadonlySet<Node>;
  /** Calls that are plain by types or assumptions, where the file alone can't tell. */
  claimed: ReadonlySet<Node>;
}

const NOTHING_KNOWN: Knowledge = {
  isPoint: () => undefined,
  maySwitch: () => undefined,
  isAtomicBroken: false,
  brokenAtomic: () => undefined,
};

/** A function, a field's initialiser or a static block, with what it does itself. */
export interface Unit {
  node: Node;
  calls: CallNode[];
  iterations: IterationNode[];
  /** Reads and writes of named properties: suspension points where an accessor of that name may switch. */
  accesses: { node: MemberNode; write: boolean }[];
  tails: Set<Node>;
}

export interface Circumstances {
  /** Tail calls count too: stress and development builds. */
  everyCall: boolean;
  /** Calls go to the resumable versions of built-in functions. */
  builtins: boolean;
  plainImports: readonly string[];
  knowledge?: Knowledge | undefined;
  assumed?: Assumed | undefined;
  /** Generators whose parameters are evaluated by a function that can wait. */
  waiting?: ReadonlySet<Node>;
}

export const NOTHING_ASSUMED: Assumed = { of: () => undefined, ofImport: () => undefined };

/** Finds the suspension points of a program. */
export function findPoints(
  program: Program,
  scopes: Scopes,
  {
    everyCall,
    builtins,
    plainImports,
    knowledge = NOTHING_KNOWN,
    assumed = NOTHING_ASSUMED,
    waiting = new Set(),
  }: Circumstances,
): Points {
  const fixed = fixedKeys(program);
  const { units, generators, classes } = collectUnits(program, scopes, fixed);
  const callees = new Callees(scopes, units, classes, knowledge, plainImports, assumed, waiting);
  const result: Points = {
    points: new Set(),
    functions: [],
    initialisers: new Set(),
    generators: new Set(generators.filter((unit) => isTouched(unit, callees)).map(({ node }) => node as FunctionNode)),
    heirs: new Set(classes.filter((cls) => inheritsSwitch(cls, callees))),
    unsuspendable: [],
    switching: callees.switching,
    claimed: claimsOf(units, callees),
  };
  for (const unit of units.values()) {
    if (isFunction(unit.node)) unit.tails = tailsOf(unit.node, builtins);
    addPoints(unit, callees, everyCall, result);
  }
  collectUnsuspendable(program, callees, fixed, result);
  return result;
}

function claimsOf(units: Map<Node, Unit>, callees: Callees): Set<Node> {
  const claimed = new Set<Node>();
  for (const { node, calls } of units.values())
    for (const call of calls)
      if (isFunction(node) && !isSuper(call) && callees.isClaimed(call, node)) claimed.add(call);
  return claimed;
}

function addPoints(unit: Unit, callees: Callees, everyCall: boolean, result: Points): void {
  const { node } = unit;
  if (isFunction(node) && (node.async || callees.isAssumedPlain(node))) return;
  const points = unit.calls.filter(
    (call) => callees.maySwitch(call) && (everyCall || !unit.tails.has(call)) && !(isSuper(call) && staysFirst(node)),
  );
  const iterations = unit.iterations.filter((loop) => callees.iterationMaySwitch(loop));
  const accesses = unit.accesses
    .filter((access) => callees.accessMaySwitch(access.node, access.write))
    .map((access) => access.node);
  if (points.length + iterations.length + accesses.length === 0) return;
  if (!isFunction(node)) return void result.initialisers.add(node);
  for (const point of [...points, ...iterations, ...accesses]) result.points.add(point);
  result.functions.push(node);
}

const isTouched = ({ calls, iterations, accesses }: Unit, callees: Callees): boolean =>
  calls.some((call) => callees.maySwitch(call)) ||
  iterations.some((one) => callees.iterationMaySwitch(one)) ||
  accesses.some(({ node, write }) => callees.accessMaySwitch(node, write));

const isMember = (node: Node): node is MemberNode =>
  node.type === "MemberExpression" || node.type === "OptionalMemberExpression";

/** `super()` of a constructor with parameter properties is where TypeScript finds it: it can't be called a second time. */
const staysFirst = (node: Node): boolean => isFunction(node) && hasParameterProperties(node);

/** `class B extends A { x = 1 }`: its own constructor, which nobody wrote, calls A's. */
const inheritsSwitch = (cls: ClassNode, callees: Callees): boolean =>
  Boolean(cls.superClass) && constructorOf(cls) === undefined && callees.parentMaySwitch(cls);

/** The constructor that a class was written with. */
export const constructorOf = (cls: ClassNode): FunctionNode | undefined =>
  cls.body.body.find((member) => member.type === "ClassMethod" && member.kind === "constructor") as
    | FunctionNode
    | undefined;

/** Calls inside async functions and class initialisers, which the host runs and nobody can suspend, and in keys that have to stay in their class. */
function collectUnsuspendable(program: Program, callees: Callees, fixed: ReadonlySet<Node>, result: Points): void {
  const go = (node: Node, parent: Node, key: string, around: Node, inside: boolean): void => {
    if (isCall(node) && (isSuper(node) ? staysFirst(around) : inside) && callees.maySwitch(node))
      result.unsuspendable.push({ call: node, parent, key });
    eachChild(node, (child, childKey) => {
      const leaves = leavesActivation(child, node, childKey);
      if (leaves) go(child, node, childKey, node, isUnsuspendable(child, node, childKey));
      else go(child, node, childKey, around, inside || fixed.has(child));
    });
  };
  for (const statement of program.body) go(statement, program, "body", program, false);
}

/** Async functions, some parameters, class initialisers. */
function isUnsuspendable(child: Node, parent: Node, key: string): boolean {
  if (!isFunction(parent)) return child.type === "StaticBlock" || isField(parent);
  return parent.async === true || (key === "params" && !entersParams(parent));
}

export const isSuper = (node: Node): boolean => "callee" in node && (node.callee as Node).type === "Super";

export function isCall(node: Node): node is CallNode {
  return (
    node.type === "CallExpression" ||
    node.type === "NewExpression" ||
    node.type === "OptionalCallExpression" ||
    node.type === "TaggedTemplateExpression"
  );
}

/** Every function, field initialiser and static block of the file with the calls of its own activation, innermost first; every class. */
function collectUnits(
  program: Program,
  scopes: Scopes,
  fixed: ReadonlySet<Node>,
): { units: Map<Node, Unit>; generators: Unit[]; classes: ClassNode[] } {
  const generators: Unit[] = [];
  const units = new Map<Node, Unit>();
  const classes: ClassNode[] = [];
  const go = (node: Node): void => {
    eachChild(node, go);
    const parts = partsOf(node);
    if (parts.length > 0) units.set(node, unitOf(node, parts, scopes, fixed));
    if (isFunction(node) && node.generator && !node.async) generators.push(unitOf(node, node.params, scopes, fixed));
    if (isClass(node)) classes.push(node);
  };
  go(program);
  return { units, generators, classes };
}

/** `constructor(private x)`: TypeScript assigns them where the constructor begins, or behind `super()`. */
export const hasParameterProperties = (fn: FunctionNode): boolean =>
  fn.params.some((param) => (param as Node).type === "TSParameterProperty");

/** True where the defaults of parameters can be spelled out in the body: not in a generator, whose body starts later. */
const entersParams = (fn: FunctionNode): boolean => !fn.generator && !hasParameterProperties(fn);

/** What runs in an activation of its own. */
function partsOf(node: Node): Node[] {
  if (isFunction(node)) return !node.body ? [] : entersParams(node) ? [...node.params, node.body] : [node.body];
  if (node.type === "StaticBlock") return node.body;
  return isField(node) && "value" in node && node.value ? [node.value as Node] : [];
}

/** `o.x` that is read, or written by a simple assignment. What else a program does to a property is not followed. */
function noteAccess(unit: Unit, node: MemberNode, parent: Node | null, key: string): void {
  const assigned = parent?.type === "AssignmentExpression" && key === "left";
  if (assigned ? parent.operator !== "=" : isMoreThanRead(parent, key)) return;
  unit.accesses.push({ node, write: assigned });
}

/** Called, deleted, counted up, or a target of a pattern or a loop. */
function isMoreThanRead(parent: Node | null, key: string): boolean {
  switch (parent?.type) {
    case "CallExpression":
    case "OptionalCallExpression":
      return key === "callee";
    case "UnaryExpression":
      return parent.operator === "delete";
    case "ForOfStatement":
    case "ForInStatement":
    case "AssignmentPattern":
      return key === "left";
    case "TaggedTemplateExpression":
    case "UpdateExpression":
    case "ArrayPattern":
    case "RestElement":
      return true;
    default:
      return false;
  }
}

function isInParameter(fn: FunctionNode, pattern: Node): boolean {
  let found = false;
  for (const param of fn.params) walkActivation(param, (node) => void (found ||= node === pattern));
  return found;
}

function unitOf(node: Node, parts: Node[], scopes: Scopes, fixed: ReadonlySet<Node>): Unit {
  const unit: Unit = { node, calls: [], iterations: [], accesses: [], tails: new Set() };
  const collect = (child: Node, parent: Node | null, key: string): boolean => {
    if (fixed.has(child)) return false;
    if (isIteration(child, parent, scopes)) unit.iterations.push(child);
    if (isMember(child) && child.object.type !== "Super") noteAccess(unit, child, parent, key);
    if (isCall(child) && !(child.type === "CallExpression" && child.callee.type === "Import")) unit.calls.push(child);
    return true;
  };
  for (const part of parts) walkActivation(part, collect);
  if (!isFunction(node)) return unit;
  // Parameters are taken apart natively: see limits.
  unit.iterations = unit.iterations.filter(
    (iteration) => iteration.type !== "ArrayPattern" || !isInParameter(node, iteration),
  );
  return unit;
}
