/**
 * walk — reads one file: every node that calls, stores or defines something is looked at once.
 *
 *   In     a source file and the oracle
 *   Out    a Fragment
 *   Needs  the names of all accessors in the program
 *   Keeps  the order of the text, so that the same file gives the same fragment
 */
import { memberAccess, wakeUses } from "./accessors.ts";
import { callSite, decoratorSite, jsxSite, newSite, tagSite } from "./calls.ts";
import { Context, type ProgramMemory } from "./context.ts";
import { sourceHash } from "./facts.ts";
import type { Fragment } from "./fragment.ts";
import { classLike, decorated, field, heritage, staticBlock } from "./class-body.ts";
import { bindParameters, enterFunction } from "./functions.ts";
import { iterate } from "./iterate.ts";
import { addAttributes, addShape, memberCallees } from "./members.ts";
import { into, type Location, type Names, nowhere, out } from "./names.ts";
import type { Node, SourceFile, TypeOracle } from "./oracle.ts";
import { binary, template, unary } from "./operators.ts";
import { assign, bindName } from "./patterns.ts";
import { prefetch } from "./prefetch.ts";
import { parts, resultLocation, symbolValue, value } from "./values.ts";

export function readFile(oracle: TypeOracle, names: Names, file: SourceFile, memory: ProgramMemory): Fragment {
  const context = new Context(oracle, names, file, memory);
  prefetch(context);
  const module = context.fn(file);
  const own = context.ownEffect(file);
  context.functions.push({
    id: module,
    own,
    parent: nowhere,
    params: [],
    result: nowhere,
    runs: "body",
    start: 0,
    end: file.text.length,
    name: "(module)",
    exported: false,
  });
  oracle.children(file, (child) => visit(context, child, module, nowhere));
  return fragmentOf(context);
}

/** The fragment with what was left out: the uses of accessors that turned out to switch. */
export function wake(
  oracle: TypeOracle,
  names: Names,
  file: SourceFile,
  memory: ProgramMemory,
  fragment: Fragment,
  awake: ReadonlySet<string>,
): Fragment {
  const context = new Context(oracle, names, file, memory);
  wakeUses(context, fragment.uses, awake);
  const { sites, keys } = context;
  if (sites.length === 0 && keys.size === 0) return fragment;
  return { ...fragment, sites: [...fragment.sites, ...sites], keys: new Map([...fragment.keys, ...keys]) };
}

function fragmentOf(context: Context): Fragment {
  const { file, edges, functions, sites, uses, shapes, keys, reads, writes, roots, atomics } = context;
  return {
    path: file.fileName,
    hash: sourceHash(file.text),
    length: file.text.length,
    edges,
    functions,
    sites,
    uses,
    shapes,
    keys,
    reads,
    writes,
    roots,
    atomics,
  };
}

/**
 * @param fn   the function whose code this is
 * @param gives where `return` and `yield` put their values
 */
export function visit(context: Context, node: Node, fn: Location, gives: Location): void {
  if (isType(context, node)) return;
  const handler = handlersFor(context)[node.kind];
  if (handler === undefined) visitChildren(context, node, fn, gives);
  else handler(context, node, fn, gives);
}

export function visitChildren(context: Context, node: Node, fn: Location, gives: Location): void {
  context.oracle.children(node, (child) => visit(context, child, fn, gives));
}

/** Types run no code. Only intersections are of interest: objects made of two others are matched as one. */
function isType(context: Context, node: Node): boolean {
  const k = context.kinds;
  if (node.kind === k.InterfaceDeclaration || node.kind === k.TypeAliasDeclaration) {
    intersections(context, node);
    return true;
  }
  if (node.kind < k.FirstTypeNode || node.kind > k.LastTypeNode) return false;
  intersections(context, node);
  return true;
}

function intersections(context: Context, node: Node): void {
  if (node.kind === context.kinds.IntersectionType) addShape(context, context.type(node));
  else context.oracle.children(node, (child) => intersections(context, child));
}

type Handler = (context: Context, node: Node, fn: Location, gives: Location) => void;

const tables = new WeakMap<object, Readonly<Record<number, Handler>>>();

function handlersFor(context: Context): Readonly<Record<number, Handler>> {
  const known = tables.get(context.kinds);
  if (known !== undefined) return known;
  const made = handlers(context.kinds);
  tables.set(context.kinds, made);
  return made;
}

function handlers(k: TypeOracle["kinds"]): Record<number, Handler> {
  return {
    [k.FunctionDeclaration]: functionLike,
    [k.FunctionExpression]: functionLike,
    [k.ArrowFunction]: functionLike,
    [k.MethodDeclaration]: functionLike,
    [k.Constructor]: functionLike,
    [k.GetAccessor]: functionLike,
    [k.SetAccessor]: functionLike,
    [k.ClassDeclaration]: classLike,
    [k.ClassExpression]: classLike,
    [k.PropertyDeclaration]: field,
    [k.ClassStaticBlockDeclaration]: staticBlock,
    [k.VariableStatement]: variableStatement,
    [k.VariableDeclaration]: variableDeclaration,
    [k.BinaryExpression]: binary,
    [k.ReturnStatement]: returned,
    [k.YieldExpression]: yielded,
    [k.CallExpression]: called(callSite),
    [k.NewExpression]: called(newSite),
    [k.TaggedTemplateExpression]: called(tagSite),
    [k.JsxElement]: called(jsxSite),
    [k.JsxSelfClosingElement]: called(jsxSite),
    [k.Decorator]: called((context, fn, node) => decoratorSite(context, fn, node, decorated(context, node))),
    [k.PropertyAccessExpression]: called(memberAccess),
    [k.ElementAccessExpression]: called(memberAccess),
    [k.ForOfStatement]: forOf,
    [k.SpreadElement]: spread,
    [k.ArrayLiteralExpression]: arrayLiteral,
    [k.ObjectLiteralExpression]: objectLiteral,
    [k.JsxAttributes]: objectLiteral,
    [k.ExportAssignment]: exported,
    [k.TemplateExpression]: template,
    [k.PrefixUnaryExpression]: unary,
    [k.HeritageClause]: heritage,
    [k.ExportDeclaration]: nothing,
    [k.ImportDeclaration]: nothing,
  };
}

function nothing(): void {}

/** A node that is a Site of its own, and then is looked into. */
function called(record: (context: Context, fn: Location, node: Node) => void): Handler {
  return (context, node, fn, gives) => {
    record(context, fn, node);
    visitChildren(context, node, fn, gives);
  };
}

function functionLike(context: Context, node: Node, parent: Location): void {
  if (parts(node).body === undefined) return;
  const id = enterFunction(context, node, parent);
  const result = context.resultOf(node);
  bindParameters(context, id, node);
  for (const modifier of parts(node).modifiers ?? []) visit(context, modifier, parent, nowhere);
  computedName(context, node, parent);
  for (const parameter of parts(node).parameters) visitChildren(context, parameter, id, result);
  const { body } = parts(node);
  if (body === undefined) return;
  if (body.kind !== context.kinds.Block) giveBack(context, body, result);
  visit(context, body, id, result);
}

/** `[name()]() {}`: the name is computed by whoever defines the member. */
export function computedName(context: Context, node: Node, fn: Location): void {
  const { name } = parts(node);
  if (name?.kind === context.kinds.ComputedPropertyName) visitChildren(context, name, fn, nowhere);
}

/** A result is the value itself, or (in async functions and generators) something inside what the caller gets. */
function giveBack(context: Context, expression: Node, result: Location): void {
  const from = value(context, expression);
  context.flow(from, result);
  if (context.boxed.has(result)) context.put(from, result);
}

function returned(context: Context, node: Node, fn: Location, gives: Location): void {
  const { expression } = parts(node);
  if (expression !== undefined && gives !== nowhere) giveBack(context, expression, gives);
  visitChildren(context, node, fn, gives);
}

function yielded(context: Context, node: Node, fn: Location, gives: Location): void {
  const { expression, asteriskToken } = parts(node);
  const sent = resultLocation(context, node);
  context.edge(into(gives), sent);
  context.edge(into(gives), out(sent));
  if (expression !== undefined && asteriskToken === undefined) context.put(value(context, expression), gives);
  if (expression !== undefined && asteriskToken !== undefined)
    context.put(iterate(context, fn, node, expression), gives);
  visitChildren(context, node, fn, gives);
}

/** `using x = …`: its `[Symbol.dispose]` runs at the end of the block. */
function variableStatement(context: Context, node: Node, fn: Location, gives: Location): void {
  const list = (node as Node & { readonly declarationList: Node }).declarationList;
  const isUsing = (parts(list).flags & 4) !== 0; // NodeFlags.Using; `await using` has it too
  if (isUsing)
    context.site(
      fn,
      node,
      "using",
      parts(list).declarations.flatMap((one) => disposers(context, one)),
    );
  visitChildren(context, node, fn, gives);
}

function disposers(context: Context, declaration: Node): ReturnType<typeof memberCallees> {
  const { initializer } = parts(declaration);
  const type = initializer === undefined ? undefined : context.type(initializer);
  if (type === undefined) return [];
  const names = ["@@dispose", "@@asyncDispose"];
  const found = names.flatMap((name) => {
    const symbol = context.oracle.property(type, name);
    return symbol === undefined ? [] : memberCallees(context, type, symbol, name, "call");
  });
  return context.oracle.kindOf(type) === "any"
    ? [{ kind: "value", location: context.anything, param: nowhere }]
    : found;
}

function variableDeclaration(context: Context, node: Node, fn: Location, gives: Location): void {
  const { initializer, name } = parts(node);
  if (initializer !== undefined) bindName(context, fn, node, value(context, initializer));
  if (node.parent.kind === context.kinds.CatchClause) bindName(context, fn, node, context.anything);
  if (name.kind !== context.kinds.Identifier) visit(context, name, fn, gives);
  if (initializer !== undefined) visit(context, initializer, fn, gives);
}

function forOf(context: Context, node: Node, fn: Location, gives: Location): void {
  const { expression, initializer } = parts(node);
  const element = iterate(context, fn, node, expression);
  if (initializer !== undefined) bindLoop(context, fn, initializer, element);
  visitChildren(context, node, fn, gives);
}

function bindLoop(context: Context, fn: Location, initializer: Node, element: Location): void {
  if (initializer.kind !== context.kinds.VariableDeclarationList) return assign(context, fn, initializer, element);
  for (const declaration of parts(initializer).declarations) bindName(context, fn, declaration, element);
}

/** `f(...list)`, `[...list]`: the list is iterated. */
function spread(context: Context, node: Node, fn: Location, gives: Location): void {
  iterate(context, fn, node, parts(node).expression);
  visitChildren(context, node, fn, gives);
}

function arrayLiteral(context: Context, node: Node, fn: Location, gives: Location): void {
  const list = context.container(value(context, node));
  for (const element of parts(node).elements) {
    const isSpread = element.kind === context.kinds.SpreadElement;
    context.put(isSpread ? context.local(element, "element") : value(context, element), list);
  }
  visitChildren(context, node, fn, gives);
}

/** An object: its members have cells, and whatever is in it can also be read by a computed name. */
function objectLiteral(context: Context, node: Node, fn: Location, gives: Location): void {
  const object = context.container(value(context, node));
  for (const property of parts(node).properties) context.put(propertyValue(context, property, object), object);
  if (node.kind === context.kinds.JsxAttributes) addAttributes(context, parts(node).properties);
  else if (parts(node).properties.some((property) => mayRun(context, property))) addShape(context, context.type(node));
  for (const property of parts(node).properties) visitProperty(context, property, fn, gives);
}

/** Literals of primitives hold no function; anything else may. */
function mayRun(context: Context, property: Node): boolean {
  const k = context.kinds;
  if (property.kind !== k.PropertyAssignment) return true;
  const { initializer } = parts(property);
  return (
    initializer !== undefined &&
    !(initializer.kind >= k.FirstLiteralToken && initializer.kind <= k.LastLiteralToken) &&
    ![k.TrueKeyword, k.FalseKeyword, k.NullKeyword].includes(initializer.kind)
  );
}

function propertyValue(context: Context, property: Node, object: Location): Location {
  const k = context.kinds;
  const p = parts(property);
  switch (property.kind) {
    case k.PropertyAssignment:
      return stored(context, property, value(context, p.initializer));
    case k.JsxAttribute:
      return stored(
        context,
        property,
        value(context, p.initializer === undefined ? undefined : parts(p.initializer).expression),
      );
    case k.ShorthandPropertyAssignment: {
      const symbol = context.oracle.shorthandValue(property);
      return symbol === undefined ? context.anything : stored(context, property, symbolValue(context, symbol));
    }
    case k.SpreadAssignment:
    case k.JsxSpreadAttribute:
      context.copy(value(context, p.expression), object);
      return nowhere;
    case k.MethodDeclaration:
      return context.fn(property);
    case k.GetAccessor:
      return context.resultOf(property);
    default:
      return nowhere;
  }
}

/** A property keeps its value in its own cell. Without a name (`[key]: f`) only the object as a container has it. */
function stored(context: Context, property: Node, from: Location): Location {
  context.flow(from, context.variable(property));
  return from;
}

function visitProperty(context: Context, property: Node, fn: Location, gives: Location): void {
  if (property.kind === context.kinds.SpreadAssignment || property.kind === context.kinds.JsxSpreadAttribute)
    return visitChildren(context, property, fn, gives);
  if (property.kind === context.kinds.PropertyAssignment || property.kind === context.kinds.JsxAttribute) {
    computedName(context, property, fn);
    const { initializer } = parts(property);
    if (initializer !== undefined) visit(context, initializer, fn, gives);
    return;
  }
  visit(context, property, fn, gives);
}

/** `export default expression`, `export = expression`. */
function exported(context: Context, node: Node, fn: Location, gives: Location): void {
  context.flow(value(context, parts(node).expression), context.variable(node));
  visitChildren(context, node, fn, gives);
}
