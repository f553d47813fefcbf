/**
 * callees — which calls of a file may switch: from what is known beyond the file, what is assumed, and the functions that it declares.
 *
 *   In     the file's functions with their calls, iterations and property accesses
 *   Out    answers about calls; the functions of the file that may switch
 *   Keeps  soundness: a call is plain only if everything it may run is
 */
import type { Node } from "@babel/types";
import type { Assumed } from "./assumed.ts";
import { isPlainBuiltin } from "./plain.ts";
import { NOTHING_ASSUMED, type CallNode, type Knowledge, type MemberNode, type Unit } from "./points.ts";
import type { Scopes, Variable } from "./scope.ts";
import { isFunction, type FunctionNode } from "./walk.ts";

/** Answers whether a call may switch, from the functions that the file declares. */
export class Callees {
  private readonly scopes: Scopes;
  private readonly knowledge: Knowledge;
  readonly switching = new Set<Node>();
  private readonly plainImports: readonly string[];
  /** The names of the file's accessors that may switch. */
  private readonly getters = new Set<string>();
  private readonly setters = new Set<string>();

  private readonly assumed: Assumed;

  constructor(
    scopes: Scopes,
    units: Map<Node, Unit>,
    knowledge: Knowledge,
    plainImports: readonly string[],
    assumed: Assumed,
  ) {
    this.scopes = scopes;
    this.assumed = assumed;
    this.plainImports = plainImports;
    this.knowledge = knowledge;
    this.propagate(units);
  }

  get anySwitches(): boolean {
    return this.switching.size > 0;
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

  /** A property may be an accessor that switches if the file (or what is known) has one of that name. */
  accessMaySwitch(node: MemberNode, write: boolean): boolean {
    const known = this.knowledge.isPoint(node);
    if (known !== undefined) return known;
    if (node.computed || node.property.type !== "Identifier") return false;
    return (write ? this.setters : this.getters).has(node.property.name);
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
      if (this.switching.has(unit.node) || unit.node.async || unit.node.generator) return;
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
    if ((node.type !== "ObjectMethod" && node.type !== "ClassMethod") || (node.kind !== "get" && node.kind !== "set"))
      return false;
    if (node.computed || node.key.type !== "Identifier") return false;
    const names = node.kind === "get" ? this.getters : this.setters;
    if (names.has(node.key.name)) return false;
    names.add(node.key.name);
    return true;
  }

  /** The function a call runs, if the file says so. */
  private target(call: CallNode, assumed: Assumed = this.assumed): Node | "plain" | "unknown" {
    if (call.type === "TaggedTemplateExpression") return "unknown";
    if (isPlainBuiltin(call, (name) => !this.scopes.variableOf.has(name))) return "plain";
    const callee = call.callee;
    if (isFunction(callee)) return callee.async || callee.generator ? "plain" : callee;
    if (callee.type !== "Identifier") return "unknown";
    const variable = this.scopes.variableOf.get(callee);
    if (variable?.kind === "import") {
      const assumption = assumed.ofImport(variable, callee.name);
      if (assumption !== undefined) return assumption === "plain" ? "plain" : "unknown";
      if (isPlainImport(variable, callee.name, this.plainImports)) return "plain";
    }
    if (call.type === "NewExpression")
      return variable === undefined ? "unknown" : (constantConstructor(variable) ?? "unknown");
    if (call.type !== "CallExpression") return "unknown";
    const value = variable === undefined ? undefined : constantFunction(variable);
    if (value === undefined) return "unknown";
    return value.async || value.generator ? "plain" : value;
  }
}

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

/** What `new` runs for a class without `extends` that a variable always holds. */
function constantConstructor(variable: Variable): FunctionNode | "plain" | undefined {
  if (variable.references.filter((reference) => reference.write).length > 1) return undefined;
  const { declaration } = variable;
  const cls = declaration.type === "VariableDeclarator" && variable.kind === "const" ? declaration.init : declaration;
  if ((cls?.type !== "ClassDeclaration" && cls?.type !== "ClassExpression") || cls.superClass || cls.decorators?.length)
    return undefined;
  const own = cls.body.body.find((member) => member.type === "ClassMethod" && member.kind === "constructor");
  return own ? (own as FunctionNode) : "plain";
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
