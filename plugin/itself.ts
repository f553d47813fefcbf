/**
 * itself — how a constructor names itself, to tell `new` from `super()` when it is suspended.
 *
 *   In     class K extends A { constructor() { super(); } }        (class extends A { constructor() { super(); } })
 *   Out    K                                                       $.own(new.target, (one) => #self in one), and a member static #self() {}
 *   Keeps  the name means the class: nothing inside the constructor shadows it, and nobody assigns it
 */
import type { Expression, Node } from "@babel/types";
import type { Parent } from "./places.ts";
import { classBy } from "./classes/instance.ts";
import { method, privateName } from "./classes/member.ts";
import type { Names } from "./names.ts";
import type { Scopes, Variable } from "./scope.ts";
import { isClass, isFunction, type ClassNode, type FunctionNode } from "./walk.ts";

export class Itself {
  private readonly scopes: Scopes;
  private readonly parents: Map<Node, Parent>;
  private readonly privates: Names;
  private readonly marks = new Map<ClassNode, string>();
  /** The variables of a file by their names, which are final by now. */
  private readonly named = new Map<string, Variable[]>();

  constructor(scopes: Scopes, parents: Map<Node, Parent>, privates: Names) {
    this.scopes = scopes;
    this.parents = parents;
    this.privates = privates;
    for (const variable of scopes.variables) {
      const list = this.named.get(variable.name);
      if (list === undefined) this.named.set(variable.name, [variable]);
      else list.push(variable);
    }
  }

  /** An expression for the constructor that `fn` is, or is an arrow in; null for a function that can't name itself, or is none. */
  of(fn: FunctionNode): (() => Expression) | null {
    const own = this.constructorAround(fn);
    const cls = own === null ? null : this.classOf(own);
    if (own === null || cls === null) return this.nameOf(fn);
    if (cls.id && !this.isShadowed(cls.id.name, own)) {
      const { id } = cls;
      return () => ({ type: "Identifier", name: id.name }) as Expression;
    }
    return () => classBy(this.markOf(cls));
  }

  /** The class whose constructor a method is. */
  classOf(fn: FunctionNode): ClassNode | null {
    if (fn.type !== "ClassMethod" || fn.kind !== "constructor") return null;
    const cls = this.parents.get(this.parents.get(fn)?.node as Node)?.node;
    return cls && isClass(cls) ? cls : null;
  }

  private constructorAround(fn: FunctionNode): FunctionNode | null {
    let node: Node | undefined = fn;
    while (node !== undefined && (!isFunction(node) || node.type === "ArrowFunctionExpression"))
      node = this.parents.get(node)?.node;
    return node?.type === "ClassMethod" && node.kind === "constructor" ? node : null;
  }

  private markOf(cls: ClassNode): string {
    const known = this.marks.get(cls);
    if (known !== undefined) return known;
    const mark = this.privates.fresh("self");
    this.marks.set(cls, mark);
    cls.body.body.push(method(privateName(mark), [], { static: true }) as never);
    return mark;
  }

  private isShadowed(name: string, own: FunctionNode): boolean {
    return this.named.get(name)?.some((variable) => isInside(variable, own)) ?? false;
  }

  /** A function that a variable always holds, by that variable. */
  private nameOf(fn: FunctionNode): (() => Expression) | null {
    if (fn.type !== "FunctionDeclaration" && fn.type !== "FunctionExpression") return null;
    const variable = fn.id ? this.scopes.variableOf.get(fn.id) : undefined;
    if (variable === undefined || variable.references.filter(({ write }) => write).length > 1) return null;
    if (this.isShadowed(variable.name, fn)) return null;
    return () => ({ type: "Identifier", name: variable.name }) as Expression;
  }
}

function isInside(variable: Variable, fn: FunctionNode): boolean {
  if (variable.kind === "self" && variable.declaration === fn) return false;
  for (let at = variable.activation as Variable["activation"] | null; at !== null; at = at.parent)
    if (at.node === fn) return true;
  return false;
}
