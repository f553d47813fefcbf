/**
 * bindings — makes the variables of a compiled function fit for two bodies.
 *
 *   In     let n = 0; const add = () => n++; pause(); add(); return n;
 *   Out    const n = { value: 0 }; const add = () => n.value++; pause(); add(); return n.value;
 *   Needs  scopes and suspension points
 *   Keeps  every binding's meaning: a box only where a closure and the resume body must share an assignment,
 *          fresh for each iteration; temporal dead zones; the names of functions
 *
 * The resume body has copies of the variables. A copy is as good as the original if nobody assigns it after a closure captured it;
 * otherwise original and copy must be one object, the box.
 */
import type { Node } from "@babel/types";
import { assignBlockFunctions } from "./block-functions.ts";
import { box } from "./boxes.ts";
import { keepClassName, keepDeadZones, keepOwnName } from "./dead-zones.ts";
import { CompiledIndex } from "./lift.ts";
import type { Names } from "./names.ts";
import { isWithin, position, type Parent } from "./places.ts";
import { freeNames, giveName, separate } from "./renames.ts";
import { isCaptured, type Activation, type Reference, type Scope, type Scopes, type Variable } from "./scope.ts";
import { settleDeclarations } from "./settle.ts";
import { linksArguments } from "./surroundings.ts";
import { eachChild, isFunction, leavesActivation, walkActivation, type FunctionNode } from "./walk.ts";

const LOOPS = new Set(["ForStatement", "ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement"]);

export interface Bindings {
  /** The variables of each activation, by its node. */
  variablesOf: Map<Node, Variable[]>;
  /** The variables that live in boxes. */
  boxed: Set<Variable>;
  /** Parameters that must be boxed in the body; `lower` ones are also read while parameters are evaluated. */
  boxedParams: Map<Node, string[]>;
  loweredParams: Set<Node>;
  /** Those that a pattern puts straight into their boxes. */
  boxedInPatterns: Map<Node, string[]>;
  /** Parameters that get their values in the body, when closures over them are there: their boxes are made first. */
  late: Set<Variable>;
  /** What renamed functions are called in the source. */
  sourceNames: Map<Variable, string>;
  /** The names that references go by which the variable's own is not: those in the head of a loop. */
  aliases: Map<Node, string>;
  /** The members `x.value` that stand for a variable x in a box. */
  boxReferences: Set<Node>;
}

/** What the passes over the functions of a file share. */
interface Preparation {
  readonly scopes: Scopes;
  readonly points: Set<Node>;
  readonly parents: Map<Node, Parent>;
  readonly names: Names;
  readonly compiled: CompiledIndex;
  readonly bindings: Bindings;
  /** The variables that will live in boxes, and whether a closure has them before they get their value. */
  readonly boxes: [Variable, boolean][];
}

/** Renames, boxes and marks what is needed, in place, for all compiled functions of a file. */
export function prepareBindings(
  scopes: Scopes,
  functions: FunctionNode[],
  points: Set<Node>,
  parents: Map<Node, Parent>,
  names: Names,
): Bindings {
  assignBlockFunctions(scopes, functions, parents);
  const bindings = noBindings(scopes);
  const compiled = new CompiledIndex(functions);
  const preparation: Preparation = { scopes, points, parents, names, compiled, bindings, boxes: [] };
  for (const node of functions) (node.generator ? prepareGenerator : prepareFunction)(preparation, node);
  for (const variable of scopes.variables)
    if (variable.kind === "self" && !isFunction(variable.declaration)) keepClassName(variable, compiled);
  for (const [variable, early] of preparation.boxes) box(variable, early, bindings, parents, names, scopes);
  for (const [variable, name] of bindings.sourceNames)
    if (!bindings.boxed.has(variable)) giveName(variable, name, parents);
  for (const node of functions) settleBoxes(bindings, node);
  return bindings;
}

const noBindings = (scopes: Scopes): Bindings => ({
  variablesOf: variablesByActivation(scopes),
  boxed: new Set(),
  boxedParams: new Map(),
  loweredParams: new Set(),
  boxedInPatterns: new Map(),
  late: new Set(),
  boxReferences: new Set(),
  sourceNames: new Map(),
  aliases: new Map(),
});

function prepareFunction(preparation: Preparation, node: FunctionNode): void {
  const { scopes, points, bindings } = preparation;
  const activation = scopes.activationOf.get(node) as Activation;
  const variables = bindings.variablesOf.get(node) ?? [];
  const resumeStart = firstReentry(node, points);
  separateAll(preparation, activation, variables);
  for (const variable of variables)
    if (variable.kind === "self" && isFunction(variable.declaration)) keepOwnName(variable);
  const own = variables.filter((variable) => variable.kind !== "self" && variable.name !== "arguments");
  for (const variable of own) if (isWrittenLate(variable, activation, points)) bindings.late.add(variable);
  const linked = linksArguments(node, scopes); // to parameters that both bodies share, as they share the call
  const chosen = new Set(own.filter((variable) => isBoxed(preparation, variable, activation, resumeStart, linked)));
  const switches = switchesLeft(chosen);
  place(preparation, activation, own, (variable) => chosen.has(variable) || switches.has(variable.scope));
}

function isBoxed(
  { scopes, parents, compiled, bindings }: Preparation,
  variable: Variable,
  activation: Activation,
  resumeStart: number,
  linked: boolean,
): boolean {
  if (bindings.late.has(variable) || isMadeAgain(variable, resumeStart, compiled) || isDeclaredTwice(variable))
    return true;
  if (linked && variable.kind === "param") return false;
  return needsBox(variable, activation, resumeStart, capturedEarly(variable, activation, scopes), scopes, parents);
}

/** A generator has one body: only what is taken apart in it is not where it was. */
function prepareGenerator(preparation: Preparation, node: FunctionNode): void {
  const { scopes, points, parents, bindings } = preparation;
  const activation = scopes.activationOf.get(node) as Activation;
  const variables = bindings.variablesOf.get(node) ?? [];
  const moved = new Set(variables.filter((variable) => isMoved(variable, activation, points, scopes, parents)));
  if (moved.size > 0 || variables.some(isDeclaredInCatch)) separateAll(preparation, activation, variables);
  place(preparation, activation, variables, (variable) => moved.has(variable));
}

function separateAll({ scopes, parents, names, bindings }: Preparation, activation: Activation, all: Variable[]): void {
  const free = freeNames(scopes, activation, all);
  const { sourceNames } = bindings;
  for (const variable of all) separate(variable, activation, free, { parents, names, sourceNames });
}

/** Each variable goes into a box, or stays one whose dead zone has to be kept. */
function place(
  { scopes, parents, boxes }: Preparation,
  activation: Activation,
  variables: Variable[],
  inBox: (variable: Variable) => boolean,
): void {
  for (const variable of variables) {
    if (inBox(variable)) boxes.push([variable, capturedEarly(variable, activation, scopes)]);
    else keepDeadZones(variable, activation, parents);
  }
}

function settleBoxes(bindings: Bindings, node: FunctionNode): void {
  if (boxedNames(bindings, node).size === 0) return;
  const declared = [...boxedNames(bindings, node, false), ...(bindings.boxedInPatterns.get(node) ?? [])];
  settleDeclarations(node, new Set(declared));
}

function variablesByActivation({ variables }: Scopes): Map<Node, Variable[]> {
  const found = new Map<Node, Variable[]>();
  for (const variable of variables) {
    const { node } = variable.activation;
    const list = found.get(node);
    if (list === undefined) found.set(node, [variable]);
    else list.push(variable);
  }
  return found;
}

/** A function in a box leaves the switch that declares it: then all that the switch declares goes into boxes, so that it still sees it. */
const switchesLeft = (boxed: ReadonlySet<Variable>): Set<Scope> =>
  new Set(
    [...boxed]
      .filter(
        ({ declaration, scope }) => declaration.type === "FunctionDeclaration" && scope.node.type === "SwitchStatement",
      )
      .map(({ scope }) => scope),
  );

/** The boxed variables of a function, with or without its parameters. */
export const boxedNames = ({ boxed, variablesOf }: Bindings, node: FunctionNode, withParams = true): Set<string> =>
  new Set(
    (variablesOf.get(node) ?? [])
      .filter((variable) => boxed.has(variable) && (withParams || variable.kind !== "param"))
      .map((variable) => variable.name),
  );

/** Where re-entered code begins: the first suspension point, or the start of the outermost loop around it. */
export function firstReentry(fn: FunctionNode, points: Set<Node>): number {
  let first = Infinity;
  const go = (node: Node, loopStart: number): void => {
    const start = LOOPS.has(node.type) ? Math.min(loopStart, position(node, "start", 0)) : loopStart;
    if (points.has(node)) first = Math.min(first, start, position(node, "start", 0));
    eachChild(node, (child, key) => {
      if (!leavesActivation(child, node, key)) go(child, start);
    });
  };
  for (const part of [...fn.params, fn.body]) go(part, Infinity);
  return first;
}

/** Position at which a closure over the variable comes into being, for the reference inside it. */
function captureStart(reference: Reference, owner: Activation, scopes: Scopes): number {
  const captor = captorOf(reference, owner);
  if (captor.type !== "FunctionDeclaration") return position(captor, "start", 0);
  const block = scopes.scopeOf.get(captor)?.parent?.node;
  return block === undefined ? 0 : position(block, "start", 0);
}

/** The nested function (or initialiser), directly inside the owner, that holds the reference. */
function captorOf(reference: Reference, owner: Activation): Node {
  let at = reference.activation;
  while (at.parent !== null && at.parent !== owner) at = at.parent;
  return at.node;
}

function declarationEnd(variable: Variable): number {
  if (variable.kind === "param" || variable.kind === "function" || variable.kind === "catch") return 0;
  return position(variable.declaration, "end", Infinity);
}

function capturedEarly(variable: Variable, owner: Activation, scopes: Scopes): boolean {
  const end = declarationEnd(variable);
  return variable.references.some(
    (reference) => isCaptured(reference, owner) && captureStart(reference, owner, scopes) < end,
  );
}

/** A `let` of one clause that another clause of the same switch uses: whether it is initialised depends on where the switch was entered. */
export function sharesSwitch(variable: Variable): boolean {
  const { node } = variable.scope;
  if (node.type !== "SwitchStatement" || variable.kind === "function") return false;
  const clauseOf = (at: number): number =>
    node.cases.findIndex((clause) => (clause.start ?? 0) <= at && at < (clause.end ?? 0));
  const own = clauseOf(position(variable.declaration, "start", 0));
  return variable.references.some((reference) => clauseOf(position(reference.node, "start", 0)) !== own);
}

/**
 * A generator keeps its variables where they are, but for what is taken apart: the head of a loop, whose iterations have variables of their
 * own, and patterns, whose variables are declared before their defaults are evaluated.
 */
function isMoved(
  variable: Variable,
  owner: Activation,
  points: Set<Node>,
  scopes: Scopes,
  parents: Map<Node, Parent>,
): boolean {
  const { declaration, kind } = variable;
  if (kind === "var" || declaration.type !== "VariableDeclarator") return false;
  if (!variable.references.some((reference) => isCaptured(reference, owner))) return false;
  const early = capturedEarly(variable, owner, scopes);
  const loop = parents.get(parents.get(declaration)?.node as Node);
  if (loop?.node.type === "ForStatement" && loop.key === "init") {
    const { init, update } = loop.node;
    return !isEffectivelyConstant(variable, early, parents) && [init, update].some((part) => holdsPoint(part, points));
  }
  return early && declaration.id.type !== "Identifier" && holdsPoint(declaration, points);
}

function holdsPoint(node: Node | null | undefined, points: Set<Node>): boolean {
  let found = false;
  if (node) walkActivation(node, (inner) => void (found ||= points.has(inner)));
  return found;
}

/** `catch (e) { var e; }`: what is caught gets a `let`, which a `var` must not hide. */
const isDeclaredInCatch = ({ kind, references }: Variable): boolean =>
  kind === "catch" && references.some(({ parent }) => parent.type === "VariableDeclarator");

/** A box is needed if a closure and the resume body would disagree about an assignment. */
function needsBox(
  variable: Variable,
  owner: Activation,
  resumeStart: number,
  early: boolean,
  scopes: Scopes,
  parents: Map<Node, Parent>,
): boolean {
  if (sharesSwitch(variable) && position(variable.scope.node, "end", Infinity) > resumeStart) return true;
  const captures = variable.references.filter((reference) => isCaptured(reference, owner));
  if (captures.length === 0 || isEffectivelyConstant(variable, early, parents)) return false;
  return variable.references.some((reference) => {
    if (!isCaptured(reference, owner)) return effectEnd(reference, parents) > resumeStart;
    const captor = captorOf(reference, owner);
    const hoisted = captor.type === "FunctionDeclaration" && scopes.scopeOf.get(captor)?.parent?.node === owner.node;
    return !hoisted && position(captor, "end", Infinity) > resumeStart;
  });
}

/** A parameter that gets its value after a switch, when closures over it are there: functions of the body, and what parameters before it made. */
function isWrittenLate({ kind, references }: Variable, owner: Activation, points: Set<Node>): boolean {
  if (kind !== "param" || !isFunction(owner.node)) return false;
  const { params } = owner.node;
  const binding = references.find(({ initial }) => initial)?.node;
  const index = params.findIndex((param) => binding && isWithin(binding, param));
  if (!params.slice(0, index + 1).some((param) => holdsPoint(param, points))) return false;
  const written = position(params[index] as Node, "end", 0);
  return references.some((reference) => {
    if (!isCaptured(reference, owner)) return false;
    const captor = captorOf(reference, owner);
    return captor.type === "FunctionDeclaration" || position(captor, "start", 0) < written;
  });
}

/** Where a use of a variable is over: a write waits for the value, `x = f()`. */
function effectEnd({ node, parent, write }: Reference, parents: Map<Node, Parent>): number {
  let at: Node | undefined = write ? parent : node;
  while (at && PATTERNS.has(at.type)) at = parents.get(at)?.node;
  return position(at && VALUED.has(at.type) ? at : node, "end", Infinity);
}

const PATTERNS = new Set(["ObjectProperty", "ObjectPattern", "ArrayPattern", "AssignmentPattern", "RestElement"]);
const VALUED = new Set(["VariableDeclarator", "AssignmentExpression", "ClassDeclaration"]);

/** A `var` of a function's name: where the fast body is a block, both can't be declared in it. */
const isDeclaredTwice = ({ kind, references }: Variable): boolean =>
  kind === "function" && references.some(({ initial, parent }) => initial && parent.type !== "FunctionDeclaration");

/** A function declared in a block that both bodies make: in a box it is an expression, which can be written once (lift.ts). */
const isMadeAgain = ({ declaration, scope, activation }: Variable, resumeStart: number, compiled: CompiledIndex) =>
  declaration.type === "FunctionDeclaration" &&
  scope.node !== activation.node &&
  position(scope.node, "end", Infinity) > resumeStart &&
  compiled.isInside(declaration);

function isEffectivelyConstant(variable: Variable, early: boolean, parents: Map<Node, Parent>): boolean {
  const writes = variable.references.filter((reference) => reference.write);
  if (writes.length > 1) return false;
  const [write] = writes;
  if (write === undefined) return true;
  if (early || !write.initial) return false;
  return variable.kind !== "var" || !isInLoop(write.node, parents);
}

function isInLoop(node: Node, parents: Map<Node, Parent>): boolean {
  for (let at: Node | undefined = node; at !== undefined && !isFunction(at); at = parents.get(at)?.node)
    if (LOOPS.has(at.type)) return true;
  return false;
}
