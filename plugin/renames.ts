/**
 * renames — a variable whose name means something else around it gets a name of its own.
 *
 *   In     let n = 1; { let n = 2; pause(n); }
 *   Out    let n = 1; { let n2 = 2; pause(n2); }
 *   Keeps  what functions and classes are called, shorthand properties, what a `var` in a `catch` declares
 *
 * The resume body declares its copies ahead of everything: afterwards a name is enough to tell variables apart.
 */
import type { ClassDeclaration, Expression, Identifier, Node, Statement } from "@babel/types";
import * as b from "./emit/build.ts";
import type { Names } from "./names.ts";
import type { Parent } from "./places.ts";
import type { Activation, Reference, Scope, Scopes, Variable } from "./scope.ts";
import { withName } from "./settle.ts";
import { copy, replaceChild } from "./walk.ts";

/** Those of a function's own names that it also takes from outside: a variable of a scope around it, mentioned inside. */
export function freeNames(scopes: Scopes, activation: Activation, own: Variable[]): Set<string> {
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
export function separate(
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
  if (declarator.type !== "VariableDeclarator" || key !== "id") return;
  let outer = scope.parent;
  while (outer !== null && outer.names.get(name) === undefined) outer = outer.parent;
  if (!declarator.init) return partFromHead(reference, outer?.names.get(name), parents);
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

/** catch (e) { for (var e of list) {} }   →   catch (e2) { for (e2 of list) { var e; } } */
function partFromHead(reference: Reference, outer: Variable | undefined, parents: Map<Node, Parent>): void {
  const { node, parent, activation } = reference;
  const loop = parents.get(parents.get(parent)?.node as Node)?.node;
  if (loop?.type !== "ForOfStatement" && loop?.type !== "ForInStatement") return;
  const own = b.id((node as Identifier).name) as Identifier;
  const declaration = b.declareAll("var", [[own, null]]);
  const declarator = declaration.declarations[0] as Node;
  outer?.references.push({
    node: own,
    parent: declarator,
    key: "id",
    activation,
    write: false,
    initial: true,
  });
  loop.left = node as never;
  loop.body = b.block([declaration, loop.body]);
  parents.set(node, { node: loop, key: "left" }).set(own, { node: declarator, key: "id" });
  parents
    .set(declarator, { node: declaration, key: "declarations" })
    .set(declaration, { node: loop.body, key: "body" });
  Object.assign(reference, { parent: loop, key: "left", initial: false });
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
export function giveName({ declaration, name }: Variable, sourceName: string, parents: Map<Node, Parent>): void {
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
