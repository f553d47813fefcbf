/**
 * calls — calls, `new`, template tags, decorators and JSX elements: what each may run.
 *
 *   In     a node that calls
 *   Out    a Site: its possible callees, its arguments, the location of its result
 *   Keeps  a callee about which the types say nothing counts as one that may switch
 */
import type { Context } from "./context.ts";
import { textOfName } from "./declarations.ts";
import { calledSymbol, mayIntersect } from "./declared-result.ts";
import type { PointKind } from "./facts.ts";
import { exchange, openedCallees } from "./exchange.ts";
import { isIteratorLike, isLibrary } from "./foreign.ts";
import type { Arg, Callee } from "./fragment.ts";
import { baseClass, isAssigned } from "./functions.ts";
import { addShape, anyKey, cellsOf, memberCallees } from "./members.ts";
import { type Location, nowhere } from "./names.ts";
import type { Declaration, Node, Sym } from "./oracle.ts";
import { packageOf } from "./manifest.ts";
import { keySymbol, literalKey } from "./member-values.ts";
import { serialised } from "./serialise.ts";
import { argument, faithfulParameter, parts, resultLocation, value, withoutParentheses } from "./values.ts";

/** `f(…)` */
export function callSite(context: Context, fn: Location, node: Node): void {
  const callee = withoutParentheses(context, parts(node).expression);
  if (callee.kind === context.kinds.ImportKeyword) return;
  const args = (parts(node).arguments ?? []).map((given) => argument(context, given));
  if (indirect(context, fn, node, callee, args)) return;
  recordSite(context, fn, node, "call", callee, args);
}

/** `new C(…)` */
export function newSite(context: Context, fn: Location, node: Node): void {
  const args = (parts(node).arguments ?? []).map((given) => argument(context, given));
  context.container(resultLocation(context, node));
  recordSite(context, fn, node, "new", withoutParentheses(context, parts(node).expression), args);
}

/** `` tag`…${a}` `` : the strings come first. */
export function tagSite(context: Context, fn: Location, node: Node): void {
  const spans = parts(parts(node).template).templateSpans ?? [];
  const args = [noArgument, ...spans.map((span) => argument(context, parts(span).expression))];
  recordSite(context, fn, node, "tag", withoutParentheses(context, parts(node).tag), args);
}

export const noArgument: Arg = { location: nowhere, param: nowhere, fn: nowhere, spread: false };

/** `@decorator`: called with what it decorates. */
export function decoratorSite(context: Context, fn: Location, node: Node, decorated: Location): void {
  const args = [{ ...noArgument, location: decorated }];
  recordSite(context, fn, node, "decorator", withoutParentheses(context, parts(node).expression), args);
}

/** `<C a={b}/>`: some runtimes call the component at once, so we count it as a call of C with its attributes. */
export function jsxSite(context: Context, fn: Location, node: Node): void {
  const opening = node.kind === context.kinds.JsxElement ? parts(node).openingElement : node;
  const tag = parts(opening).tagName;
  if (tag.kind === context.kinds.Identifier && /^[a-z]/.test(textOfName(context.oracle, tag) ?? "")) return;
  const props = value(context, parts(opening).attributes);
  recordSite(context, fn, node, "jsx", tag, [{ ...noArgument, location: props }]);
}

function recordSite(
  context: Context,
  fn: Location,
  node: Node,
  kind: PointKind,
  callee: Node,
  args: readonly Arg[],
): void {
  const found = calleesOf(context, callee);
  const result = resultLocation(context, node);
  const callees = [
    ...found.callees,
    ...found.callees.flatMap((one) => (one.kind === "foreign" ? openedCallees(context, node, one, args) : [])),
    ...found.callees.flatMap((one) =>
      one.kind === "foreign" ? serialised(context, one, parts(node).arguments?.[0]) : [],
    ),
  ];
  for (const one of callees) if (one.kind === "foreign") exchange(context, node, one, found.receiver, args, result);
  context.site(fn, node, kind, callees, { args, receiver: found.receiver, result });
  const isOthers = callees.some((one) => one.kind === "foreign" && (one.merges || (kind === "new" && one.compiled)));
  if (isOthers || (kind !== "new" && isGeneric(context, callee) && mayIntersect(context, callee)))
    shapeOfResult(context, node);
}

/** A generic function of ours may give back `{ ...a, ...b }`, whose type only its callers know; what `new` makes has the shape of its class. */
function isGeneric(context: Context, callee: Node): boolean {
  const symbol = calledSymbol(context, callee);
  return symbol !== undefined && context.declarations(symbol).some((at) => at.own && hasTypeParameters(at.node));
}

function hasTypeParameters(node: Node): boolean {
  const written = parts(node).initializer ?? node;
  return (written as Node & { readonly typeParameters?: readonly Node[] }).typeParameters !== undefined;
}

/** `Object.assign(a, b): A & B` makes an object that is both; `new Greenlet()` one that was declared elsewhere. */
function shapeOfResult(context: Context, node: Node): void {
  const type = context.type(node);
  if (type === undefined) return;
  const kind = context.oracle.kindOf(type);
  if (kind === "intersection" || (kind === "object" && node.kind === context.kinds.NewExpression))
    addShape(context, type);
}

interface Found {
  readonly callees: readonly Callee[];
  readonly receiver: Location;
}

/** What a callee expression may mean. */
export function calleesOf(context: Context, callee: Node): Found {
  const k = context.kinds;
  switch (callee.kind) {
    case k.Identifier:
      return { callees: namedCallees(context, callee), receiver: nowhere };
    case k.PropertyAccessExpression:
      return memberCall(
        context,
        callee,
        context.symbol(parts(callee).name),
        textOfName(context.oracle, parts(callee).name) ?? "",
      );
    case k.ElementAccessExpression: {
      const { expression, argumentExpression } = parts(callee);
      const name = literalKey(context, argumentExpression);
      if (name !== undefined)
        return memberCall(
          context,
          callee,
          keySymbol(context, context.type(expression), argumentExpression, name),
          name,
        );
      return { callees: valueCallees(context, callee), receiver: nowhere };
    }
    case k.SuperKeyword:
      return superConstructor(context, callee);
    case k.FunctionExpression:
    case k.ArrowFunction:
    case k.ClassExpression:
      return { callees: [{ kind: "fn", fn: context.fn(callee) }], receiver: nowhere };
    default:
      return { callees: valueCallees(context, callee), receiver: nowhere };
  }
}

/** `super(…)` runs the base class of the class around it. */
function superConstructor(context: Context, node: Node): Found {
  const k = context.kinds;
  let around = node.parent;
  while (around.kind !== k.ClassDeclaration && around.kind !== k.ClassExpression) around = around.parent;
  const base = baseClass(context, around);
  return base === undefined
    ? { callees: [], receiver: nowhere }
    : calleesOf(context, withoutParentheses(context, base));
}

function namedCallees(context: Context, name: Node): Callee[] {
  const symbol = context.symbol(name);
  if (symbol === undefined) return valueCallees(context, name);
  return symbolCallees(context, symbol) ?? valueCallees(context, name);
}

/** Functions and classes known by name; undefined when the symbol is a variable that may hold any function. */
function symbolCallees(context: Context, symbol: Sym): Callee[] | undefined {
  const callees: Callee[] = [];
  for (const at of context.declarations(symbol)) {
    if (!at.own) callees.push(context.foreign(symbol, at));
    else {
      const fn = fixedFunction(context, at.node);
      if (fn === "variable") return undefined;
      if (fn !== nowhere) callees.push({ kind: "fn", fn });
    }
  }
  return callees;
}

/** `function f() {}`, `class C {}`, `const f = () => {}`: the name can mean nothing else. */
function fixedFunction(context: Context, node: Node): Location | "variable" {
  const k = context.kinds;
  switch (node.kind) {
    case k.FunctionDeclaration:
    case k.FunctionExpression:
      if (isAssigned(context, context.file, context.name(node) ?? "")) return "variable";
      return parts(node).body === undefined ? nowhere : context.fn(node);
    case k.ClassDeclaration:
    case k.ClassExpression:
      return context.fn(node);
    case k.VariableDeclaration:
      return constFunction(context, node);
    case k.InterfaceDeclaration:
    case k.ModuleDeclaration:
    case k.TypeAliasDeclaration:
      return nowhere;
    default:
      return "variable";
  }
}

function constFunction(context: Context, node: Node): Location | "variable" {
  const { initializer } = parts(node);
  const isConst = initializer !== undefined && (parts(node.parent).flags & 2) !== 0; // NodeFlags.Const
  if (!isConst) return "variable";
  const bare = withoutParentheses(context, initializer);
  const k = context.kinds;
  const isFunction =
    bare.kind === k.ArrowFunction || bare.kind === k.FunctionExpression || bare.kind === k.ClassExpression;
  return isFunction ? context.fn(bare) : "variable";
}

/** A call of whatever the expression's value is; of anything at all when its type is `any` or `Function`. */
function valueCallees(context: Context, callee: Node): Callee[] {
  const location = value(context, callee);
  const callees: Callee[] = [{ kind: "value", location, param: faithfulParameter(context, location) }];
  if (isVague(context, callee)) callees.push({ kind: "value", location: context.anything, param: nowhere });
  return callees;
}

function isVague(context: Context, callee: Node): boolean {
  const type = context.type(callee);
  const kind = type === undefined ? "any" : context.oracle.kindOf(type);
  if (kind !== "any" && kind !== "unknown" && kind !== "function") return false;
  return kind !== "any" || !isUntypedVariable(context, callee);
}

/** In a JavaScript file a parameter has no type, but its values are followed: that is no reason to give up. */
function isUntypedVariable(context: Context, callee: Node): boolean {
  if (callee.kind !== context.kinds.Identifier || !/\.[cm]?jsx?$/.test(context.file.fileName)) return false;
  const symbol = context.symbol(callee);
  return symbol !== undefined && context.declarations(symbol).every((at) => at.own && isVariable(context, at.node));
}

function isVariable(context: Context, node: Node): boolean {
  const k = context.kinds;
  return node.kind === k.Parameter || node.kind === k.VariableDeclaration;
}

function memberCall(context: Context, access: Node, symbol: Sym | undefined, name: string): Found {
  const receiverNode = parts(access).expression;
  const receiver = isLibraryName(context, receiverNode) ? nowhere : value(context, receiverNode);
  if (symbol === undefined) return { callees: unknownMember(context, access, name), receiver };
  const declarations = context.declarations(symbol);
  const fixed = declarations.some((at) => at.own && isModuleMember(context, at.node))
    ? symbolCallees(context, symbol)
    : undefined;
  if (fixed !== undefined) return { callees: fixed, receiver: nowhere };
  if (declarations.some((at) => at.own && isModuleMember(context, at.node)))
    return { callees: valueCallees(context, access), receiver: nowhere };
  if (receiverNode.kind === context.kinds.SuperKeyword) return { callees: superCallees(context, symbol), receiver };
  return {
    callees: [
      ...foreignCallees(context, symbol, declarations, receiver, receiverNode),
      ...methodCallees(context, access, receiverNode, symbol, name),
    ],
    receiver,
  };
}

/** `Array.from(…)`, `Object.entries(…)`: nothing is kept in the library's own constructors. */
function isLibraryName(context: Context, receiver: Node): boolean {
  const symbol = receiver.kind === context.kinds.Identifier ? context.symbol(receiver) : undefined;
  const declarations = symbol === undefined ? [] : context.declarations(symbol);
  return declarations.length > 0 && declarations.every((at) => !at.own && isLibrary(at.file));
}

function isModuleMember(context: Context, node: Node): boolean {
  const k = context.kinds;
  return [k.FunctionDeclaration, k.ClassDeclaration, k.VariableDeclaration, k.ExportAssignment].includes(node.kind);
}

/** `super.run()` means exactly the inherited method. */
function superCallees(context: Context, symbol: Sym): Callee[] {
  return cellsOf(context, symbol).flatMap((cell): Callee[] =>
    cell.method !== nowhere
      ? [{ kind: "fn", fn: cell.method }]
      : [{ kind: "member", key: anyKey.id, name: "", use: "call", direct: [cell] }],
  );
}

function methodCallees(context: Context, access: Node, receiver: Node, symbol: Sym, name: string): Callee[] {
  const callees = memberCallees(context, context.type(receiver), symbol, name, "call");
  const type = context.oracle.typeOf(symbol);
  const kind = type === undefined ? "any" : context.oracle.kindOf(type);
  const vague = kind === "any" || kind === "unknown" || kind === "function";
  return vague ? [...callees, ...valueCallees(context, access)] : callees;
}

/** `iterator.next(v)` hands v to the generator; `iterator.map(f)` keeps f. */
const resuming: ReadonlySet<string> = new Set(["next", "throw", "return"]);

function foreignCallees(
  context: Context,
  symbol: Sym,
  declarations: readonly Declaration[],
  receiver: Location,
  receiverNode: Node,
): Callee[] {
  const callees: Callee[] = [];
  for (const at of declarations) if (!at.own && callees.length === 0) callees.push(context.foreign(symbol, at));
  const type = callees.length === 0 ? undefined : context.type(receiverNode);
  const advances = type !== undefined && isIteratorLike(context.oracle, type);
  if (!advances) return callees;
  const takes = resuming.has(context.oracle.nameOf(symbol));
  return [
    ...callees,
    takes ? { kind: "value", location: receiver, param: nowhere } : { kind: "advance", location: receiver },
  ];
}

/** The types don't know the member: by name, it may be any member of that name in the program. */
function unknownMember(context: Context, access: Node, name: string): Callee[] {
  const type = context.type(parts(access).expression);
  const kind = type === undefined ? "any" : context.oracle.kindOf(type);
  const byName: Callee[] = kind === "any" ? [{ kind: "member", key: anyKey.id, name, use: "call", direct: [] }] : [];
  return [...valueCallees(context, access), ...byName];
}

/**
 * `f.call(self, a)`, `f.apply(self, [a])`, `f.bind(self)`, `Reflect.apply(f, self, [a])`: calls of f.
 * `atomic(fn)` is written down as well, and then is a call like any other.
 */
function indirect(context: Context, fn: Location, node: Node, callee: Node, args: readonly Arg[]): boolean {
  const symbol = calledSymbol(context, callee);
  const at = symbol === undefined ? undefined : context.declarations(symbol)[0];
  if (symbol === undefined || at === undefined) return false;
  const name = context.oracle.nameOf(symbol);
  if (name === "atomic" && packageOf(at.file)?.name === "greenlets" && args[0] !== undefined) {
    context.atomics.push({ start: context.start(node), end: node.end, arg: args[0] });
    return false;
  }
  if (at.own || !/^(?:Callable|Newable)?Function$/.test(at.container)) return false;
  return viaFunction(context, fn, node, callee, name, args);
}

function viaFunction(
  context: Context,
  fn: Location,
  node: Node,
  callee: Node,
  name: string,
  args: readonly Arg[],
): boolean {
  const target = withoutParentheses(context, parts(callee).expression);
  if (name === "bind") {
    context.flow(value(context, target), resultLocation(context, node));
    for (const arg of args.slice(1)) context.put(arg.location, value(context, target));
    return true;
  }
  if (name !== "call" && name !== "apply") return false;
  const passed =
    name === "call"
      ? args.slice(1)
      : args.slice(1, 2).map((arg) => ({ ...arg, spread: true, param: nowhere, fn: nowhere }));
  recordSite(context, fn, node, "call", target, passed);
  return true;
}
