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
import type { Node, Statement } from "@babel/types";
import * as b from "./emit/build.ts";
import type { Names } from "./names.ts";
import type { Activation, Reference, Scope, Scopes, Variable } from "./scope.ts";
import { eachTarget } from "./scope.ts";
import { isAnonymous, settleDeclarations, withName } from "./settle.ts";
import { eachChild, isFunction, leavesActivation, replaceChild, type FunctionNode } from "./walk.ts";

const LOOPS = new Set(["ForStatement", "ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement"]);

export interface Parent {
  node: Node;
  key: string;
}

export interface Bindings {
  /** The variables that live in boxes. */
  boxed: Set<Variable>;
  /** Parameters that must be boxed in the body; `lower` ones are also read while parameters are evaluated. */
  boxedParams: Map<Node, string[]>;
  loweredParams: Set<Node>;
  /** The members `x.value` that stand for a variable x in a box. */
  boxReferences: Set<Node>;
}

/** Where each node hangs. */
export function parentsOf(root: Node): Map<Node, Parent> {
  const parents = new Map<Node, Parent>();
  const go = (node: Node): void => eachChild(node, (child, key) => {
    parents.set(child, { node, key });
    go(child);
  });
  go(root);
  return parents;
}

/** Renames, boxes and marks what is needed, in place, for all compiled functions of a file. */
export function prepareBindings(scopes: Scopes, functions: FunctionNode[], points: Set<Node>, parents: Map<Node, Parent>, names: Names): Bindings {
  const byActivation = new Map<Activation, Variable[]>();
  for (const variable of scopes.variables) byActivation.set(variable.activation, [...(byActivation.get(variable.activation) ?? []), variable]);
  const bindings: Bindings = { boxed: new Set(), boxedParams: new Map(), loweredParams: new Set(), boxReferences: new Set() };
  const boxes: [Variable, boolean][] = [];
  for (const node of functions) {
    if (node.generator) continue;
    const activation = scopes.activationOf.get(node) as Activation;
    const variables = byActivation.get(activation) ?? [];
    const resumeStart = firstReentry(node, points);
    const free = freeNames(scopes, activation, variables);
    for (const variable of variables) separate(variable, activation, free, parents, names);
    for (const variable of variables) {
      if (variable.kind === "self") keepOwnName(variable, activation);
      if (variable.kind === "self" || variable.name === "arguments") continue;
      const early = capturedEarly(variable, activation, scopes);
      if (needsBox(variable, activation, resumeStart, early, scopes, parents)) boxes.push([variable, early]);
      else keepDeadZones(variable, activation, parents);
    }
  }
  for (const variable of scopes.variables) if (variable.kind === "self" && !isFunction(variable.declaration)) keepClassName(variable, functions, scopes);
  for (const [variable, early] of boxes) box(variable, early, bindings, parents, names, scopes);
  for (const node of functions) settleDeclarations(node, boxedNames(bindings, node));
  return bindings;
}

const boxedNames = (bindings: Bindings, node: FunctionNode): Set<string> =>
  new Set([...bindings.boxed].filter((variable) => variable.activation.node === node && variable.kind !== "param").map((variable) => variable.name));

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

const position = (node: Node, end: "start" | "end", otherwise: number): number => node[end] ?? otherwise;

/** The names that a function takes from outside. */
function freeNames(scopes: Scopes, activation: Activation, own: Variable[]): Set<string> {
  const names = new Set(own.map((variable) => variable.name));
  const free = new Set<string>();
  for (const variable of scopes.variables) {
    if (!names.has(variable.name) || variable.activation === activation) continue;
    if (isWithin(variable.activation, activation)) continue;
    if (variable.references.some((reference) => isWithin(reference.activation, activation))) free.add(variable.name);
  }
  return free;
}

export function isWithin(inner: Activation | null, outer: Activation): boolean {
  for (let at = inner; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

/** A variable whose name means something else around it gets a name of its own, so that a name is enough to tell variables apart. */
function separate(variable: Variable, activation: Activation, free: Set<string>, parents: Map<Node, Parent>, names: Names): void {
  if (variable.kind === "self" || !(free.has(variable.name) || shadows(variable, activation))) return;
  const old = variable.name;
  const name = names.fresh(old);
  for (const reference of variable.references) rename(reference, name);
  variable.scope.names.delete(old);
  variable.scope.names.set(name, variable);
  variable.name = name;
  const { declaration } = variable;
  if (declaration.type !== "FunctionDeclaration" && declaration.type !== "ClassDeclaration") return;
  insertAfterHoisting(declaration, b.statement(b.runtime("named", b.id(name), b.string(old))), parents);
}

function shadows(variable: Variable, activation: Activation): boolean {
  for (let scope: Scope | null = variable.scope.parent; scope !== null && scope.activation === activation; scope = scope.parent) {
    const other = scope.names.get(variable.name);
    if (other !== undefined && other.kind !== "self") return true;
  }
  return false;
}

function rename(reference: Reference, name: string): void {
  unshorthand(reference);
  reference.node.name = name;
}

/** `{ a }` → `{ a: a }`, so that key and value can part. */
function unshorthand({ parent }: Reference): void {
  const property = parent as Node & { shorthand?: boolean; extra?: { shorthand?: boolean } };
  if (property.shorthand) property.shorthand = false;
  if (property.extra?.shorthand) property.extra.shorthand = false;
}

function insertAfterHoisting(declaration: Node, statement: Statement, parents: Map<Node, Parent>): void {
  const body = (parents.get(declaration)?.node as { body?: Statement[] } | undefined)?.body;
  if (!Array.isArray(body)) return;
  const place = declaration.type === "ClassDeclaration" ? body.indexOf(declaration) + 1 : 0;
  body.splice(place, 0, statement);
}

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

const isCaptured = (reference: Reference, owner: Activation): boolean => reference.activation !== owner;

function declarationEnd(variable: Variable): number {
  if (variable.kind === "param" || variable.kind === "function" || variable.kind === "catch") return 0;
  return position(variable.declaration, "end", Infinity);
}

function capturedEarly(variable: Variable, owner: Activation, scopes: Scopes): boolean {
  const end = declarationEnd(variable);
  return variable.references.some((reference) => isCaptured(reference, owner) && captureStart(reference, owner, scopes) < end);
}

/** A `let` of one clause that another clause of the same switch uses: whether it is initialised depends on where the switch was entered. */
function sharesSwitch(variable: Variable): boolean {
  const { node } = variable.scope;
  if (node.type !== "SwitchStatement" || variable.kind === "function") return false;
  const clauseOf = (at: number): number => node.cases.findIndex((clause) => (clause.start ?? 0) <= at && at < (clause.end ?? 0));
  const own = clauseOf(position(variable.declaration, "start", 0));
  return variable.references.some((reference) => clauseOf(position(reference.node, "start", 0)) !== own);
}

/** A box is needed if a closure and the resume body would disagree about an assignment. */
function needsBox(variable: Variable, owner: Activation, resumeStart: number, early: boolean, scopes: Scopes, parents: Map<Node, Parent>): boolean {
  if (sharesSwitch(variable) && position(variable.scope.node, "end", Infinity) > resumeStart) return true;
  const captures = variable.references.filter((reference) => isCaptured(reference, owner));
  if (captures.length === 0 || isEffectivelyConstant(variable, early, parents)) return false;
  return variable.references.some((reference) => {
    if (!isCaptured(reference, owner)) return position(reference.node, "end", Infinity) > resumeStart;
    const captor = captorOf(reference, owner);
    const hoisted = captor.type === "FunctionDeclaration" && scopes.scopeOf.get(captor)?.parent?.node === owner.node;
    return !hoisted && position(captor, "end", Infinity) > resumeStart;
  });
}

function isEffectivelyConstant(variable: Variable, early: boolean, parents: Map<Node, Parent>): boolean {
  const writes = variable.references.filter((reference) => reference.write);
  if (writes.length > 1) return false;
  const [write] = writes;
  if (write === undefined) return true;
  if (early || !write.initial) return false;
  return variable.kind !== "var" || !isInLoop(write.node, parents);
}

function isInLoop(node: Node, parents: Map<Node, Parent>): boolean {
  for (let at: Node | undefined = node; at !== undefined && !isFunction(at); at = parents.get(at)?.node) if (LOOPS.has(at.type)) return true;
  return false;
}

/**
 * The resume body declares `let`s ahead of their statements, so what was in the temporal dead zone would read `undefined` there:
 *   x; let x = 1   →   $.tdz("x"); let x = 1
 */
function keepDeadZones(variable: Variable, owner: Activation, parents: Map<Node, Parent>): void {
  if (variable.kind !== "let" && variable.kind !== "const" && variable.kind !== "class") return;
  for (const reference of variable.references) {
    if (reference.initial || reference.node.type !== "Identifier") continue;
    if (isCaptured(reference, owner) || !isDead(reference, variable, parents)) {
      if (reference.write && variable.kind === "const") forbidAssignment(reference);
      continue;
    }
    substitute(reference, reference.write ? b.member(b.runtime("tdz", b.string(variable.name)), "value") : b.runtime("tdz", b.string(variable.name)));
  }
}

/** A class's name can't be assigned inside it; a resume body beside the class would see the name outside, which can. */
function keepClassName(variable: Variable, functions: FunctionNode[], scopes: Scopes): void {
  const compiled = new Set<Activation | undefined>(functions.map((fn) => scopes.activationOf.get(fn)));
  for (const reference of variable.references) {
    if (reference.write && !reference.initial && compiled.has(reference.activation)) forbidAssignment(reference);
  }
}

/** A function expression's own name can't be assigned: an error in strict code, nothing at all in sloppy code. */
function keepOwnName(variable: Variable, owner: Activation): void {
  for (const reference of variable.references) {
    if (!reference.write || reference.initial) continue;
    if (owner.strict) forbidAssignment(reference);
    else substitute(reference, b.member(b.runtime("ignored"), "value"));
  }
}

const isDead = (reference: Reference, variable: Variable, parents: Map<Node, Parent>): boolean => {
  const at = position(reference.node, "start", Infinity);
  const declaration = variable.declaration;
  if (declaration.type === "ClassDeclaration") return at < position(declaration, "start", 0);
  const target = declaration.type === "VariableDeclarator" ? declaration : null;
  if (target === null) return false;
  const isLoopHead = parents.get(parents.get(target)?.node as Node)?.key === "left";
  if (isLoopHead) return false;
  if (at < position(target.id, "start", 0)) return true;
  return target.init != null && target.id.type === "Identifier" && at >= position(target.init, "start", Infinity) && at < position(target.init, "end", 0);
};

/** `x = 1` for a constant x → `$.constant("x").value = 1`, which throws as the engine does: the resume body's copy is a `let`. */
function forbidAssignment(reference: Reference): void {
  substitute(reference, b.member(b.runtime("constant", b.string(reference.node.name)), "value"));
}

function substitute(reference: Reference, replacement: Node): void {
  unshorthand(reference);
  replaceChild(reference.parent, reference.key, reference.node, b.at(replacement, reference.node));
}

function box(variable: Variable, early: boolean, bindings: Bindings, parents: Map<Node, Parent>, names: Names, scopes: Scopes): void {
  bindings.boxed.add(variable);
  const isShared = sharesSwitch(variable);
  const checked = (early || isShared) && (variable.kind === "let" || variable.kind === "const" || variable.kind === "class");
  const owner = variable.activation;
  if (variable.kind === "param") return boxParam(variable, bindings, scopes);
  const place = parents.get(variable.declaration);
  const holder = variable.declaration.type === "VariableDeclarator" ? (place?.node as Node) : variable.declaration;
  const loop = parents.get(holder);
  if (loop?.node.type === "ForStatement" && loop.key === "init" && variable.kind !== "var") return boxLoopVariable(variable, loop.node, names, scopes, bindings);
  const inHead = (loop?.node.type === "ForOfStatement" || loop?.node.type === "ForInStatement") && loop.key === "left" && variable.kind !== "var";
  for (const reference of variable.references) {
    if (variable.kind === "const" && reference.write && !reference.initial) {
      forbidAssignment(reference);
      continue;
    }
    if (reference.initial && (inHead || variable.kind === "catch" || variable.kind === "function" || variable.kind === "class")) continue;
    boxReference(reference, variable.name, checked && !reference.initial && (isShared || isCaptured(reference, owner) || isDead(reference, variable, parents)), parents, scopes, bindings);
  }
  if (inHead && early) {
    const body = unrollHead(loop.node as Extract<Node, { type: "ForOfStatement" }>, names);
    body.unshift(b.declare("const", variable.name, checked ? b.runtime("box") : newBox(b.id("undefined"))));
    for (const reference of variable.references) if (reference.initial) boxReference(reference, variable.name, false, parents, scopes, bindings);
    return;
  }
  if (inHead) return boxIterationVariable(variable, loop.node as Extract<Node, { type: "ForOfStatement" }>, names);
  if (variable.kind === "catch") return boxCatch(variable, names);
  declareBox(variable, checked, parents);
}

function boxReference(reference: Reference, name: string, checked: boolean, parents: Map<Node, Parent>, scopes: Scopes, bindings: Bindings): void {
  if (reference.node.type === "JSXIdentifier") {
    const jsx = { type: "JSXMemberExpression", object: { ...reference.node }, property: { type: "JSXIdentifier", name: "value" } } as unknown as Node;
    return replaceChild(reference.parent, reference.key, reference.node, jsx);
  }
  const box = b.id(name);
  scopes.variableOf.set(box, scopes.variableOf.get(reference.node) as Variable);
  const holder = checked ? b.runtime("ready", box, b.string(name)) : box;
  const parent = reference.parent;
  const replacement = b.member(b.at(holder, reference.node), "value");
  bindings.boxReferences.add(replacement);
  unshorthand(reference);
  b.at(replacement, reference.node);
  keepFunctionName(reference);
  // `f()` with f in a box must not get the box as `this`: (0, f.value)()
  const isCallee = reference.key === "callee" && parent.type !== "NewExpression" || reference.key === "tag";
  replaceChild(parent, reference.key, reference.node, isCallee ? b.sequence([b.number(0), replacement]) : replacement);
  parents.set(replacement, { node: parent, key: reference.key });
}

/** `f = () => {}` names the function f; `f.value = () => {}` would not. */
function keepFunctionName({ parent, key, node }: Reference): void {
  if (key !== "left" || (parent.type !== "AssignmentExpression" && parent.type !== "AssignmentPattern")) return;
  if (isAnonymous(parent.right)) parent.right = withName(node.name, parent.right);
}

function boxParam(variable: Variable, bindings: Bindings, scopes: Scopes): void {
  const fn = variable.activation.node as FunctionNode;
  const inParams = (reference: Reference): boolean => fn.params.some((param) => (param.start ?? 0) <= (reference.node.start ?? 0) && (reference.node.end ?? 0) <= (param.end ?? -1));
  for (const reference of variable.references) {
    if (reference.initial && inParams(reference)) continue;
    if (inParams(reference)) bindings.loweredParams.add(fn);
    boxReference(reference, variable.name, false, new Map(), scopes, bindings);
  }
  bindings.boxedParams.set(fn, [...(bindings.boxedParams.get(fn) ?? []), variable.name]);
}

/**
 *   for (let i = 0; i < 3; i++) { … () => i … }
 *   for (let each = { value: 0 }; each.value < 3; each = { value: each.value }, each.value++) { const i = each; … () => i.value … }
 * Each iteration has a box of its own that starts with the value of the one before (ECMA-262 CreatePerIterationEnvironment).
 */
function boxLoopVariable(variable: Variable, loop: Extract<Node, { type: "ForStatement" }>, names: Names, scopes: Scopes, bindings: Bindings): void {
  const each = names.fresh(variable.name);
  const inBody = (node: Node): boolean => (loop.body.start ?? 0) <= (node.start ?? 0) && (node.end ?? 0) <= (loop.body.end ?? -1);
  for (const reference of variable.references) {
    if (!reference.initial) boxReference(reference, inBody(reference.node) ? variable.name : each, false, new Map(), scopes, bindings);
  }
  startEach(variable, loop.init as Extract<Node, { type: "VariableDeclaration" }>, each, names);
  const advance = b.assign(b.id(each), newBox(b.member(b.id(each), "value")));
  loop.update = loop.update ? b.sequence([advance, loop.update]) : advance;
  prepend(loop, b.declare("const", variable.name, b.id(each)));
}

/** `let i = 0` → `let each = { value: 0 }`;  `let [i, j] = list` → `let [first, j] = list, each = { value: first }` */
function startEach(variable: Variable, init: Extract<Node, { type: "VariableDeclaration" }>, each: string, names: Names): void {
  const declarator = variable.declaration as (typeof init)["declarations"][number];
  if (declarator.id.type === "Identifier") {
    declarator.init = newBox(declarator.init ? withName(variable.name, declarator.init) : b.id("undefined"));
    declarator.id = b.id(each);
    return;
  }
  const first = names.fresh(variable.name);
  for (const reference of variable.references) if (reference.initial) rename(reference, first);
  const at = init.declarations.indexOf(declarator) + 1;
  init.declarations.splice(at, 0, b.declare("let", each, newBox(b.id(first))).declarations[0] as typeof declarator);
}

/** `for (let x of list) { x++; … () => x … }` → `for (let item of list) { const x = { value: item }; … }` */
function boxIterationVariable(variable: Variable, loop: Extract<Node, { type: "ForOfStatement" | "ForInStatement" }>, names: Names): void {
  const item = names.fresh(variable.name);
  eachTarget((loop.left as Extract<Node, { type: "VariableDeclaration" }>).declarations[0]?.id as Node, (target) => {
    if (target.name !== variable.name) return;
    for (const reference of variable.references) if (reference.node === target) rename(reference, item);
  });
  prepend(loop, b.declare("const", variable.name, newBox(b.id(item))));
}

/** `for (let [x, f = () => x] of list) …` → `for (const item of list) { let [x, f = () => x] = item; … }` */
function unrollHead(loop: Extract<Node, { type: "ForOfStatement" | "ForInStatement" }>, names: Names): Statement[] {
  const declaration = loop.left as Extract<Node, { type: "VariableDeclaration" }>;
  const item = names.fresh("item");
  const [declarator] = declaration.declarations;
  loop.left = b.declare("const", item, null);
  loop.body = b.block([{ ...declaration, declarations: [{ ...declarator, init: b.id(item) } as never] }, loop.body]);
  return loop.body.body;
}

function boxCatch(variable: Variable, names: Names): void {
  const clause = variable.declaration as Extract<Node, { type: "CatchClause" }>;
  const caught = names.fresh(variable.name);
  for (const reference of variable.references) if (reference.initial) rename(reference, caught);
  clause.body.body.unshift(b.declare("const", variable.name, newBox(b.id(caught))));
}

const newBox = (value: Parameters<typeof b.property>[1]): Parameters<typeof b.property>[1] => b.object([b.property("value", value)]);

function prepend(loop: { body: Statement }, statement: Statement): void {
  if (loop.body.type !== "BlockStatement") loop.body = b.block([loop.body]);
  loop.body.body.unshift(statement);
}

/** Makes the box where the variable's scope begins, or where it is declared if nothing needs it earlier. */
function declareBox(variable: Variable, checked: boolean, parents: Map<Node, Parent>): void {
  const { declaration, kind, name } = variable;
  if (kind === "function") return boxFunction(variable, parents);
  if (kind === "class") boxClass(variable, parents);
  const initial = checked ? b.runtime("box") : newBox(b.id("undefined"));
  const late = !checked && kind !== "var" && kind !== "class" && declaration.type === "VariableDeclarator";
  const id = declaration.type === "VariableDeclarator" ? (declaration.id as Node) : null;
  if (late && id?.type === "MemberExpression" && id.object.type === "Identifier") {
    // let n = 0 → const n = { value: 0 }
    declaration.id = b.at(b.id(name), id);
    declaration.init = newBox(declaration.init ? withName(name, declaration.init) : b.id("undefined"));
    return;
  }
  scopeBody(variable, parents).unshift(b.declare("const", name, initial));
}

/** `class C {}` → `C.value = class C {}` */
function boxClass(variable: Variable, parents: Map<Node, Parent>): void {
  const declaration = variable.declaration as Extract<Node, { type: "ClassDeclaration" }>;
  const place = parents.get(declaration) as Parent;
  const expression = { ...declaration, type: "ClassExpression" } as unknown as Parameters<typeof b.assign>[1];
  replaceChild(place.node, place.key, declaration, b.at(b.statement(b.assign(b.member(b.id(variable.name), "value"), expression)), declaration));
}

/** `function f() {}` → `const f = { value: { f: function () {} }.f }`: named f, but without a binding f of its own in the way. */
function boxFunction(variable: Variable, parents: Map<Node, Parent>): void {
  const declaration = variable.declaration as Extract<Node, { type: "FunctionDeclaration" }>;
  const place = parents.get(declaration) as Parent;
  const body = place.node as { body?: Statement[]; consequent?: Statement[] };
  const list = (Array.isArray(body.body) ? body.body : body.consequent) as Statement[];
  const named = b.member(b.object([b.property(variable.name, b.at(b.functionExpression(null, declaration), declaration))]), variable.name);
  list.splice(list.indexOf(declaration), 1);
  scopeBody(variable, parents).unshift(b.declare("const", variable.name, newBox(named)));
}

/** The statements of the block that a variable belongs to; a `switch` gets a block around it. */
function scopeBody(variable: Variable, parents: Map<Node, Parent>): Statement[] {
  const node = variable.kind === "var" ? variable.activation.node : variable.scope.node;
  if (isFunction(node)) return bodyOf(node);
  if (node.type === "SwitchStatement") {
    const place = parents.get(node) as Parent;
    const wrapper = b.block([node]);
    replaceChild(place.node, place.key, node, wrapper);
    parents.set(wrapper, place);
    parents.set(node, { node: wrapper, key: "body" });
    return wrapper.body;
  }
  return (node as { body: Statement[] }).body;
}

function bodyOf(fn: FunctionNode): Statement[] {
  if (fn.body.type !== "BlockStatement") fn.body = b.block([b.at(b.ret(fn.body), fn.body)]);
  return fn.body.body;
}
