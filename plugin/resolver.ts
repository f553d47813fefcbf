/**
 * resolver — which variable every identifier of a file means.
 *
 *   In     a program as parsed
 *   Out    variables with their references; the activation (function call) each reference runs in
 *   Keeps  the tree: nothing is written on it
 *
 * ECMA-262 §8.2 (scope analysis) and §14.2 (block instantiation); TypeScript's types are not values and are left out.
 */
import type { Identifier, JSXIdentifier, Node, Program } from "@babel/types";
import { blockAround, blockFunctionsIn } from "./block-functions.ts";
import { isOurs } from "./emit/build.ts";
import { eachTarget } from "./patterns.ts";
import type { Activation, Reference, Scope, Scopes, Variable, VariableKind } from "./scope.ts";
import { eachChild, isField, isFunction, walkActivation, type FunctionNode } from "./walk.ts";

const hasUseStrict = (node: { directives?: { value: { value: string } }[] }): boolean =>
  node.directives?.some((directive) => directive.value.value === "use strict") ?? false;

/** Resolves every identifier of a program. */
export function resolve(program: Program): Scopes {
  const activation: Activation = {
    node: program,
    parent: null,
    strict: program.sourceType === "module" || hasUseStrict(program),
  };
  const root: Scope = { parent: null, node: program, activation, names: new Map() };
  const scopes: Scopes = {
    program: root,
    variables: [],
    variableOf: new Map(),
    activationOf: new Map([[program as Node, activation]]),
    scopeOf: new Map([[program as Node, root]]),
    names: new Set(),
    blockFunctions: [],
  };
  const resolver = new Resolver(scopes);
  resolver.hoistVars(program, root);
  resolver.declareLexical(program.body, root);
  for (const statement of program.body) resolver.visit(statement, root, program, "body");
  resolver.link();
  return scopes;
}

/** One pass over a program; pending references are linked at the end, when every declaration is known. */
class Resolver {
  private readonly scopes: Scopes;
  private readonly pending: { reference: Reference; scope: Scope }[] = [];

  constructor(scopes: Scopes) {
    this.scopes = scopes;
  }

  declare(name: string, kind: VariableKind, scope: Scope, declaration: Node): Variable {
    const known = scope.names.get(name);
    if (known !== undefined) {
      // Of several functions of one name the last is meant.
      if (kind === "function" && (known.kind === "var" || known.kind === "function"))
        Object.assign(known, { kind, declaration });
      return known;
    }
    const variable: Variable = { name, kind, scope, activation: scope.activation, declaration, references: [] };
    scope.names.set(name, variable);
    this.scopes.variables.push(variable);
    return variable;
  }

  link(): void {
    for (const { reference, scope } of this.pending) {
      const name = reference.node.name;
      for (let at: Scope | null = scope; at !== null; at = at.parent) {
        const variable = at.names.get(name);
        if (variable === undefined) continue;
        variable.references.push(reference);
        this.scopes.variableOf.set(reference.node, variable);
        break;
      }
    }
  }

  private refer(
    node: Identifier | JSXIdentifier,
    scope: Scope,
    parent: Node,
    key: string,
    write: boolean,
    initial = false,
  ): void {
    this.scopes.names.add(node.name);
    this.pending.push({ reference: { node, parent, key, activation: scope.activation, write, initial }, scope });
  }

  private nest(node: Node, parent: Scope, activation = parent.activation): Scope {
    const scope: Scope = { parent, node, activation, names: new Map() };
    this.scopes.scopeOf.set(node, scope);
    return scope;
  }

  /** Declares the `var`s below a node, up to nested functions, in a function's or the program's scope. */
  hoistVars(node: Node, scope: Scope): void {
    eachChild(node, (child) => {
      if (isFunction(child) || child.type === "StaticBlock" || child.type === "TSModuleBlock") return;
      if (child.type === "VariableDeclaration" && child.kind === "var") {
        for (const declarator of child.declarations)
          eachTarget(declarator.id, (target) => this.declare(target.name, "var", scope, declarator));
      }
      this.hoistVars(child, scope);
    });
  }

  /** Declares a `var` for each function that a block of sloppy code declares: `{ function f() {} }  f();` */
  hoistBlockFunctions(body: Node, scope: Scope): void {
    for (const declaration of blockFunctionsIn(body)) {
      const name = declaration.id?.name ?? "";
      const known = scope.names.get(name)?.kind ?? "var";
      if (name === "arguments" || (known !== "var" && known !== "function")) continue;
      this.scopes.blockFunctions.push({ declaration, outer: this.declare(name, "var", scope, declaration) });
    }
  }

  /** Declares what the statements of one block declare for that block alone. */
  declareLexical(statements: Node[], scope: Scope): void {
    for (let statement of statements) {
      if (
        (statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration") &&
        statement.declaration
      )
        statement = statement.declaration;
      if (statement.type === "VariableDeclaration" && statement.kind !== "var") {
        const kind = statement.kind === "let" ? "let" : "const";
        for (const declarator of statement.declarations)
          eachTarget(declarator.id, (target) => this.declare(target.name, kind, scope, declarator));
      } else if (statement.type === "FunctionDeclaration" && statement.id)
        this.declare(statement.id.name, "function", scope, statement);
      else if (statement.type === "ClassDeclaration" && statement.id)
        this.declare(statement.id.name, "class", scope, statement);
      else if (statement.type === "TSEnumDeclaration") this.declare(statement.id.name, "let", scope, statement);
      else if (statement.type === "TSModuleDeclaration" && statement.id.type === "Identifier")
        this.declare(statement.id.name, "let", scope, statement);
      else if (statement.type === "TSImportEqualsDeclaration")
        this.declare(statement.id.name, "import", scope, statement);
      else if (statement.type === "ImportDeclaration")
        for (const specifier of statement.specifiers) this.declare(specifier.local.name, "import", scope, statement);
      else if (statement.type === "LabeledStatement") this.declareLexical([statement.body], scope);
    }
  }

  visit(node: Node, scope: Scope, parent: Node, key: string): void {
    if (isFunction(node)) return this.visitFunction(node, scope);
    switch (node.type) {
      case "Identifier":
        return isOurs(node) ? undefined : this.refer(node, scope, parent, key, false);
      case "JSXIdentifier":
        return void (isComponentName(node, parent, key) && this.refer(node, scope, parent, key, false));
      case "MemberExpression":
      case "OptionalMemberExpression":
        this.visit(node.object, scope, node, "object");
        if (node.computed) this.visit(node.property, scope, node, "property");
        else if (node.property.type === "Identifier") this.scopes.names.add(node.property.name);
        return;
      case "ObjectProperty":
        if (node.computed) this.visit(node.key, scope, node, "key");
        return this.visit(node.value, scope, node, "value");
      case "ClassDeclaration":
      case "ClassExpression":
        return this.visitClass(node, scope);
      case "BlockStatement":
      case "StaticBlock":
      case "TSModuleBlock":
        return this.visitBlock(node, scope);
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
        return this.visitLoop(node, scope);
      case "SwitchStatement":
        return this.visitSwitch(node, scope);
      case "CatchClause":
        return this.visitCatch(node, scope);
      case "VariableDeclarator":
        if (node.init) this.visit(node.init, scope, node, "init");
        if (!node.init && !isLexical(parent))
          return eachTarget(node.id, (target) => this.scopes.names.add(target.name));
        return this.visitTarget(node.id, scope, node, "id", true);
      case "AssignmentExpression":
        this.visitTarget(node.left, scope, node, "left", false);
        return this.visit(node.right, scope, node, "right");
      case "UpdateExpression":
        return this.visitTarget(node.argument, scope, node, "argument", false);
      case "LabeledStatement":
        this.scopes.names.add(node.label.name);
        return this.visit(node.body, scope, node, "body");
      case "BreakStatement":
      case "ContinueStatement":
      case "MetaProperty":
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "PrivateName":
      case "TSTypeAliasDeclaration":
      case "TSInterfaceDeclaration":
      case "TSDeclareFunction":
      case "TSDeclareMethod":
      case "TSIndexSignature":
      case "JSXClosingElement":
        return;
      case "ExportNamedDeclaration":
        if (node.declaration) return this.visit(node.declaration, scope, node, "declaration");
        if (!node.source)
          for (const specifier of node.specifiers)
            if (specifier.type === "ExportSpecifier") this.visit(specifier.local, scope, specifier, "local");
        return;
      case "ImportExpression":
        this.visit(node.source, scope, node, "source");
        if (node.options) this.visit(node.options, scope, node, "options");
        return;
      case "TSEnumDeclaration":
      case "TSEnumMember":
        return eachChild(node, (child, childKey) => childKey !== "id" && this.visit(child, scope, node, childKey));
      case "TSModuleDeclaration":
        return void (node.body && this.visit(node.body, scope, node, "body"));
      default:
        eachChild(node, (child, childKey) => this.visit(child, scope, node, childKey));
    }
  }

  /** Visits an assignment target: its identifiers are written, its members, keys and defaults are read. */
  private visitTarget(target: Node, scope: Scope, parent: Node, key: string, initial: boolean): void {
    switch (target.type) {
      case "Identifier":
        return this.refer(target, scope, parent, key, true, initial);
      case "ObjectPattern":
        for (const property of target.properties) {
          if (property.type === "RestElement")
            this.visitTarget(property.argument, scope, property, "argument", initial);
          else {
            if (property.computed) this.visit(property.key, scope, property, "key");
            this.visitTarget(property.value, scope, property, "value", initial);
          }
        }
        return;
      case "ArrayPattern":
        for (const element of target.elements)
          if (element) this.visitTarget(element, scope, target, "elements", initial);
        return;
      case "AssignmentPattern":
        this.visitTarget(target.left, scope, target, "left", initial);
        return this.visit(target.right, scope, target, "right");
      case "RestElement":
        return this.visitTarget(target.argument, scope, target, "argument", initial);
      case "TSParameterProperty":
        return this.visitTarget(target.parameter, scope, target, "parameter", initial);
      case "TSAsExpression":
      case "TSNonNullExpression":
      case "TSSatisfiesExpression":
      case "TSTypeAssertion":
        return this.visitTarget(target.expression, scope, target, "expression", initial);
      default:
        return this.visit(target, scope, parent, key);
    }
  }

  private visitFunction(node: FunctionNode, outer: Scope): void {
    if ("key" in node && node.computed) this.visit(node.key, outer, node, "key");
    if (node.type === "FunctionDeclaration" && node.id) this.refer(node.id, outer, node, "id", true, true);
    const strict =
      outer.activation.strict ||
      isClassMember(node) ||
      (node.body.type === "BlockStatement" && hasUseStrict(node.body));
    const activation: Activation = { node, parent: outer.activation, strict };
    this.scopes.activationOf.set(node, activation);
    let scope = outer;
    if (node.type === "FunctionExpression" && node.id) {
      scope = { parent: outer, node, activation, names: new Map() };
      this.declare(node.id.name, "self", scope, node);
      this.refer(node.id, scope, node, "id", true, true);
    }
    scope = this.nest(node, scope, activation);
    if ("decorators" in node && node.decorators)
      for (const decorator of node.decorators) this.visit(decorator, outer, node, "decorators");
    for (const param of node.params)
      eachTarget(param, (target) => target.name !== "this" && this.declare(target.name, "param", scope, node));
    for (const param of node.params) this.visitTarget(param, scope, node, "params", true);
    if (node.body.type !== "BlockStatement") return this.visit(node.body, scope, node, "body");
    this.scopes.scopeOf.set(node.body, scope);
    walkActivation(node.body, blockAround);
    this.hoistVars(node.body, scope);
    this.declareLexical(node.body.body, scope);
    if (!strict) this.hoistBlockFunctions(node.body, scope);
    for (const statement of node.body.body) this.visit(statement, scope, node.body, "body");
  }

  private visitClass(node: Extract<Node, { type: "ClassDeclaration" | "ClassExpression" }>, outer: Scope): void {
    if (node.type === "ClassDeclaration" && node.id) this.refer(node.id, outer, node, "id", true, true);
    const scope = this.nest(node, outer);
    if (node.id) {
      this.declare(node.id.name, "self", scope, node);
      if (node.type === "ClassExpression") this.refer(node.id, scope, node, "id", true, true);
    }
    if (node.decorators) for (const decorator of node.decorators) this.visit(decorator, outer, node, "decorators");
    if (node.superClass) this.visit(node.superClass, scope, node, "superClass");
    for (const member of node.body.body) this.visitClassMember(member, scope, node);
  }

  private visitClassMember(member: Node, scope: Scope, parent: Node): void {
    if (isFunction(member)) return this.visitFunction(member, scope);
    if (!isField(member)) return this.visit(member, scope, parent, "body");
    const field = member as Extract<Node, { type: "ClassProperty" }>;
    if (field.computed) this.visit(field.key, scope, field, "key");
    if (field.decorators) for (const decorator of field.decorators) this.visit(decorator, scope, field, "decorators");
    if (!field.value) return;
    const activation: Activation = { node: field, parent: scope.activation, strict: true };
    this.visit(field.value, { parent: scope, node: field, activation, names: new Map() }, field, "value");
  }

  private visitBlock(
    node: Extract<Node, { type: "BlockStatement" | "StaticBlock" | "TSModuleBlock" }>,
    outer: Scope,
  ): void {
    const own = node.type !== "BlockStatement";
    // All parts of a class are strict code (ECMA-262 §11.2.2).
    const strict = node.type === "StaticBlock" || outer.activation.strict;
    const activation = own ? { node, parent: outer.activation, strict } : outer.activation;
    const scope = this.nest(node, outer, activation);
    if (own) {
      this.scopes.activationOf.set(node, activation);
      this.hoistVars(node, scope);
    }
    this.declareLexical(node.body, scope);
    for (const statement of node.body) this.visit(statement, scope, node, "body");
  }

  private visitLoop(
    node: Extract<Node, { type: "ForStatement" | "ForInStatement" | "ForOfStatement" }>,
    outer: Scope,
  ): void {
    const scope = this.nest(node, outer);
    const head = node.type === "ForStatement" ? node.init : node.left;
    if (head) this.declareLexical([head], scope);
    if (node.type === "ForStatement") return eachChild(node, (child, key) => this.visit(child, scope, node, key));
    this.visit(node.right, scope, node, "right");
    if (node.left.type === "VariableDeclaration") {
      const declarator = node.left.declarations[0];
      if (declarator?.init) this.visit(declarator.init, scope, declarator, "init");
      if (declarator) this.visitTarget(declarator.id, scope, declarator, "id", true);
    } else this.visitTarget(node.left, scope, node, "left", false);
    this.visit(node.body, scope, node, "body");
  }

  private visitSwitch(node: Extract<Node, { type: "SwitchStatement" }>, outer: Scope): void {
    this.visit(node.discriminant, outer, node, "discriminant");
    const scope = this.nest(node, outer);
    for (const clause of node.cases) this.declareLexical(clause.consequent, scope);
    for (const clause of node.cases) eachChild(clause, (child, key) => this.visit(child, scope, clause, key));
  }

  private visitCatch(node: Extract<Node, { type: "CatchClause" }>, outer: Scope): void {
    const scope = this.nest(node, outer);
    if (node.param) {
      eachTarget(node.param, (target) => this.declare(target.name, "catch", scope, node));
      this.visitTarget(node.param, scope, node, "param", true);
    }
    this.visit(node.body, scope, node, "body");
  }
}

/** `<Foo />` and `<foo.bar />` mention variables, `<div>` does not. */
function isComponentName(node: JSXIdentifier, parent: Node, key: string): boolean {
  if (key !== "name") return key === "object";
  return /^[^a-z]/.test(node.name) && parent.type !== "JSXAttribute" && parent.type !== "JSXNamespacedName";
}

const isClassMember = (node: Node): boolean => node.type === "ClassMethod" || node.type === "ClassPrivateMethod";
const isLexical = (node: Node): boolean => node.type === "VariableDeclaration" && node.kind !== "var";
