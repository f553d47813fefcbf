/**
 * classes — classes whose initialisers may switch, as classes that run them in functions.
 *
 *   In     class K { a = pause(); static b = pause(); }
 *   Out    let K = $.complete(class K {
 *            #initialise() { $.put(this, "a", pause()); }
 *            constructor() { this.#initialise(); }
 *            static { $.hand(() => { $.put(this, "b", pause()); }); }
 *          });
 *   Needs  which initialisers may switch, and whose parents
 *   Keeps  the order of everything: what stands before the first initialiser that may switch stays native, what follows it moves with it
 *          (ECMA-262 §15.7.14 ClassDefinitionEvaluation, §7.3.34 InitializeInstanceElements)
 */
import type { Node, Program } from "@babel/types";
import { parentsOf, type Parent } from "../places.ts";
import { constructorOf, hasParameterProperties, type Points } from "../points.ts";
import { eachChild, isClass, isField, isFunction, leavesActivation, walk, type ClassNode } from "../walk.ts";
import { spellOutConstructor } from "./constructors.ts";
import { moveInstanceFields } from "./instance.ts";
import { moveStatics } from "./statics.ts";
import { Names } from "../names.ts";

/** A field or a static block. */
export type Member = Extract<
  Node,
  { type: "ClassProperty" | "ClassPrivateProperty" | "ClassAccessorProperty" | "StaticBlock" }
>;

/** What the functions that rewrite one class share. */
export interface Rewriting {
  cls: ClassNode;
  parents: Map<Node, Parent>;
  /** Private names that no class of the file has. */
  privates: Names;
  /** Constructors whose first statement runs before their parameters are evaluated. */
  early: Set<Node>;
}

/** Rewrites the classes of a program in place. @returns false if there was nothing to do */
export function rewriteClasses(program: Program, points: Points, early: Set<Node>): boolean {
  if (points.initialisers.size + points.heirs.size === 0) return false;
  const parents = parentsOf(program);
  const privates = new Names(privateNames(program));
  let changed = false;
  const go = (node: Node): void => {
    eachChild(node, go);
    if (isClass(node) && rewriteClass({ cls: node, parents, privates, early }, points)) changed = true;
  };
  go(program);
  return changed;
}

function rewriteClass(rewriting: Rewriting, points: Points): boolean {
  const { cls, parents } = rewriting;
  const isHeir = points.heirs.has(cls);
  if (isHeir) spellOutConstructor(cls);
  const own = constructorOf(cls);
  if (isDecorated(cls) || (own && hasParameterProperties(own))) return isHeir;
  const instance = fromFirstSwitch(cls, false, points);
  if (instance.length > 0) {
    if (constructorOf(cls) === undefined) spellOutConstructor(cls);
    moveInstanceFields(rewriting, instance);
  }
  const statics = fromFirstSwitch(cls, true, points);
  const around = statics.length > 0 ? activationAround(cls, parents) : null;
  // An initialiser that defines such a class has to wait for it.
  if (around !== null && !isFunction(around.node)) points.initialisers.add(around.node);
  const moved = around !== null && canWait(around) && moveStatics(rewriting, statics);
  return isHeir || instance.length > 0 || moved;
}

/** The fields of instances (or the static fields and blocks) from the first one that may switch. */
function fromFirstSwitch(cls: ClassNode, isStatic: boolean, points: Points): Member[] {
  const members = cls.body.body.filter((member): member is Member => isInitialised(member, isStatic));
  const first = members.findIndex((member) => points.initialisers.has(member));
  const moved = first < 0 ? [] : members.slice(first);
  return moved.some(hasDirectEval) ? [] : moved;
}

/** What initialises something. A typed field without a value is left alone: whether it exists at all is up to TypeScript's options. */
function isInitialised(member: Node, isStatic: boolean): boolean {
  if (member.type === "StaticBlock") return isStatic;
  if (!isField(member)) return false;
  const field = member as Extract<Node, { type: "ClassProperty" }>;
  const isType = field.declare || field.abstract || (!field.value && Boolean(field.typeAnnotation));
  return Boolean(field.static) === isStatic && (!isType || member.type === "ClassPrivateProperty");
}

/** Decorators replace what they decorate: such a class stays as it was written. */
const isDecorated = (cls: ClassNode): boolean =>
  Boolean(cls.decorators?.length) ||
  cls.body.body.some((member) => "decorators" in member && Boolean(member.decorators?.length));

/** The evaluated code may declare variables where it stands. */
function hasDirectEval(member: Node): boolean {
  let found = false;
  walk(member, (node) => {
    if (node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "eval")
      found = true;
    return !found;
  });
  return found;
}

/** What defines the class: a function, a field's initialiser or a static block; null for the program. */
function activationAround(cls: ClassNode, parents: Map<Node, Parent>): Parent | null {
  let node: Node = cls;
  for (let at = parents.get(node); at !== undefined; at = parents.get(node)) {
    if (leavesActivation(node, at.node, at.key)) return node.type === "StaticBlock" ? { ...at, node } : at;
    node = at.node;
  }
  return null;
}

/** Whether it is a function that can be suspended. */
const canWait = ({ node, key }: Parent): boolean =>
  isFunction(node) && !node.async && !(node.generator === true && key === "params");

/** Every private name of a file. */
export function privateNames(program: Program): Set<string> {
  const names = new Set<string>();
  walk(program, (node) => void (node.type === "PrivateName" && names.add(node.id.name)));
  return names;
}
