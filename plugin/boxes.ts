/**
 * boxes — variables that a closure and the resume body must share live in an object of their own.
 *
 *   In     let n = 0; const add = () => n++;
 *   Out    const n = { value: 0 }; const add = () => n.value++;
 *   Keeps  where the variable begins to exist; a fresh one for each iteration; the names of functions
 */
import type { Expression, Node, Statement } from "@babel/types";
import { forbidAssignment, isKilled, killReference } from "./dead-zones.ts";
import { isCaptured } from "./scope.ts";
import { keepFunctionName, rename, unshorthand } from "./renames.ts";
import { sharesSwitch, type Bindings } from "./bindings.ts";
import { isWithin, type Parent } from "./places.ts";
import * as b from "./emit/build.ts";
import type { Names } from "./names.ts";
import { eachTarget } from "./patterns.ts";
import type { Reference, Scopes, Variable } from "./scope.ts";
import { boxLoopVariable } from "./loop-boxes.ts";
import { withName } from "./settle.ts";
import { isFunction, replaceChild, type FunctionNode } from "./walk.ts";

/** Moves a variable into a box, in place. `early`: a closure over it comes to be before its declaration. */
export function box(
  variable: Variable,
  early: boolean,
  bindings: Bindings,
  parents: Map<Node, Parent>,
  names: Names,
  scopes: Scopes,
): void {
  bindings.boxed.add(variable);
  const isShared = sharesSwitch(variable);
  const checked =
    (early || isShared) && (variable.kind === "let" || variable.kind === "const" || variable.kind === "class");
  const owner = variable.activation;
  if (variable.kind === "param") return boxParam(variable, bindings, scopes, parents);
  const place = parents.get(variable.declaration);
  const holder = variable.declaration.type === "VariableDeclarator" ? (place?.node as Node) : variable.declaration;
  const loop = parents.get(holder);
  if (loop?.node.type === "ForStatement" && loop.key === "init" && variable.kind !== "var")
    return boxLoopVariable(variable, loop.node, { names, scopes, bindings, parents });
  const inHead =
    (loop?.node.type === "ForOfStatement" || loop?.node.type === "ForInStatement") &&
    loop.key === "left" &&
    variable.kind !== "var";
  if (isUsing(holder)) useThenBox(variable, holder, parents, names);
  for (const reference of variable.references) {
    if (!reference.initial && isKilled(reference, variable, parents)) {
      killReference(reference, variable);
      continue;
    }
    if (variable.kind === "const" && reference.write && !reference.initial) {
      for (const read of forbidAssignment(reference))
        boxReference(read, variable.name, checked, parents, scopes, bindings);
      continue;
    }
    if (
      reference.initial &&
      (inHead || isUsing(holder) || variable.kind === "catch" || DECLARED.has(reference.parent.type))
    )
      continue;
    boxReference(
      reference,
      variable.name,
      checked && !reference.initial && (isShared || isCaptured(reference, owner)),
      parents,
      scopes,
      bindings,
    );
  }
  if (inHead && early) {
    const body = unrollHead(loop.node as Extract<Node, { type: "ForOfStatement" }>, names);
    body.unshift(declaredBox(variable.name, checked ? b.runtime("box") : newBox(b.id("undefined"))));
    for (const reference of variable.references)
      if (reference.initial) boxReference(reference, variable.name, false, parents, scopes, bindings);
    return;
  }
  if (inHead) return boxIterationVariable(variable, loop.node as Extract<Node, { type: "ForOfStatement" }>, names);
  if (variable.kind === "catch") return boxCatch(variable, names);
  declareBox(variable, checked, bindings, parents);
}

function boxReference(
  reference: Reference,
  name: string,
  checked: boolean,
  parents: Map<Node, Parent>,
  scopes: Scopes,
  bindings: Bindings,
): void {
  if (reference.node.type === "JSXIdentifier") {
    const jsx = {
      type: "JSXMemberExpression",
      object: { ...reference.node },
      property: { type: "JSXIdentifier", name: "value" },
    } as unknown as Node;
    return replaceChild(reference.parent, reference.key, reference.node, jsx);
  }
  const box = b.id(name);
  if (name !== reference.node.name) bindings.aliases.set(reference.node, name);
  scopes.variableOf.set(box, scopes.variableOf.get(reference.node) as Variable);
  const holder = checked ? b.runtime("ready", box, b.string(name)) : box;
  const parent = reference.parent;
  const replacement = b.member(b.at(holder, reference.node), "value");
  bindings.boxReferences.add(replacement);
  unshorthand(reference);
  b.at(replacement, reference.node);
  keepFunctionName(reference);
  // `f()` with f in a box must not get the box as `this`: (0, f.value)()
  const isCallee = (reference.key === "callee" && parent.type !== "NewExpression") || reference.key === "tag";
  replaceChild(parent, reference.key, reference.node, isCallee ? b.sequence([b.number(0), replacement]) : replacement);
  parents.set(replacement, { node: parent, key: reference.key });
}

const DECLARED = new Set(["FunctionDeclaration", "ClassDeclaration"]);

const isUsing = (holder: Node): boolean =>
  holder.type === "VariableDeclaration" && (holder.kind === "using" || holder.kind === "await using");

/** `using file = open();` → `using file2 = open(); file.value = file2;` */
function useThenBox(variable: Variable, holder: Node, parents: Map<Node, Parent>, names: Names): void {
  if (parents.get(holder)?.key === "left") return;
  const resource = names.fresh(variable.name);
  for (const reference of variable.references) if (reference.initial) rename(reference, resource);
  const { body: list } = (parents.get(holder) as Parent).node as Node & { body: Statement[] };
  const target = b.member(b.id(variable.name), "value");
  list.splice(list.indexOf(holder as Statement) + 1, 0, b.statement(b.assign(target, b.id(resource))));
}

/** What boxing a variable works with. */
export interface Boxing {
  names: Names;
  scopes: Scopes;
  bindings: Bindings;
  parents: Map<Node, Parent>;
}

export type ForLoop = Extract<Node, { type: "ForStatement" }>;
export type Declaration = Extract<Node, { type: "VariableDeclaration" }>;

/** A use of a variable in a box; a constant's assignment reads it at most. */
export function boxUse(reference: Reference, name: string, checked: boolean, variable: Variable, boxing: Boxing): void {
  const { parents, scopes, bindings } = boxing;
  const isForbidden = variable.kind === "const" && reference.write && !reference.initial;
  for (const one of isForbidden ? forbidAssignment(reference) : [reference])
    boxReference(one, name, checked, parents, scopes, bindings);
}

function boxParam(variable: Variable, bindings: Bindings, scopes: Scopes, parents: Map<Node, Parent>): void {
  const fn = variable.activation.node as FunctionNode;
  const inParams = ({ node }: Reference): boolean => fn.params.some((param) => isWithin(node, param));
  const isUsedThere = variable.references.some((reference) => !reference.initial && inParams(reference));
  const isInPattern = !fn.params.some((param) => isNamed(param, variable.name));
  if (isUsedThere) bindings.loweredParams.add(fn);
  const isEarly = bindings.late.has(variable) || (isUsedThere && isInPattern);
  // What parameters make may be called before this one has its value.
  const isChecked = (reference: Reference): boolean =>
    bindings.late.has(variable) && isCaptured(reference, variable.activation) && inParams(reference);
  const lists = isEarly ? bindings.boxedInPatterns : bindings.boxedParams;
  for (const reference of variable.references) {
    if (reference.initial && inParams(reference) && lists === bindings.boxedParams) continue;
    if (!reference.initial && isKilled(reference, variable, parents)) killReference(reference, variable);
    else boxReference(reference, variable.name, isChecked(reference), new Map(), scopes, bindings);
  }
  lists.set(fn, [...(lists.get(fn) ?? []), variable.name]);
}

/** A parameter that is a name, with or without a default. */
function isNamed(param: Node, name: string): boolean {
  if (param.type === "TSParameterProperty") return isNamed(param.parameter, name);
  if (param.type === "AssignmentPattern") return isNamed(param.left, name);
  if (param.type === "RestElement") return isNamed(param.argument, name);
  return param.type === "Identifier" && param.name === name;
}

/** `for (let x of list) { x++; … () => x … }` → `for (let item of list) { const x = { value: item }; … }` */
function boxIterationVariable(
  variable: Variable,
  loop: Extract<Node, { type: "ForOfStatement" | "ForInStatement" }>,
  names: Names,
): void {
  const item = names.fresh(variable.name);
  eachTarget((loop.left as Extract<Node, { type: "VariableDeclaration" }>).declarations[0]?.id as Node, (target) => {
    if (target.name !== variable.name) return;
    for (const reference of variable.references) if (reference.node === target) rename(reference, item);
  });
  prepend(loop, declaredBox(variable.name, newBox(b.id(item))));
}

/** `for (let [x, f = () => x] of list) …` → `for (const item of list) { let [x, f = () => x] = item; … }` */
function unrollHead(loop: Extract<Node, { type: "ForOfStatement" | "ForInStatement" }>, names: Names): Statement[] {
  const declaration = loop.left as Extract<Node, { type: "VariableDeclaration" }>;
  const item = names.fresh("item");
  // The declarator itself: references know it as their parent.
  for (const declarator of declaration.declarations) declarator.init = b.id(item);
  loop.left = b.declare("const", item, null);
  loop.body = b.block([declaration, loop.body]);
  return loop.body.body;
}

function boxCatch(variable: Variable, names: Names): void {
  const clause = variable.declaration as Extract<Node, { type: "CatchClause" }>;
  const caught = names.fresh(variable.name);
  for (const reference of variable.references) if (reference.initial) rename(reference, caught);
  clause.body.body.unshift(declaredBox(variable.name, newBox(b.id(caught))));
}

export const newBox = (value: Parameters<typeof b.property>[1]): Parameters<typeof b.property>[1] =>
  b.object([b.property("value", value)]);

export function prepend(loop: { body: Statement }, statement: Statement): void {
  if (loop.body.type !== "BlockStatement") loop.body = b.block([loop.body]);
  loop.body.body.unshift(statement);
}

/** Makes the box where the variable's scope begins, or where it is declared if nothing needs it earlier. */
function declareBox(variable: Variable, checked: boolean, bindings: Bindings, parents: Map<Node, Parent>): void {
  const { declaration, kind, name } = variable;
  if (kind === "function") return boxFunction(variable, bindings, parents);
  if (kind === "class") boxClass(variable, parents);
  const initial = checked ? b.runtime("box") : newBox(b.id("undefined"));
  const late = !checked && kind !== "var" && kind !== "class" && declaration.type === "VariableDeclarator";
  const id = declaration.type === "VariableDeclarator" ? (declaration.id as Node) : null;
  if (late && id?.type === "MemberExpression" && id.object.type === "Identifier") {
    // let n = 0 → const n = { value: 0 };  let n!: number → const n = { value: undefined }
    declaration.id = b.at(b.id(name), id);
    declaration.definite = false;
    declaration.init = newBox(declaration.init ? withName(name, declaration.init) : b.id("undefined"));
    return;
  }
  scopeBody(variable, parents).unshift(declaredBox(name, initial as Expression));
}

/** `class C {}` → `C.value = class C {}` */
function boxClass(variable: Variable, parents: Map<Node, Parent>): void {
  const declaration = variable.declaration as Extract<Node, { type: "ClassDeclaration" }>;
  const place = parents.get(declaration) as Parent;
  const expression = { ...declaration, type: "ClassExpression" } as unknown as Parameters<typeof b.assign>[1];
  replaceChild(
    place.node,
    place.key,
    declaration,
    b.at(b.statement(b.assign(b.member(b.id(variable.name), "value"), expression)), declaration),
  );
}

/**
 * `function f() {}` → `const f = { value: undefined }; f.value = { f: function () {} }.f;`, at the beginning of its block: named f, but
 * without a binding f of its own in the way.
 */
function boxFunction(variable: Variable, { sourceNames }: Bindings, parents: Map<Node, Parent>): void {
  const declaration = variable.declaration as Extract<Node, { type: "FunctionDeclaration" }>;
  const place = parents.get(declaration) as Parent;
  const body = place.node as { body?: Statement[]; consequent?: Statement[] };
  const list = (Array.isArray(body.body) ? body.body : body.consequent) as Statement[];
  list.splice(list.indexOf(declaration), 1);
  for (const { initial, parent } of variable.references)
    if (initial && parent.type === "FunctionDeclaration") removeStatement(parent, parents);
  // The node itself, because it is known by now: its suspension points, its place among the functions to compile.
  const expression = Object.assign(declaration, { type: "FunctionExpression", id: null }) as unknown as Expression;
  const name = sourceNames.get(variable) ?? variable.name;
  const property = b.property(name, expression);
  parents.set(expression, { node: property, key: "value" }).set(property, place);
  const named = b.member(b.object([property]), name);
  const outer = scopeBody(variable, parents);
  outer.unshift(declaredBox(variable.name, newBox(b.id("undefined")) as Expression));
  // Functions may capture each other: their boxes come first, all of them.
  const boxes = outer.findIndex((statement) => !isBoxDeclaration(statement));
  const assignment = b.statement(b.assign(b.member(b.id(variable.name), "value"), named));
  outer.splice(boxes < 0 ? outer.length : boxes, 0, assignment);
}

/** Another function of the same name: what it declares is never seen. */
function removeStatement(node: Node, parents: Map<Node, Parent>): void {
  const place = parents.get(node) as Parent;
  const list = (place.node as unknown as Record<string, Node[]>)[place.key] as Node[];
  const at = list.indexOf(node);
  if (at >= 0) list.splice(at, 1);
}

/** The declarations of boxes at the beginning of a block. */
const boxDeclarations = new WeakSet<Statement>();

export const isBoxDeclaration = (statement: Statement): boolean => boxDeclarations.has(statement);

/** `const n = { value: undefined };` */
export function declaredBox(name: string, initial: Expression): Statement {
  const declaration = b.declare("const", name, initial);
  boxDeclarations.add(declaration);
  return declaration;
}

/** The statements of the block that a variable belongs to; a `switch` gets a block around it. */
function scopeBody(variable: Variable, parents: Map<Node, Parent>): Statement[] {
  const node = variable.kind === "var" ? variable.activation.node : variable.scope.node;
  if (isFunction(node)) return bodyOf(node);
  if (node.type === "SwitchStatement") {
    const place = parents.get(node) as Parent;
    // The block that another variable of this switch was put in.
    if (place.node.type === "BlockStatement" && !place.node.loc) return place.node.body;
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
