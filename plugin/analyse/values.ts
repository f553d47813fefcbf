/**
 * values — where the value of an expression comes from.
 *
 *   In     an expression
 *   Out    the location that holds its value, or `nowhere` when it can hold no function
 *   Keeps  no call is recorded here: calls are sites (calls.ts), and their results have locations of their own
 */
import type { Context } from "./context.ts";
import { textOfName } from "./declarations.ts";
import { givesKnown, givesPrimitive } from "./declared-result.ts";
import { isLibrary } from "./foreign.ts";
import type { Arg } from "./fragment.ts";
import { element, property } from "./member-values.ts";
import { isPrimitive } from "./members.ts";
import { call, give, into, type Location, nowhere, out } from "./names.ts";
import { isRunnable } from "./runnable.ts";
import type { Declaration, Node, Sym, Typ } from "./oracle.ts";

/** The fields of the nodes we look at; which of them a node has follows from its kind. */
export type Parts = Node & {
  readonly expression: Node;
  readonly name: Node;
  readonly left: Node;
  readonly right: Node;
  readonly operatorToken: Node;
  readonly whenTrue: Node;
  readonly whenFalse: Node;
  readonly argumentExpression: Node;
  readonly initializer: Node | undefined;
  readonly body: Node | undefined;
  readonly elements: readonly Node[];
  readonly properties: readonly Node[];
  readonly members: readonly Node[];
  readonly parameters: readonly Node[];
  readonly arguments: readonly Node[] | undefined;
  readonly modifiers: readonly Node[] | undefined;
  readonly tag: Node;
  readonly template: Node;
  readonly templateSpans: readonly Node[];
  readonly propertyName: Node | undefined;
  readonly dotDotDotToken: Node | undefined;
  readonly asteriskToken: Node | undefined;
  readonly heritageClauses: readonly Node[] | undefined;
  readonly types: readonly Node[];
  readonly token: number;
  readonly operator: number;
  readonly declarations: readonly Node[];
  readonly tagName: Node;
  readonly attributes: Node;
  readonly children: readonly Node[];
  readonly openingElement: Node;
  readonly type: Node | undefined;
  readonly text: string;
  readonly flags: number;
};

export const parts = (node: Node): Parts => node as Parts;

export function value(context: Context, node: Node | undefined): Location {
  return node === undefined ? nowhere : context.remember(node, () => valueOf(context, node));
}

function valueOf(context: Context, node: Node): Location {
  const k = context.kinds;
  const p = parts(node);
  switch (node.kind) {
    case k.ParenthesizedExpression:
    case k.NonNullExpression:
    case k.SatisfiesExpression:
    case k.ExpressionWithTypeArguments:
      return value(context, p.expression);
    case k.AsExpression:
    case k.TypeAssertionExpression:
      return cast(context, p);
    case k.Identifier:
      return identifier(context, node);
    case k.FunctionExpression:
    case k.ArrowFunction:
    case k.ClassExpression:
      return context.fn(node);
    case k.CallExpression:
    case k.NewExpression:
    case k.TaggedTemplateExpression:
    case k.JsxElement:
    case k.JsxSelfClosingElement:
    case k.YieldExpression:
      return resultLocation(context, node);
    case k.PropertyAccessExpression:
      return property(context, node, p.expression, p.name);
    case k.ElementAccessExpression:
      return element(context, p);
    case k.ConditionalExpression:
      return joined(context, node, [p.whenTrue, p.whenFalse]);
    case k.BinaryExpression:
      return binary(context, p);
    case k.AwaitExpression:
      return awaited(context, p);
    case k.ObjectLiteralExpression:
    case k.ArrayLiteralExpression:
    case k.JsxAttributes:
      return context.local(node, "made");
    default:
      return nowhere;
  }
}

/** What a call, `new`, template tag or `yield` gives back; a number or a text holds no function, and nobody gets what a statement drops. */
export function resultLocation(context: Context, node: Node): Location {
  const k = context.kinds;
  const isLost =
    node.kind === k.CallExpression &&
    (node.parent.kind === k.ExpressionStatement ||
      (givesPrimitive(context, withoutParentheses(context, parts(node).expression)) ??
        isPrimitive(context, context.type(node))));
  return isLost ? nowhere : context.local(node, "result");
}

function joined(context: Context, node: Node, choices: readonly Node[]): Location {
  const at = context.local(node, "joined");
  for (const choice of choices) context.flow(value(context, choice), at);
  return at;
}

function binary(context: Context, p: Parts): Location {
  const k = context.kinds;
  switch (p.operatorToken.kind) {
    case k.EqualsToken:
    case k.CommaToken:
      return value(context, p.right);
    case k.BarBarToken:
    case k.AmpersandAmpersandToken:
    case k.QuestionQuestionToken:
    case k.BarBarEqualsToken:
    case k.AmpersandAmpersandEqualsToken:
    case k.QuestionQuestionEqualsToken:
      return joined(context, p, [p.left, p.right]);
    default:
      return nowhere;
  }
}

/** The value itself, when it is no promise; otherwise what the promise holds. */
function awaited(context: Context, p: Parts): Location {
  const at = context.local(p, "awaited");
  const from = value(context, p.expression);
  context.flow(from, at);
  context.get(from, at);
  return at;
}

/**
 * `x as Handler` where the types of x said nothing before, or nothing of a function: then any function may be there. In `x as unknown[]` it is not
 * the list itself, but something in it.
 */
function cast(context: Context, p: Parts): Location {
  const to = context.type(p);
  if (isPrimitive(context, to)) return nowhere;
  if (!isRunnable(context, to) && givesKnown(context, withoutParentheses(context, p.expression)))
    return value(context, p.expression);
  const from = context.type(p.expression);
  const isNew = !isVague(context, to) && isRunnable(context, to) && !isRunnable(context, from);
  if (!isVague(context, from) && !isNew) return value(context, p.expression);
  const at = context.local(p, "cast");
  context.flow(value(context, p.expression), at);
  if (isRunnable(context, to)) context.flow(context.anything, at);
  else context.edge(call(context.anything), out(at));
  return at;
}

function isVague(context: Context, type: Typ | undefined): boolean {
  const kind = type === undefined ? "any" : context.oracle.kindOf(type);
  return kind === "any" || kind === "unknown" || kind === "function";
}

function identifier(context: Context, node: Node): Location {
  const symbol = context.symbol(node);
  if (symbol === undefined) return textOfName(context.oracle, node) === "undefined" ? nowhere : context.anything;
  return symbolValue(context, symbol);
}

/** The value of a variable, function, class or import. */
export function symbolValue(context: Context, symbol: Sym): Location {
  for (const at of context.declarations(symbol)) {
    const found = at.own ? declared(context, at.node, symbol) : foreignValue(context, symbol, at);
    if (found !== nowhere) return found;
  }
  return nowhere;
}

export function declared(context: Context, node: Node, symbol: Sym): Location {
  const k = context.kinds;
  switch (node.kind) {
    case k.FunctionDeclaration:
    case k.FunctionExpression:
      return parts(node).body === undefined ? nowhere : context.fn(node);
    case k.ClassDeclaration:
    case k.ClassExpression:
      return context.fn(node);
    case k.VariableDeclaration:
      return variable(context, node, symbol);
    case k.Parameter:
    case k.BindingElement:
      return isPrimitive(context, context.oracle.typeOf(symbol)) ? nowhere : context.variable(node);
    case k.ExportAssignment:
    case k.BinaryExpression:
    case k.PropertyAccessExpression:
      return context.variable(node);
    case k.ImportClause:
    case k.ImportSpecifier:
    case k.NamespaceImport:
    case k.ImportEqualsDeclaration:
      return context.anything; // an import that leads nowhere
    default:
      return nowhere;
  }
}

/** `declare const host: any` has no initialiser to flow from. */
function variable(context: Context, node: Node, symbol: Sym): Location {
  const type = context.oracle.typeOf(symbol);
  if (isPrimitive(context, type)) return nowhere;
  const unknownValue =
    parts(node).initializer === undefined &&
    isAmbient(context, node) &&
    type !== undefined &&
    context.oracle.kindOf(type) === "any";
  return unknownValue ? context.anything : context.variable(node);
}

function isAmbient(context: Context, node: Node): boolean {
  const statement = node.parent?.parent;
  return (
    statement !== undefined &&
    parts(statement).modifiers?.some(({ kind }) => kind === context.kinds.DeclareKeyword) === true
  );
}

/** A builtin or a dependency's function, as a value: it calls what it is given, or returns it. */
export function foreignValue(context: Context, symbol: Sym, at: Declaration & { own: false }): Location {
  const type = context.oracle.typeOf(symbol);
  if (type === undefined || isPrimitive(context, type)) return nowhere;
  if (context.oracle.kindOf(type) === "any") return context.anything;
  const isFunction = context.oracle.signatures(type, "call").length > 0;
  const isConstructor = context.oracle.signatures(type, "construct").length > 0;
  if (!isFunction && !isConstructor && (isLibrary(at.file) || context.oracle.nameOf(symbol) === "console"))
    return nowhere;
  const foreign = context.foreign(symbol, at);
  const location = context.names.location(`foreign ${at.file}#${at.container}.${context.oracle.nameOf(symbol)}`);
  if (foreign.root !== undefined) context.roots.push({ node: call(location), text: foreign.root, start: -1, end: -1 });
  if (isFunction) context.edge(into(location), out(location));
  if (isFunction) context.edge(into(location), give(location));
  if (isFunction && anyCalled(foreign.calls)) context.edge(into(location), call(location));
  return location;
}

function anyCalled(calls: (index: number) => boolean): boolean {
  return [0, 1, 2, 3].some(calls);
}

/** An argument, with what it tells about itself: a parameter handed on, a function written in place. */
export function argument(context: Context, node: Node): Arg {
  const spread = node.kind === context.kinds.SpreadElement;
  const given = spread ? parts(node).expression : node;
  const bare = withoutParentheses(context, given);
  const location = value(context, given);
  const isFunction = bare.kind === context.kinds.ArrowFunction || bare.kind === context.kinds.FunctionExpression;
  return {
    location,
    spread,
    param: faithfulParameter(context, location),
    fn: isFunction && !spread ? location : nowhere,
  };
}

export function faithfulParameter(context: Context, location: Location): Location {
  return context.faithful.has(location) ? location : nowhere;
}

export function withoutParentheses(context: Context, node: Node): Node {
  const k = context.kinds;
  const isWrapper =
    node.kind === k.ParenthesizedExpression || node.kind === k.NonNullExpression || node.kind === k.SatisfiesExpression;
  return isWrapper ? withoutParentheses(context, parts(node).expression) : node;
}
