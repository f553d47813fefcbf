/**
 * dead-zones — uses of a variable that throw: before it is initialised, or because it can't be assigned.
 *
 *   In     x; let x = 1; const y = 2; y = 3
 *   Out    $.tdz("x"); let x = 1; const y = 2; $.constant("y").value = 3
 *   Keeps  the engine's errors, and when each is thrown: a read's at once, a write's when its value is known
 */
import type { CallExpression, Expression, Node } from "@babel/types";
import * as b from "./emit/build.ts";
import type { CompiledIndex } from "./lift.ts";
import { position, type Parent } from "./places.ts";
import { unshorthand } from "./renames.ts";
import { isCaptured, type Activation, type Reference, type Variable } from "./scope.ts";
import { isFunction, replaceChild } from "./walk.ts";

/**
 * The resume body declares `let`s ahead of their statements, so what was in the temporal dead zone would read `undefined` there:
 *   x; let x = 1   →   $.tdz("x"); let x = 1
 */
export function keepDeadZones(variable: Variable, owner: Activation, parents: Map<Node, Parent>): void {
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
export function keepClassName(variable: Variable, compiled: CompiledIndex): void {
  for (const reference of variable.references) {
    if (reference.initial) continue;
    if (reference.activation === variable.activation && compiled.has(variable.activation.node))
      killReference(reference, variable);
    else if (reference.write) forbidAssignment(reference);
  }
}

/** A function expression's own name can't be assigned: an error in strict code, nothing at all in sloppy code. */
export function keepOwnName(variable: Variable): void {
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
