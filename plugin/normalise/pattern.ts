/**
 * pattern — destructuring with a suspension point inside.
 *
 *   In     const { a, b = f(), ...rest } = o
 *   Out    const a = o.a;  let value = o.b;  if (value === undefined) { result = f(); value = result; }  const b = value;
 *          const rest = $.rest(o, ["a", "b"])
 *   Keeps  the order of reads, defaults and writes; array patterns take from the iterator one by one and close it (ECMA-262 §8.6.2, §13.15.5)
 */
import type { ArrayPattern, Expression, LVal, Node, ObjectPattern } from "@babel/types";
import * as b from "../emit/build.ts";
import { reuse } from "./call.ts";
import { reference, stripped, value } from "./expression.ts";
import type { Normaliser } from "./normaliser.ts";
import { protect } from "./protect.ts";
import { unnamed, withName } from "../settle.ts";

export type DeclarationKind = "let" | "const" | "var" | null;

/** Assigns (or, with a kind, declares) what a pattern takes from a value that has a name. */
export function assignPattern(n: Normaliser, target: Node, whole: Expression, kind: DeclarationKind): void {
  if (target.type === "ObjectPattern") return objectPattern(n, target, whole, kind);
  if (target.type === "ArrayPattern") return arrayPattern(n, target, whole, kind);
  write(n, target as LVal, whole, kind);
}

function write(n: Normaliser, target: LVal, from: Expression, kind: DeclarationKind): void {
  if (kind === null || target.type !== "Identifier") n.add(b.statement(b.assign(target, from)));
  else n.add(b.declareAll(kind === "const" ? "const" : kind, [[target, from]]));
}

function objectPattern(n: Normaliser, pattern: ObjectPattern, whole: Expression, kind: DeclarationKind): void {
  n.add(b.statement(b.runtime("object", reuse(whole))));
  const keys: Expression[] = [];
  for (const property of pattern.properties) {
    if (property.type === "RestElement") {
      const target = refer(n, property.argument as LVal, kind);
      write(n, target, b.runtime("rest", reuse(whole), b.array(keys.map(reuse))), kind);
      continue;
    }
    let key = property.key as Expression;
    if (property.computed) key = n.temporary("key", b.runtime("key", value(n, key)));
    else if (key.type === "Identifier") key = b.string(key.name);
    keys.push(key);
    element(n, property.value as Node, kind, () => b.index(reuse(whole), reuse(key)));
  }
}

/** One element: the target's reference first, then the value, then its default, then the write. */
function element(n: Normaliser, part: Node, kind: DeclarationKind, read: () => Expression): void {
  const [target, fallback] = part.type === "AssignmentPattern" ? [part.left, part.right] : [part, null];
  const place = refer(n, target as LVal, kind);
  const isPattern = place.type === "ObjectPattern" || place.type === "ArrayPattern";
  if (fallback === null && !isPattern) return write(n, place, read(), kind);
  const name = n.session.names.fresh("value");
  n.add(b.declare("let", name, read()));
  if (fallback !== null) withDefault(n, name, place, fallback);
  if (isPattern) assignPattern(n, place, b.id(name), kind);
  else write(n, place, b.id(name), kind);
}

/** `if (value === undefined) { value = <default> }` */
export function withDefault(n: Normaliser, name: string, place: Node, fallback: Expression): void {
  const consequent = n.list(() => {
    const left = value(n, fallback);
    n.add(b.statement(b.assign(b.id(name), place.type === "Identifier" ? withName(place.name, left) : unnamed(left))));
  });
  n.out.push({ kind: "if", test: b.binary("===", b.id(name), b.nothing()), consequent, alternate: [], origin: null });
}

function refer(n: Normaliser, target: LVal, kind: DeclarationKind): LVal {
  if (kind !== null) return target;
  const node = stripped(target) as LVal;
  return node.type === "MemberExpression" ? reference(n, node, [node]) : node;
}

/** Elements that are names alone: nothing happens between taking one and the next. */
export function isSimple(pattern: Node): boolean {
  if (pattern.type !== "ArrayPattern") return false;
  return pattern.elements.every(
    (part) =>
      part === null ||
      part.type === "Identifier" ||
      (part.type === "RestElement" && part.argument.type === "Identifier"),
  );
}

function arrayPattern(n: Normaliser, pattern: ArrayPattern, whole: Expression, kind: DeclarationKind): void {
  if (isSimple(pattern)) {
    const hasRest = pattern.elements.at(-1)?.type === "RestElement";
    const count = hasRest ? b.id("Infinity") : b.number(pattern.elements.length);
    const taken = n.session.points.has(pattern) ? n.point(b.runtime("take", whole, count), pattern) : whole;
    if (kind === null) n.add(b.statement(b.assign(pattern, taken)));
    else n.add(b.declareAll(kind, [[pattern, taken]]));
    return;
  }
  if (kind !== null) declareTargets(n, pattern, kind === "var" ? "var" : "let");
  const items = n.temporary("items", n.point(b.runtime("iterate", reuse(whole)), pattern));
  protect(
    n,
    () => {
      for (const part of pattern.elements) arrayElement(n, part as Node | null, items.name);
    },
    (completion) => closeUnlessDone(n, items.name, completion, pattern),
  );
}

/** The names of a declared pattern, ahead of the protected region that assigns them. */
function declareTargets(n: Normaliser, pattern: Node, kind: "let" | "var"): void {
  const names: string[] = [];
  const go = (node: Node | null): void => {
    if (node === null) return;
    if (node.type === "Identifier") names.push(node.name);
    else if (node.type === "AssignmentPattern") go(node.left);
    else if (node.type === "RestElement") go(node.argument);
    else if (node.type === "ArrayPattern") node.elements.forEach((one) => go(one));
    else if (node.type === "ObjectPattern")
      node.properties.forEach((one) => go(one.type === "RestElement" ? one.argument : one.value));
  };
  go(pattern);
  for (const name of names) n.add(b.declare(kind, name, null));
}

function arrayElement(n: Normaliser, part: Node | null, items: string): void {
  if (part === null) return void n.point(b.call(b.member(b.id(items), "next"), []), b.id(items));
  if (part.type === "RestElement") {
    const place = refer(n, part.argument as LVal, null);
    const all = n.temporary("value", n.point(b.runtime("remaining", b.id(items)), part));
    return assignPattern(n, place, all, null);
  }
  const [target, fallback] = part.type === "AssignmentPattern" ? [part.left, part.right] : [part, null];
  const place = refer(n, target as LVal, null);
  n.point(b.call(b.member(b.id(items), "next"), []), part);
  const name = n.session.names.fresh("value");
  n.add(b.declare("let", name, b.member(b.id(items), "value")));
  if (fallback !== null) withDefault(n, name, place, fallback);
  assignPattern(n, place, b.id(name), null);
}

/** The finaliser of an iteration: whatever leaves it early closes the iterator. */
export function closeUnlessDone(n: Normaliser, items: string, completion: string, origin: Node): void {
  const close = n.list(
    () => void n.point(b.runtime("close", b.id(items), b.binary("===", b.id(completion), b.number(1))), origin),
  );
  n.out.push({
    kind: "if",
    test: b.not(b.member(b.id(items), "done")),
    consequent: close,
    alternate: [],
    origin: null,
  });
}
