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
import type { CallExpression, ClassDeclaration, Expression, Identifier, Node, Statement } from "@babel/types";
import { assignBlockFunctions } from "./block-functions.ts";
import { box } from "./boxes.ts";
import * as b from "./emit/build.ts";
import { CompiledIndex } from "./lift.ts";
import type { Names } from "./names.ts";
import type { Activation, Reference, Scope, Scopes, Variable } from "./scope.ts";
import { settleDeclarations, withName } from "./settle.ts";
import { copy, eachChild, isFunction, leavesActivation, replaceChild, type FunctionNode } from "./walk.ts";

const LOOPS = new Set(["ForStatement", "ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement"]);

export interface Parent {
  node: Node;
  key: string;
}

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
  /** What renamed functions are called in the source. */
  sourceNames: Map<Variable, string>;
  /** The names that references go by which the variable's own is not: those in the head of a loop. */
  aliases: Map<Node, string>;
  /** The members `x.value` that stand for a variable x in a box. */
  boxReferences: Set<Node>;
}

/** Where each node hangs. */
export function parentsOf(root: Node): Map<Node, Parent> {
  const parents = new Map<Node, Parent>();
  const go = (node: Node): void =>
    eachChild(node, (child, key) => {
      parents.set(child, { node, key });
      go(child);
    });
  go(root);
  return parents;
}

/** Renames, boxes and marks what is needed, in place, for all compiled functions of a file. */
export function prepareBindings(
  scopes: Scopes,
  functions: FunctionNode[],
  points: Set<Node>,
  parents: Map<Node, Parent>,
  names: Names,
): Bindings {
  const bindings: Bindings = {
    variablesOf: variablesByActivation(scopes),
    boxed: new Set(),
    boxedParams: new Map(),
    loweredParams: new Set(),
    boxedInPatterns: new Map(),
    boxReferences: new Set(),
    sourceNames: new Map(),
    aliases: new Map(),
  };
  const boxes: [Variable, boolean][] = [];
  assignBlockFunctions(scopes, functions, parents);
  const compiled = new CompiledIndex(functions);
  for (const node of functions) {
    if (node.generator) continue;
    const activation = scopes.activationOf.get(node) as Activation;
    const variables = bindings.variablesOf.get(node) ?? [];
    const resumeStart = firstReentry(node, points);
    const free = freeNames(scopes, activation, variables);
    for (const variable of variables)
      separate(variable, activation, free, { parents, names, sourceNames: bindings.sourceNames });
    const own = variables.filter((variable) => variable.kind !== "self" && variable.name !== "arguments");
    for (const variable of variables)
      if (variable.kind === "self" && isFunction(variable.declaration)) keepOwnName(variable);
    const isBoxed = (variable: Variable): boolean =>
      needsBox(variable, activation, resumeStart, capturedEarly(variable, activation, scopes), scopes, parents) ||
      isMadeAgain(variable, resumeStart, compiled) ||
      isDeclaredTwice(variable);
    const chosen = new Set(own.filter(isBoxed));
    const switches = switchesLeft(chosen);
    for (const variable of own) {
      if (chosen.has(variable) || switches.has(variable.scope))
        boxes.push([variable, capturedEarly(variable, activation, scopes)]);
      else keepDeadZones(variable, activation, parents);
    }
  }
  for (const variable of scopes.variables)
    if (variable.kind === "self" && !isFunction(variable.declaration)) keepClassName(variable, compiled);
  for (const [variable, early] of boxes) box(variable, early, bindings, parents, names, scopes);
  for (const [variable, name] of bindings.sourceNames)
    if (!bindings.boxed.has(variable)) giveName(variable, name, parents);
  for (const node of functions) settleDeclarations(node, boxedNames(bindings, node, false));
  return bindings;
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

export const position = (node: Node, end: "start" | "end", otherwise: number): number => node[end] ?? otherwise;

/** Those of a function's own names that it also takes from outside: a variable of a scope around it, mentioned inside. */
function freeNames(scopes: Scopes, activation: Activation, own: Variable[]): Set<string> {
  const free = new Set<string>();
  for (let scope = scopes.scopeOf.get(activation.node) ?? null; scope !== null; scope = scope.parent) {
    if (scope.activation === activation) continue;
    for (const { name } of own) {
      const outer = scope.names.get(name);
      if (outer?.references.some((reference) => isWithin(reference.activation, activation))) free.add(name);
    }
  }
  return free;
}

export function isWithin(inner: Activation | null, outer: Activation): boolean {
  for (let at = inner; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

/** A variable whose name means something else around it gets a name of its own, so that a name is enough to tell variables apart. */
function separate(
  variable: Variable,
  activation: Activation,
  free: Set<string>,
  { parents, names, sourceNames }: { parents: Map<Node, Parent>; names: Names; sourceNames: Map<Variable, string> },
): void {
  if (variable.kind === "self" || !(free.has(variable.name) || shadows(variable, activation))) return;
  const old = variable.name;
  const name = names.fresh(old);
  if (variable.declaration.type === "ClassDeclaration") asVariable(variable, variable.declaration, parents);
  for (const reference of variable.references) {
    if (reference.write) keepFunctionName(reference);
    if (variable.kind === "catch") partFromVar(reference, variable, parents);
    rename(reference, name);
  }
  variable.scope.names.delete(old);
  variable.scope.names.set(name, variable);
  variable.name = name;
  if (variable.declaration.type === "FunctionDeclaration") sourceNames.set(variable, old);
}

/**
 * catch (e) { var e = v; }   →   catch (e2) { var e = (e2 = v, e); }
 *
 * Such a `var` declares a variable of the function, and assigns what was caught (ECMA-262 §B.3.4).
 */
function partFromVar(reference: Reference, { name, scope }: Variable, parents: Map<Node, Parent>): void {
  const { parent: declarator, key, node } = reference;
  if (declarator.type !== "VariableDeclarator" || key !== "id" || !declarator.init) return;
  let outer = scope.parent;
  while (outer !== null && outer.names.get(name) === undefined) outer = outer.parent;
  const own = b.id(name) as Identifier;
  const read = b.id(name) as Identifier;
  const assignment = b.assign(node as never, declarator.init);
  const both = b.sequence([assignment, read]);
  Object.assign(declarator, { id: own, init: both });
  parents.set(own, { node: declarator, key: "id" }).set(both, { node: declarator, key: "init" });
  parents.set(assignment, { node: both, key: "expressions" }).set(read, { node: both, key: "expressions" });
  parents.set(node, { node: assignment, key: "left" });
  const { activation } = reference;
  outer?.names
    .get(name)
    ?.references.push(
      { node: own, parent: declarator, key: "id", activation, write: true, initial: true },
      { node: read, parent: both, key: "expressions", activation, write: false, initial: false },
    );
  Object.assign(reference, { parent: assignment, key: "left", initial: false });
}

/** `class C {}` → `let C = class C {}`: inside, the class keeps its name. */
function asVariable(variable: Variable, cls: ClassDeclaration, parents: Map<Node, Parent>): void {
  const place = parents.get(cls) as Parent;
  const id = { ...cls.id } as Identifier;
  const declaration = b.at(b.declareAll("let", [[id, cls as unknown as Expression]]), cls);
  const declarator = declaration.declarations[0] as Node;
  replaceChild(place.node, place.key, cls, declaration);
  (cls as Node as { type: string }).type = "ClassExpression";
  b.at(declarator, cls);
  parents.set(declaration, place).set(declarator, { node: declaration, key: "declarations" });
  parents.set(id, { node: declarator, key: "id" }).set(cls, { node: declarator, key: "init" });
  for (const reference of variable.references)
    if (reference.initial) Object.assign(reference, { node: id, parent: declarator, key: "id" });
  Object.assign(variable, { kind: "let", declaration: declarator });
}

/** `f = () => {}` names the function f; `f.value = () => {}` or `f2 = () => {}` would not. */
export function keepFunctionName({ parent, key, node }: Reference): void {
  if (key === "left" && (parent.type === "AssignmentExpression" || parent.type === "AssignmentPattern"))
    parent.right = withName(node.name, parent.right);
  if (key === "id" && parent.type === "VariableDeclarator" && parent.init)
    parent.init = withName(node.name, parent.init);
}

function shadows(variable: Variable, activation: Activation): boolean {
  for (
    let scope: Scope | null = variable.scope.parent;
    scope !== null && scope.activation === activation;
    scope = scope.parent
  ) {
    const other = scope.names.get(variable.name);
    if (other !== undefined && other.kind !== "self") return true;
  }
  return false;
}

export function rename(reference: Reference, name: string): void {
  unshorthand(reference);
  reference.node.name = name;
}

/** `{ a }` → `{ a: a }`, so that key and value can part. */
export function unshorthand({ parent }: Reference): void {
  const property = parent as Node & { shorthand?: boolean; extra?: { shorthand?: boolean } };
  if (property.shorthand) property.shorthand = false;
  if (property.extra?.shorthand) property.extra.shorthand = false;
}

/** `function f2() {}` → `$.named(f2, "f"); function f2() {}` */
function giveName({ declaration, name }: Variable, sourceName: string, parents: Map<Node, Parent>): void {
  const statement = b.statement(b.runtime("named", b.id(name), b.string(sourceName)));
  const holder = parents.get(declaration)?.node;
  if (holder?.type === "SwitchCase") {
    // Whichever clause the switch is entered at, its functions are there.
    for (const clause of clausesAround(holder, parents)) clause.consequent.unshift(copy(statement));
    return;
  }
  const body = (holder as { body?: Statement[] } | undefined)?.body;
  if (Array.isArray(body)) body.unshift(statement);
}

const clausesAround = (clause: Node, parents: Map<Node, Parent>) =>
  (parents.get(clause) as { node: Extract<Node, { type: "SwitchStatement" }> }).node.cases;

/** Position at which a closure over the variable comes into being, for the reference inside it. */
function captureStart(reference: Reference, owner: Activation, scopes: Scopes): number {
  const captor = captorOf(reference, owner);
  if (captor.type !== "FunctionDeclaration") return position(captor, "start", 0);
  const block = scopes.scopeOf.get(captor)?.parent?.node;
  return block === undefined ? 0 : isFunction(block) ? position(block, "start", 0) : position(block, "start", 0);
}

/** The nested function (or initialiser), directly inside the owner, that holds the reference. */
function captorOf(reference: Reference, owner: Activation): Node {
  let at = reference.activation;
  while (at.parent !== null && at.parent !== owner) at = at.parent;
  return at.node;
}

export const isCaptured = (reference: Reference, owner: Activation): boolean => reference.activation !== owner;

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

/**
 * The resume body declares `let`s ahead of their statements, so what was in the temporal dead zone would read `undefined` there:
 *   x; let x = 1   →   $.tdz("x"); let x = 1
 */
function keepDeadZones(variable: Variable, owner: Activation, parents: Map<Node, Parent>): void {
  for (const reference of variable.references) {
    if (reference.initial || reference.node.type !== "Identifier") continue;
    if (!isKilled(reference, variable, parents)) {
      if (reference.write && variable.kind === "const") forbidAssignment(reference);
      continue;
    }
    killReference(reference, variable);
  }
}

/**
 * A class's name can't be assigned inside it; a resume body beside the class would see the name outside, which can. While its heritage and
 * keys are evaluated, which may be ahead of the class, the name is in its dead zone.
 */
function keepClassName(variable: Variable, compiled: CompiledIndex): void {
  for (const reference of variable.references) {
    if (reference.initial) continue;
    if (reference.activation === variable.activation && compiled.has(variable.activation.node))
      killReference(reference, variable);
    else if (reference.write) forbidAssignment(reference);
  }
}

/** A function expression's own name can't be assigned: an error in strict code, nothing at all in sloppy code. */
function keepOwnName(variable: Variable): void {
  for (const reference of variable.references) {
    if (!isAssignment(reference)) continue;
    if (reference.activation.strict) forbidAssignment(reference);
    else assignElsewhere(reference, b.runtime("ignored"));
  }
}

const isAssignment = (reference: Reference): boolean => reference.write && !reference.initial;

/** Whether a reference is evaluated, for certain, before its variable is initialised. */
export const isDead = (reference: Reference, variable: Variable, parents: Map<Node, Parent>): boolean => {
  const { declaration, kind } = variable;
  const at = position(reference.node, "start", Infinity);
  if (kind === "param") return isDeadParameter(at, variable, parents);
  if (kind !== "let" && kind !== "const" && kind !== "class") return false;
  if (declaration.type === "ClassDeclaration") return at < position(declaration, "start", 0);
  if (declaration.type !== "VariableDeclarator") return false;
  const list = parents.get(declaration)?.node as Node;
  const head = parents.get(list);
  // for (let x of x) …: the list is evaluated while x is dead
  const source = head?.key === "left" ? (head.node as { right: Node }).right : declaration.init;
  if (source && isInside(at, source)) return true;
  const binding = bindingOf(variable);
  if (binding === undefined || at < position(declaration.id, "start", 0)) return head?.key !== "left";
  return isInside(at, declaration.id) && (at < position(binding, "start", 0) || isInDefault(at, binding, parents));
};

/** Dead for certain, and read where it stands; a closure may be called later, but not one over the variable in a loop's list. */
export function isKilled(reference: Reference, variable: Variable, parents: Map<Node, Parent>): boolean {
  if (!isDead(reference, variable, parents)) return false;
  return !isCaptured(reference, variable.activation) || isInList(reference, variable, parents);
}

/** `for (let x of here) …`: this x is never initialised, each round has another. */
function isInList(reference: Reference, { declaration }: Variable, parents: Map<Node, Parent>): boolean {
  const head = parents.get(parents.get(declaration)?.node as Node);
  if (head?.key !== "left") return false;
  return isInside(position(reference.node, "start", Infinity), (head.node as { right: Node }).right);
}

const bindingOf = (variable: Variable): Node | undefined => variable.references.find((other) => other.initial)?.node;

/** `(a = b, b)`: parameters come to be from left to right. */
function isDeadParameter(at: number, variable: Variable, parents: Map<Node, Parent>): boolean {
  const binding = bindingOf(variable);
  if (binding === undefined || at >= position(variable.declaration, "end", 0)) return false;
  return at < position(binding, "start", 0) || isInDefault(at, binding, parents);
}

const isInside = (at: number, node: Node): boolean =>
  position(node, "start", Infinity) <= at && at < position(node, "end", 0);

/** `{ a: [b] = here }`: the default is evaluated before what it is the default of. */
function isInDefault(at: number, binding: Node, parents: Map<Node, Parent>): boolean {
  for (let place = parents.get(binding); place !== undefined; place = parents.get(place.node)) {
    if (place.node.type === "VariableDeclarator" || isFunction(place.node)) return false;
    if (place.node.type === "AssignmentPattern" && place.key === "left" && isInside(at, place.node.right)) return true;
  }
  return false;
}

/** A reference in its variable's dead zone: a read throws at once, a write when its value is known. */
export function killReference(reference: Reference, { name }: Variable): void {
  const word = b.string(name);
  substitute(reference, reference.write ? b.member(b.runtime("dead", word), "value") : b.runtime("tdz", word));
}

/**
 * `x = 1` for a constant x → `$.constant("x").value = 1`, which throws as the engine does: the resume body's copy is a `let`.
 * @returns the read of x in `$.constant("x", x).value ||= 1`, if there is one
 */
export const forbidAssignment = (reference: Reference): Reference[] =>
  assignElsewhere(reference, b.runtime("constant", b.string(reference.node.name)));

/** Makes an assignment one of `place.value`. `x ||= 1` and `x++` read the variable first: then its value is an argument. */
function assignElsewhere(reference: Reference, place: CallExpression): Reference[] {
  const { node, parent } = reference;
  const reads =
    parent.type === "UpdateExpression" || (parent.type === "AssignmentExpression" && parent.operator !== "=");
  substitute(reference, b.member(place, "value"));
  if (!reads) return [];
  place.arguments.push(node as Expression);
  return [{ ...reference, parent: place, key: "arguments", write: false }];
}

function substitute(reference: Reference, replacement: Node): void {
  unshorthand(reference);
  replaceChild(reference.parent, reference.key, reference.node, b.at(replacement, reference.node));
}
