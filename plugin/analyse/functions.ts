/**
 * functions — enters functions, classes and their parts: who runs what, with which parameters.
 *
 *   In     a function-like node, a class
 *   Out    Fn records; flows from parameters into the body and from the body to the result
 *   Keeps  a class is a function: what `new C()` runs is its constructor, its field initialisers and its base class
 */
import type { Context } from "./context.ts";
import { nameIn, textOfName } from "./declarations.ts";
import { calleesOf, noArgument } from "./calls.ts";
import { isExported } from "./exports.ts";
import type { Arg, Callee, Fn, Param } from "./fragment.ts";
import { packageOf, primitiveOf } from "./manifest.ts";
import { addShape, cellsOf, isPrimitive, iterators, memberCallees } from "./members.ts";
import { call, deep, give, into, type Location, nowhere, out } from "./names.ts";
import type { Node } from "./oracle.ts";
import { bindName } from "./patterns.ts";
import { isRunnable } from "./runnable.ts";
import { parts, value } from "./values.ts";

/** Registers a function and says which Fn its body belongs to. */
export function enterFunction(context: Context, node: Node, parent: Location): Location {
  const id = context.fn(node);
  const result = context.resultOf(node);
  const params = parts(node)
    .parameters.filter((parameter) => textOfName(context.oracle, parts(parameter).name) !== "this")
    .map((parameter) => parameterOf(context, node, parameter));
  const own = context.ownEffect(node);
  const runs = runsOf(context, node);
  const exported = isExported(context, node);
  context.functions.push({
    id,
    own,
    parent,
    params,
    result,
    runs,
    start: functionStart(context, node),
    end: node.end,
    name: functionName(context, node),
    exported,
  });
  if (runs !== "body" || isAsync(context, node)) context.boxed.add(context.container(result));
  asValue(context, id, params, result);
  if (isPrimitiveSwitch(context, node)) context.root(call(own), functionName(context, node), node);
  if (context.memory.library && exported) context.root(into(id), "an argument from outside the project", node);
  accessorFlows(context, node, params, result);
  iteratorEffect(context, node, id, result);
  return id;
}

function runsOf(context: Context, node: Node): Fn["runs"] {
  const { asteriskToken, parameters } = parts(node);
  if (asteriskToken === undefined) return "body";
  const isSimple = (parameter: Node): boolean =>
    parts(parameter).initializer === undefined && parts(parameter).name.kind === context.kinds.Identifier;
  return parameters.every(isSimple) ? "generator" : "parameters";
}

/** In the runtime's own source, `Greenlet#switch` has a body like any other method; it is where everything begins. */
function isPrimitiveSwitch(context: Context, node: Node): boolean {
  const name = context.name(node);
  if (node.kind !== context.kinds.MethodDeclaration || (name !== "switch" && name !== "throw")) return false;
  return primitiveOf(packageOf(context.file.fileName), context.name(node.parent) ?? "", name) !== undefined;
}

/** Called through its value: arguments come from what was put in, results can be got out. */
function asValue(context: Context, id: Location, params: readonly Param[], result: Location): void {
  context.edge(call(result), out(id));
  context.edge(out(result), out(id));
  context.edge(deep(id), into(result));
  context.edge(deep(id), deep(result));
  for (const { location, runnable } of params) {
    if (runnable) context.edge(into(id), call(location));
    if (runnable) context.edge(into(id), give(location));
    context.edge(into(id), out(location));
    context.edge(into(location), give(id));
    context.edge(deep(location), give(id));
  }
}

function parameterOf(context: Context, fn: Node, parameter: Node): Param {
  const { name, dotDotDotToken, initializer } = parts(parameter);
  const type = context.type(parameter);
  const location = isPrimitive(context, type) ? nowhere : context.variable(parameter);
  const rest = dotDotDotToken !== undefined;
  if (rest) context.container(location);
  const simple = name.kind === context.kinds.Identifier && !rest && initializer === undefined;
  const faithful = simple && !isAssigned(context, fn, textOfName(context.oracle, name) ?? "");
  if (faithful) context.faithful.add(location);
  return { location, rest, faithful, runnable: isRunnable(context, type) };
}

/** Default values and patterns of the parameters belong to the function that has them. */
export function bindParameters(context: Context, fn: Location, node: Node): void {
  for (const parameter of parts(node).parameters) {
    const { name, initializer } = parts(parameter);
    const location = context.variable(parameter);
    if (initializer !== undefined) context.flow(value(context, initializer), location);
    if (name.kind !== context.kinds.Identifier) bindName(context, fn, parameter, location);
  }
}

/** By name alone: a shadowing variable of the same name only makes the answer more careful. */
export function isAssigned(context: Context, fn: Node, name: string): boolean {
  return assignedNames(context, fn).has(name);
}

const assigned = new WeakMap<Node, ReadonlySet<string>>();

function assignedNames(context: Context, fn: Node): ReadonlySet<string> {
  const known = assigned.get(fn);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const visit = (node: Node): void => {
    for (const target of assignmentTargets(context, node)) collectNames(context, target, names);
    context.oracle.children(node, visit);
  };
  context.oracle.children(fn, visit);
  assigned.set(fn, names);
  return names;
}

function assignmentTargets(context: Context, node: Node): Node[] {
  const k = context.kinds;
  const p = parts(node);
  if (node.kind === k.BinaryExpression)
    return p.operatorToken.kind >= k.FirstAssignment && p.operatorToken.kind <= k.LastAssignment ? [p.left] : [];
  if (node.kind === k.ForOfStatement || node.kind === k.ForInStatement)
    return p.initializer === undefined ? [] : [p.initializer];
  return [];
}

function collectNames(context: Context, target: Node, names: Set<string>): void {
  if (target.kind === context.kinds.Identifier) names.add(textOfName(context.oracle, target) ?? "");
  else context.oracle.children(target, (child) => collectNames(context, child, names));
}

function isAsync(context: Context, node: Node): boolean {
  return parts(node).modifiers?.some(({ kind }) => kind === context.kinds.AsyncKeyword) === true;
}

/** `export default async function f` starts at `async`: where the function itself starts, for every tool. */
export function functionStart(context: Context, node: Node): number {
  const k = context.kinds;
  const { modifiers } = parts(node);
  const outer = modifiers
    ?.filter(({ kind }) => kind === k.ExportKeyword || kind === k.DefaultKeyword || kind === k.DeclareKeyword)
    .at(-1);
  return outer === undefined ? context.start(node) : skipBlank(context, outer.end);
}

/** The next token after `export` or `default`; comments between them are no reason to be wrong. */
function skipBlank(context: Context, from: number): number {
  const blank = /(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*/y;
  blank.lastIndex = from;
  blank.exec(context.file.text);
  return blank.lastIndex;
}

/** As reports show it: `Pool#acquire`, `Pool.create`, `handler`, `(callback of forEach)`. */
export function functionName(context: Context, node: Node): string {
  const k = context.kinds;
  const own = context.name(node) ?? (node.kind === k.Constructor ? "constructor" : undefined);
  const { parent } = node;
  const inClass = parent.kind === k.ClassDeclaration || parent.kind === k.ClassExpression;
  if (inClass && own !== undefined)
    return `${functionName(context, parent)}${isStatic(context, node) ? "." : "#"}${own}`;
  return own ?? nameFromPlace(context, node);
}

function nameFromPlace(context: Context, node: Node): string {
  const k = context.kinds;
  const { parent } = node;
  if (parent.kind === k.ParenthesizedExpression) return nameFromPlace(context, parent);
  if (
    parent.kind === k.VariableDeclaration ||
    parent.kind === k.PropertyAssignment ||
    parent.kind === k.PropertyDeclaration
  )
    return nameIn(context.oracle, parent) ?? "(anonymous)";
  if (parent.kind === k.ExportAssignment) return "default";
  if (parent.kind !== k.CallExpression && parent.kind !== k.NewExpression) return "(anonymous)";
  const callee = parts(parent).expression;
  const name =
    callee === node
      ? undefined
      : callee.kind === k.PropertyAccessExpression
        ? nameIn(context.oracle, callee)
        : textOfName(context.oracle, callee);
  return name === undefined ? "(anonymous)" : `(callback of ${name})`;
}

export function isStatic(context: Context, node: Node): boolean {
  return parts(node).modifiers?.some(({ kind }) => kind === context.kinds.StaticKeyword) === true;
}

/** What a getter returns is what its property holds; what is written to a setter's property is its parameter. */
function accessorFlows(context: Context, node: Node, params: readonly Param[], result: Location): void {
  const k = context.kinds;
  if (node.kind !== k.GetAccessor && node.kind !== k.SetAccessor) return;
  const symbol = context.symbol(parts(node).name);
  for (const cell of symbol === undefined ? [] : cellsOf(context, symbol)) {
    if (node.kind === k.GetAccessor) context.flow(result, cell.location);
    else for (const { location } of params) context.flow(cell.location, location);
  }
}

/** `[Symbol.iterator]()`: making the iterator, then `next` and `return` of what it gives back. */
function iteratorEffect(context: Context, node: Node, id: Location, result: Location): void {
  if (node.kind !== context.kinds.MethodDeclaration || !iterators.has(context.name(node) ?? "")) return;
  const effect = context.names.location(`iterate ${context.key(node)}`);
  const advance: Callee[] = ["next", "return"].flatMap((name) => memberOfResult(context, node, name));
  hidden(context, effect, id, result);
  context.site(
    effect,
    node,
    "iterate",
    [{ kind: "fn", fn: id }, { kind: "value", location: result, param: nowhere }, ...advance],
    { result },
  );
}

function memberOfResult(context: Context, node: Node, name: string): Callee[] {
  const { oracle } = context;
  const type = context.type(node);
  const signature = type === undefined ? undefined : oracle.signatures(type, "call")[0];
  const returned = signature === undefined ? undefined : oracle.returnOf(signature);
  const symbol = returned === undefined ? undefined : oracle.property(returned, name);
  return symbol === undefined ? [] : memberCallees(context, returned, symbol, name, "call");
}

/** A function that is in no source text: a bundle of things that run together. */
function hidden(context: Context, id: Location, parent: Location, result: Location): void {
  context.functions.push({
    id,
    own: context.names.location(`own-of ${id}`),
    parent,
    params: [],
    result,
    runs: "body",
    start: -1,
    end: -1,
    name: "",
    exported: false,
  });
}

/** Registers a class; its members are entered by the walk. */
export function enterClass(context: Context, node: Node, parent: Location): Location {
  const id = context.fn(node);
  const constructor = parts(node).members.find(
    (member) => member.kind === context.kinds.Constructor && parts(member).body !== undefined,
  );
  const params =
    constructor === undefined ? [inheritedParameters(context, node)] : constructorParameters(context, constructor);
  const result = context.container(context.resultOf(node));
  const fact: Fn = {
    id,
    own: context.ownEffect(node),
    parent,
    params,
    result,
    runs: "body",
    start: functionStart(context, node),
    end: node.end,
    name: functionName(context, node),
    exported: isExported(context, node),
  };
  context.functions.push(fact);
  asValue(context, id, params, result);
  if (context.memory.library && fact.exported) context.root(into(id), "an argument from outside the project", node);
  runConstructor(context, node, id, constructor, params);
  shapes(context, node);
  return id;
}

function constructorParameters(context: Context, constructor: Node): Param[] {
  return parts(constructor).parameters.map((parameter) => parameterOf(context, constructor, parameter));
}

/** `class B extends A {}` hands all its arguments to A. */
function inheritedParameters(context: Context, node: Node): Param {
  return {
    location: context.container(context.local(node, "arguments")),
    rest: true,
    faithful: false,
    runnable: false,
  };
}

function runConstructor(
  context: Context,
  node: Node,
  id: Location,
  constructor: Node | undefined,
  params: readonly Param[],
): void {
  const inherited = constructor === undefined ? baseClass(context, node) : undefined;
  if (constructor !== undefined) {
    const args = params.map((param): Arg => ({
      ...noArgument,
      location: param.location,
      spread: param.rest,
      param: param.faithful ? param.location : nowhere,
    }));
    run(context, node, id, "constructor", [{ kind: "fn", fn: context.fn(constructor) }], args);
  } else if (inherited !== undefined) {
    const args = params.map((param): Arg => ({ ...noArgument, location: param.location, spread: true }));
    run(context, node, id, "base", calleesOf(context, inherited).callees, args);
  }
  const fields = parts(node).members.filter((member) => isField(context, member) && !isStatic(context, member));
  for (const field of fields) run(context, node, id, `field ${field.pos}`, [{ kind: "fn", fn: context.fn(field) }], []);
}

/** The expression after `extends`. */
export function baseClass(context: Context, node: Node): Node | undefined {
  const clause = parts(node).heritageClauses?.find((one) => parts(one).token === context.kinds.ExtendsKeyword);
  const base = clause === undefined ? undefined : parts(clause).types[0];
  return base === undefined ? undefined : parts(base).expression;
}

export function isField(context: Context, member: Node): boolean {
  return member.kind === context.kinds.PropertyDeclaration && parts(member).initializer !== undefined;
}

/** One thing a class does when it is constructed: no text of its own, so no suspension point of its own. */
function run(
  context: Context,
  node: Node,
  fn: Location,
  what: string,
  callees: readonly Callee[],
  args: readonly Arg[],
): void {
  const point = context.local(node, `run ${what}`);
  context.sites.push({ fn, point, kind: "new", start: -1, end: -1, callees, receiver: nowhere, args, result: nowhere });
}

/** Field initialisers and static blocks are functions of their own: they run with the class's `this`. */
export function enterField(context: Context, node: Node, parent: Location): Location {
  const id = context.fn(node);
  context.functions.push({
    id,
    own: context.ownEffect(node),
    parent,
    params: [],
    result: context.resultOf(node),
    runs: "body",
    start: context.start(node),
    end: node.end,
    name: functionName(context, node),
    exported: false,
  });
  return id;
}

/** Static parts run where the class is defined. */
export function runStatic(context: Context, fn: Location, part: Node): void {
  const point = context.local(part, "run static");
  context.sites.push({
    fn,
    point,
    kind: "new",
    start: -1,
    end: -1,
    callees: [{ kind: "fn", fn: context.fn(part) }],
    receiver: nowhere,
    args: [],
    result: nowhere,
  });
}

/** The checker gives a class declaration its instance type, a class expression the type of the class itself. */
function shapes(context: Context, node: Node): void {
  const { oracle } = context;
  const type = context.type(node);
  const construct = type === undefined ? undefined : oracle.signatures(type, "construct")[0];
  const symbol = context.name(node) === undefined ? undefined : context.symbol(parts(node).name);
  addShape(context, construct === undefined ? type : oracle.returnOf(construct));
  addShape(context, construct === undefined ? symbol && oracle.typeOf(symbol) : type);
}
