/** build — short names for making syntax nodes. Plain objects: the same for Babel 7 and 8. */
import type * as t from "@babel/types";

type Statement = t.Statement;
type Expression = t.Expression;

const make = <T extends t.Node>(node: object): T => node as unknown as T;

export const id = (name: string): t.Identifier => make({ type: "Identifier", name });
export const number = (value: number): t.Expression =>
  value < 0
    ? make({ type: "UnaryExpression", operator: "-", prefix: true, argument: number(-value) })
    : make({ type: "NumericLiteral", value });
export const string = (value: string): t.StringLiteral => make({ type: "StringLiteral", value });
export const nil = (): t.NullLiteral => make({ type: "NullLiteral" });
export const boolean = (value: boolean): t.BooleanLiteral => make({ type: "BooleanLiteral", value });
export const nothing = (): Expression =>
  make({ type: "UnaryExpression", operator: "void", prefix: true, argument: number(0) });
export const thisExpression = (): t.ThisExpression => make({ type: "ThisExpression" });
export const newTarget = (): t.MetaProperty => make({ type: "MetaProperty", meta: id("new"), property: id("target") });

export const member = (object: Expression | t.Super, name: string): t.MemberExpression =>
  make({ type: "MemberExpression", object, property: id(name), computed: false, optional: null });
export const index = (object: Expression | t.Super, property: Expression): t.MemberExpression =>
  make({ type: "MemberExpression", object, property, computed: true, optional: null });
export const call = (callee: Expression | t.Super, args: (Expression | t.SpreadElement)[]): t.CallExpression =>
  make({ type: "CallExpression", callee, arguments: args, optional: null });
/** `$` or `$state`: a name of ours, told by its mark from a user's variable of the same name. */
export const ours = (name: "$" | "$state"): t.Identifier =>
  make({ type: "Identifier", name, extra: { runtime: true } });
/** Whether a name is one of ours. */
export const isOurs = (node: t.Node): boolean => node.type === "Identifier" && node.extra?.["runtime"] === true;
/** `$.name`: a part of the runtime's ABI. */
export const abi = (name: string): t.MemberExpression => member(ours("$"), name);
/** `$.name(args)` */
export const runtime = (name: string, ...args: (Expression | t.SpreadElement)[]): t.CallExpression =>
  call(abi(name), args);
/** A call of a helper, remembering the name of the method that it was. */
export const named = (helper: t.CallExpression, method: string | undefined): t.CallExpression =>
  method === undefined ? helper : { ...helper, extra: { ...helper.extra, method } };
export const assign = (left: t.LVal, right: Expression, operator = "="): t.AssignmentExpression =>
  make({ type: "AssignmentExpression", operator, left, right });
export const binary = (operator: string, left: Expression, right: Expression): t.BinaryExpression =>
  make({ type: "BinaryExpression", operator, left, right });
export const logical = (operator: "&&" | "||" | "??", left: Expression, right: Expression): t.LogicalExpression =>
  make({ type: "LogicalExpression", operator, left, right });
/** `x === null || x === undefined`, of a name. */
export const nullish = (name: Expression): Expression =>
  logical("||", binary("===", name, nil()), binary("===", { ...name }, nothing()));
export const not = (argument: Expression): t.UnaryExpression =>
  make({ type: "UnaryExpression", operator: "!", prefix: true, argument });
export const conditional = (test: Expression, consequent: Expression, alternate: Expression): t.ConditionalExpression =>
  make({ type: "ConditionalExpression", test, consequent, alternate });
export const sequence = (expressions: Expression[]): Expression =>
  expressions.length === 1 ? (expressions[0] as Expression) : make({ type: "SequenceExpression", expressions });
export const array = (elements: (Expression | t.SpreadElement | null)[]): t.ArrayExpression =>
  make({ type: "ArrayExpression", elements });
export const spread = (argument: Expression): t.SpreadElement => make({ type: "SpreadElement", argument });
export const object = (properties: t.ObjectExpression["properties"]): t.ObjectExpression =>
  make({ type: "ObjectExpression", properties });
export const property = (name: string, value: Expression): t.ObjectProperty =>
  make({ type: "ObjectProperty", key: id(name), value, computed: false, shorthand: false });
export const keyed = (key: Expression, value: t.ObjectProperty["value"]): t.ObjectProperty =>
  make({ type: "ObjectProperty", key, value, computed: true, shorthand: false });

export const block = (body: Statement[], directives: t.Directive[] = []): t.BlockStatement =>
  make({ type: "BlockStatement", body, directives });
export const useStrict = (): t.Directive =>
  make({ type: "Directive", value: { type: "DirectiveLiteral", value: "use strict" } });
export const statement = (expression: Expression): t.ExpressionStatement =>
  make({ type: "ExpressionStatement", expression });
export const ret = (argument: Expression | null): t.ReturnStatement => make({ type: "ReturnStatement", argument });
export const raise = (argument: Expression): t.ThrowStatement => make({ type: "ThrowStatement", argument });
export const when = (test: Expression, consequent: Statement, alternate: Statement | null = null): t.IfStatement =>
  make({ type: "IfStatement", test, consequent, alternate });
export const declare = (kind: "let" | "const" | "var", name: string, init: Expression | null): t.VariableDeclaration =>
  declareAll(kind, [[id(name), init]]);
export const declareAll = (
  kind: "let" | "const" | "var",
  pairs: [t.LVal, Expression | null][],
): t.VariableDeclaration =>
  make({
    type: "VariableDeclaration",
    kind,
    declarations: pairs.map(([target, init]) => ({ type: "VariableDeclarator", id: target, init })),
  });
export const labelled = (name: string, body: Statement): t.LabeledStatement =>
  make({ type: "LabeledStatement", label: id(name), body });
export const leap = (type: "break" | "continue", label: string | null): Statement =>
  make({ type: type === "break" ? "BreakStatement" : "ContinueStatement", label: label === null ? null : id(label) });
export const switchOn = (discriminant: Expression, cases: t.SwitchCase[]): t.SwitchStatement =>
  make({ type: "SwitchStatement", discriminant, cases });
export const switchCase = (test: Expression | null, consequent: Statement[]): t.SwitchCase =>
  make({ type: "SwitchCase", test, consequent });
export const tryCatch = (body: Statement[], param: string, handler: Statement[]): t.TryStatement =>
  make({
    type: "TryStatement",
    block: block(body),
    handler: { type: "CatchClause", param: id(param), body: block(handler) },
    finalizer: null,
  });
export const arrow = (
  params: t.Identifier[],
  body: Statement[],
  directives: t.Directive[] = [],
): t.ArrowFunctionExpression =>
  make({ type: "ArrowFunctionExpression", params, body: block(body, directives), async: false, expression: false });
export const functionDeclaration = (
  name: string,
  params: t.Identifier[],
  body: Statement[],
  directives: t.Directive[],
): t.FunctionDeclaration =>
  make({
    type: "FunctionDeclaration",
    id: id(name),
    params,
    body: block(body, directives),
    async: false,
    generator: false,
  });
export const functionExpression = (name: t.Identifier | null, fn: object): t.FunctionExpression =>
  make({ ...fn, type: "FunctionExpression", id: name });

/** Gives a new node the source position of the one it stands for. */
export function at<T extends t.Node>(node: T, origin: t.Node): T {
  if (origin.loc) {
    node.loc = origin.loc;
    node.start = origin.start ?? null;
    node.end = origin.end ?? null;
  }
  return node;
}
