/**
 * callees — which calls of a file may switch: from what is known beyond the file, what is assumed, and the functions that it declares.
 *
 *   In     the file's functions with their calls, iterations and property accesses
 *   Out    answers about calls; the functions of the file that may switch
 *   Keeps  soundness: a call is plain only if everything it may run is
 */
import type { Node } from "@babel/types";
import type { Assumed } from "./assumed.ts";
import { isPlainBuiltin, isPlainConstructor } from "./plain.ts";
import {
  constructorOf,
  isSuper,
  NOTHING_ASSUMED,
  type CallNode,
  type Knowledge,
  type MemberNode,
  type Unit,
} from "./points.ts";
import { isOurs } from "./emit/build.ts";
import type { Scopes, Variable } from "./scope.ts";
import { eachChild, isClass, isFunction, type ClassNode, type FunctionNode } from "./walk.ts";

/** Answers whether a call may switch, from the functions that the file declares. */
export class Callees {
  private readonly scopes: Scopes;
  private readonly knowledge: Knowledge;
  /** The class whose parent a `super(…)` calls. */
  private readonly classOfSuper = new Map<Node, ClassNode>();
  readonly switching = new Set<Node>();
  private readonly plainImports: readonly string[];
  /** The names of the file's accessors that may switch. */
  private readonly getters = new Set<string>();
  private readonly setters = new Set<string>();

  private readonly assumed: Assumed;
  /** Generators whose parameters are evaluated by a function that can wait. */
  private readonly waiting: ReadonlySet<Node>;

  constructor(
    scopes: Scopes,
    units: Map<Node, Unit>,
    classes: ClassNode[],
    knowledge: Knowledge,
    plainImports: readonly string[],
    assumed: Assumed,
    waiting: ReadonlySet<Node>,
  ) {
    this.scopes = scopes;
    this.assumed = assumed;
    this.waiting = waiting;
    this.plainImports = plainImports;
    this.knowledge = knowledge;
    for (const cls of classes) eachSuper(cls, (call) => this.classOfSuper.set(call, cls));
    this.propagate(units);
  }

  maySwitch(call: CallNode): boolean {
    const known = this.knowledge.isPoint(call);
    if (known !== undefined) return known;
    const target = this.target(call);
    return target === "plain" ? false : target === "unknown" ? true : this.switching.has(target);
  }

  /** Is a call, in this function, plain only because types or assumptions say so? */
  isClaimed(call: CallNode, within: Node): boolean {
    if (this.maySwitch(call)) return this.isAssumedPlain(within);
    const target = this.target(call, NOTHING_ASSUMED);
    if (target === "plain" || target === "unknown") return target === "unknown";
    return this.isAssumedPlain(target) || this.knowledge.isPoint(call) === false;
  }

  isAssumedPlain(fn: Node): boolean {
    return this.assumed.of(fn) === "plain";
  }

  /** Whether the constructor that `super()` calls in a class may switch. */
  parentMaySwitch(cls: ClassNode): boolean {
    const known = this.knowledge.maySwitch(cls);
    if (known !== undefined) return known;
    const target = this.parentOf(cls);
    return target === "plain" ? false : target === "unknown" ? true : this.switching.has(target);
  }

  /** A property may be an accessor that switches if the file (or what is known) has one of that name. */
  accessMaySwitch(node: MemberNode, write: boolean): boolean {
    const known = this.knowledge.isPoint(node);
    if (known !== undefined) return known;
    const name = node.computed ? null : nameOfKey(node.property);
    return name !== null && (write ? this.setters : this.getters).has(name);
  }

  /** Iterating calls `next`, which may switch. */
  iterationMaySwitch(node: Node): boolean {
    return this.knowledge.isPoint(node) ?? true;
  }

  /** Backwards from the calls that nothing is known of, to a fixpoint. */
  private propagate(units: Map<Node, Unit>): void {
    const callers = new Map<Node, Unit[]>();
    const found: Node[] = [];
    const mark = (unit: Unit): void => {
      if (this.switching.has(unit.node)) return;
      if (isFunction(unit.node) && (unit.node.async || unit.node.generator)) return;
      if (this.isAssumedPlain(unit.node)) return;
      this.switching.add(unit.node);
      found.push(unit.node);
    };
    for (const unit of units.values()) {
      if (this.assumed.of(unit.node) === "switches") mark(unit);
      if (unit.iterations.some((loop) => this.iterationMaySwitch(loop))) mark(unit);
      for (const call of unit.calls) {
        const known = this.knowledge.isPoint(call);
        const target = known === undefined ? this.target(call) : known ? "unknown" : "plain";
        if (target === "unknown") mark(unit);
        else if (target !== "plain") callers.set(target, [...(callers.get(target) ?? []), unit]);
      }
    }
    for (const unit of units.values())
      if (unit.accesses.some((access) => this.knowledge.isPoint(access.node))) mark(unit);
    for (let node = found.pop(); node !== undefined; node = found.pop()) {
      for (const caller of callers.get(node) ?? []) mark(caller);
      if (!this.noteAccessor(node)) continue;
      for (const unit of units.values())
        if (unit.accesses.some((access) => this.accessMaySwitch(access.node, access.write))) mark(unit);
    }
  }

  /** Notes an accessor that may switch; true if its name is news. */
  private noteAccessor(node: Node): boolean {
    if (node.type !== "ObjectMethod" && node.type !== "ClassMethod" && node.type !== "ClassPrivateMethod") return false;
    if (node.kind !== "get" && node.kind !== "set") return false;
    const name = node.computed ? null : nameOfKey(node.key);
    const names = node.kind === "get" ? this.getters : this.setters;
    if (name === null || names.has(name)) return false;
    names.add(name);
    return true;
  }

  /** The function a call runs, if the file says so. */
  private target(call: CallNode, assumed: Assumed = this.assumed): Node | "plain" | "unknown" {
    if (call.type === "TaggedTemplateExpression") return "unknown";
    if (isPlainBuiltin(call, (name) => !this.scopes.variableOf.has(name))) return "plain";
    const callee = call.callee;
    if (callee.type === "MemberExpression" && isOurs(callee.object)) return isComplete(callee) ? "unknown" : "plain";
    if (callee.type === "Super") return this.parentOf(this.classOfSuper.get(call) as ClassNode);
    if (isFunction(callee)) return this.ofFunction(callee);
    if (callee.type !== "Identifier") return "unknown";
    const variable = this.scopes.variableOf.get(callee);
    if (variable?.kind === "import") {
      const assumption = assumed.ofImport(variable, callee.name);
      if (assumption !== undefined) return assumption === "plain" ? "plain" : "unknown";
      if (isPlainImport(variable, callee.name, this.plainImports)) return "plain";
    }
    if (call.type === "NewExpression") return variable === undefined ? "unknown" : this.constructorHeld(variable, []);
    if (call.type !== "CallExpression") return "unknown";
    const value = variable === undefined ? undefined : constantFunction(variable);
    if (value === undefined) return "unknown";
    return this.ofFunction(value);
  }

  /** What a call of a function runs at once: of an asynchronous one nothing that can wait, of a generator its parameters. */
  private ofFunction(fn: FunctionNode): Node | "plain" | "unknown" {
    if (this.waiting.has(fn)) return "unknown";
    return fn.async || fn.generator ? "plain" : fn;
  }

  /** What `super()` runs. */
  private parentOf(cls: ClassNode, heirs: ClassNode[] = []): Node | "plain" | "unknown" {
    const parent = cls.superClass;
    if (parent?.type !== "Identifier") return "unknown";
    const variable = this.scopes.variableOf.get(parent);
    if (variable === undefined) return isPlainConstructor(parent.name) ? "plain" : "unknown";
    if (variable.kind === "import" && isPlainImport(variable, parent.name, this.plainImports)) return "plain";
    return this.constructorHeld(variable, [...heirs, cls]);
  }

  /** What `new` runs for the class that a variable always holds. */
  private constructorHeld(variable: Variable, heirs: ClassNode[]): Node | "plain" | "unknown" {
    const cls = constantClass(variable);
    if (cls === undefined || heirs.includes(cls)) return "unknown";
    return constructorOf(cls) ?? (cls.superClass ? this.parentOf(cls, heirs) : "plain");
  }
}

/** `$.complete(class {…})` runs static initialisers. */
const isComplete = (callee: MemberNode): boolean =>
  callee.property.type === "Identifier" && callee.property.name === "complete";

/** What the runtime exports that never switches, by itself. */
const PLAIN_EXPORTS = new Set(["Greenlet", "GreenletError", "GreenletExit", "getCurrent", "getTrace", "setTrace"]);

function isPlainImport(variable: Variable, local: string, plainImports: readonly string[]): boolean {
  const { declaration } = variable;
  if (declaration.type !== "ImportDeclaration") return false;
  const source = declaration.source.value;
  if (plainImports.some((ending) => source.endsWith(ending))) return true;
  if (source !== "greenlets") return false;
  const specifier = declaration.specifiers.find((one) => one.local.name === local);
  return (
    specifier?.type === "ImportSpecifier" &&
    specifier.imported.type === "Identifier" &&
    PLAIN_EXPORTS.has(specifier.imported.name)
  );
}

/** The class that a variable always holds. */
function constantClass(variable: Variable): ClassNode | undefined {
  if (variable.references.filter((reference) => reference.write).length > 1) return undefined;
  const { declaration } = variable;
  const cls = declaration.type === "VariableDeclarator" && variable.kind === "const" ? declaration.init : declaration;
  return cls && isClass(cls) && !cls.decorators?.length ? cls : undefined;
}

/** Calls `visit` with each `super(…)` of a class's constructor, also in arrows. */
export function eachSuper(cls: ClassNode, visit: (call: Node, parent: Node, key: string) => void): void {
  const own = constructorOf(cls);
  if (own === undefined) return;
  const go = (node: Node, parent: Node, key: string): void => {
    if (isSuper(node)) visit(node, parent, key);
    if (isFunction(node) && node.type !== "ArrowFunctionExpression") return;
    eachChild(node, (child, childKey) => go(child, node, childKey));
  };
  for (const param of own.params) go(param, own, "params");
  go(own.body, own, "body");
}

/** The function that a variable always holds: a declaration or a `const`, never assigned again. */
function constantFunction(variable: Variable): FunctionNode | undefined {
  const { declaration, kind } = variable;
  if (variable.references.filter((reference) => reference.write).length !== 1) return undefined;
  if (kind === "function" && isFunction(declaration)) return declaration;
  if (kind === "self" && isFunction(declaration)) return declaration;
  if (
    kind === "const" &&
    declaration.type === "VariableDeclarator" &&
    declaration.id.type === "Identifier" &&
    declaration.init &&
    isFunction(declaration.init)
  )
    return declaration.init;
  return undefined;
}

/** `x` of `o.x`, `#x` of `o.#x`; null for any other key. */
function nameOfKey(key: Node): string | null {
  if (key.type === "PrivateName") return `#${key.id.name}`;
  return key.type === "Identifier" ? key.name : null;
}
