/**
 * pipeline — a program through all passes, on one screen.
 *
 *   In     a program as parsed, options
 *   Out    the same program, its functions that may switch with two bodies; nothing is changed in a program without any
 */
import type { Expression, Node, Program, Statement, TaggedTemplateExpression } from "@babel/types";
import { assumedIn } from "./assumed.ts";
import { privateNames, rewriteClasses } from "./classes/index.ts";
import { boxedNames, firstReentry, prepareBindings, type Bindings } from "./bindings.ts";
import { parentsOf, type Parent } from "./places.ts";
import { guardClaims } from "./claims.ts";
import { atomicSwitches } from "./diagnostics.ts";
import * as b from "./emit/build.ts";
import { descriptionOf } from "./emit/describe.ts";
import { emitFunction } from "./emit/function.ts";
import { moveParameters } from "./generator-parameters.ts";
import { inferredName, linksArguments, needsSurroundings, refuseUnknowable } from "./surroundings.ts";
import { ARGUMENTS, lexicalNames, Liveness, NEW_TARGET, THIS } from "./liveness.ts";
import { Itself } from "./itself.ts";
import { CompiledIndex, liftNested, ReferenceIndex, settleCompanions, staysInBlock } from "./lift.ts";
import { Names } from "./names.ts";
import { isCompiled } from "./recognise.ts";
import { normalise } from "./normalise/index.ts";
import type { Session } from "./normalise/normaliser.ts";
import { findTouched } from "./normalise/touched.ts";
import type { Settings } from "./options.ts";
import { findPoints, type Circumstances, type Knowledge, type Points } from "./points.ts";
import { assignParameterFunctions } from "./parameter-functions.ts";
import { addPreamble, renameRuntime } from "./preamble.ts";
import { splitParameters } from "./split-parameters.ts";
import { eachTarget } from "./patterns.ts";
import { resolve } from "./resolver.ts";
import type { Activation, Scopes } from "./scope.ts";
import { childLists, type Step } from "./steps.ts";
import { usesThis } from "./tails.ts";
import { shareTemplates, stringsOf } from "./templates.ts";
import { isFunction, replaceChild, walk, type FunctionNode } from "./walk.ts";

/** What the passes of one file share. */
interface Unit {
  program: Program;
  settings: Settings;
  filename: string;
  scopes: Scopes;
  points: Points;
  parents: Map<Node, { node: Node; key: string }>;
  names: Names;
  bindings: Bindings;
  index: ReferenceIndex;
  compiled: CompiledIndex;
  /** Factories that have to stay with a function, until the function around it is compiled. */
  companions: Map<Node, Statement[]>;
  /** Resume functions and constants, by the outermost statement that they go beside. */
  beside: Map<Node, Statement[]>;
  itself: Itself;
  /** Constructors whose first statement, the call that initialises the fields, runs before their parameters are evaluated. */
  early: ReadonlySet<Node>;
}

/** Called for each function after each pass, with its steps once it has any. */
export type Observer = (pass: string, fn: FunctionNode, name: string, steps: Step[], resume: Statement | null) => void;

/** What a file is compiled in. */
export interface Setting {
  /** What is known beyond the file. */
  knowledge?: Knowledge | undefined;
  observe?: Observer;
  /** Called before the first change, if there is going to be one. */
  beforeChange?: () => void;
  /** The file's name in the descriptions of development builds. */
  filename?: string;
}

/** Compiles a program in place. @returns false if nothing in it may switch, and nothing was changed */
export function compileProgram(
  program: Program,
  settings: Settings,
  { knowledge, observe, beforeChange, filename = "" }: Setting = {},
): boolean {
  if (isCompiled(program, settings.runtime)) return false;
  const assumed = assumedIn(program, filename, settings.assume);
  const found = settlePoints(program, settings, { knowledge, assumed, beforeChange });
  if (found === null) return false;
  const { scopes, points, early, claimed } = found;
  const taken = ["$", "$state"].filter((name) => scopes.names.has(name));
  if (knowledge?.isAtomicBroken) refuseBrokenAtomic(program, knowledge);
  for (const fn of points.functions) refuseUnknowable(fn, scopes);
  guardClaims(program, claimed, settings.stress || settings.dev);
  const parents = parentsOf(program);
  const names = new Names(scopes.names);
  guardUnsuspendable(points, parents, settings.stress || settings.dev);
  const bindings = prepareBindings(scopes, points.functions, points.points, parents, names);
  early.forEach((fn) => bindings.loweredParams.add(fn));
  const unit: Unit = {
    program,
    settings,
    filename,
    scopes,
    points,
    parents,
    names,
    bindings,
    index: new ReferenceIndex(scopes, bindings.aliases),
    compiled: new CompiledIndex(points.functions),
    companions: new Map(),
    beside: new Map(),
    early,
    itself: new Itself(scopes, parents, new Names(privateNames(program))),
  };
  for (const fn of points.functions) compileFunction(unit, fn, observe);
  insertBeside(program, unit.beside);
  shareTemplates(program, names);
  const { runtime, dev } = settings;
  const needs = { runtime, flag: points.functions.length > 0, development: dev, builtins: settings.builtins };
  addPreamble(program, needs, names);
  for (const name of taken) renameRuntime(program, name, names);
  return true;
}

const NO_CLAIMS: ReadonlySet<Node> = new Set();

function refuseBrokenAtomic(program: Program, knowledge: Knowledge): void {
  walk(program, (node) => {
    const chain = node.type === "CallExpression" ? knowledge.brokenAtomic(node) : undefined;
    if (chain !== undefined) throw atomicSwitches(node, chain);
  });
}

/** The points of a program, null if it has none. Classes are rewritten until every initialiser that can wait does: one may hold another class. */
function settlePoints(program: Program, settings: Settings, { beforeChange, ...known }: Known) {
  const early = new Set<Node>();
  const waiting = new Set<Node>();
  const everyCall = settings.stress || settings.dev;
  const find = () => {
    const scopes = resolve(program);
    const { builtins, plainImports } = settings;
    const points = findPoints(program, scopes, { everyCall, builtins, plainImports, waiting, ...known });
    return { scopes, early, points, claimed: settings.assert ? points.claimed : NO_CLAIMS };
  };
  let found = find();
  const { functions, unsuspendable, heirs } = found.points;
  if (functions.length + unsuspendable.length + heirs.size + found.claimed.size === 0) return null;
  beforeChange?.();
  const names = new Names(found.scopes.names);
  while (
    rewriteClasses(program, found.points, early) ||
    moveAllParameters(found.points, names, waiting) ||
    assignParameterFunctions(found.points.functions) ||
    splitParameters(found.scopes, found.points.functions, names)
  )
    found = find();
  return found;
}

function moveAllParameters({ generators }: Points, names: Names, waiting: Set<Node>): boolean {
  const moved = [...generators].filter((fn) => moveParameters(fn, names));
  moved.forEach((fn) => waiting.add(fn));
  return moved.length > 0;
}

interface Known extends Pick<Circumstances, "knowledge" | "assumed"> {
  beforeChange: Setting["beforeChange"] | undefined;
}

/** lift → normalise → liveness → emit. */
function compileFunction(unit: Unit, fn: FunctionNode, observe: Observer | undefined): void {
  const { scopes, bindings } = unit;
  const name = inferredName(fn, unit.parents);
  liftOut(unit, fn, name);
  const names = unit.names.within();
  const session = sessionOf(unit, fn, names);
  observe?.("bindings", fn, name, [], null);
  const { params, steps, result } = normalise(session, {
    boxed: bindings.boxedParams.get(fn) ?? [],
    lower: bindings.loweredParams.has(fn),
    inPatterns: bindings.boxedInPatterns.get(fn) ?? [],
    late: new Set([...bindings.late].filter(({ activation }) => activation.node === fn).map((late) => late.name)),
    early: unit.early.has(fn),
  });
  observe?.("normalise", fn, name, steps, null);
  const { linked, derived } = session;
  const surrounded = linked || derived || unit.companions.has(fn) || needsSurroundings(fn, scopes);
  const isNative = surrounded && (derived || fn.type === "ArrowFunctionExpression");
  const own = ownNames(bindings, fn);
  if (isNative) for (const name of [THIS, ARGUMENTS, NEW_TARGET]) own.delete(name);
  for (const param of params) eachTarget(param, (target) => own.add(target.name));
  if (!fn.generator) new Liveness(trackedNames(own, steps, linked ? fn : null)).run(steps, own);
  observe?.("liveness", fn, name, steps, null);
  const described = { name, file: unit.filename, names, boxed: boxedNames(bindings, fn) };
  const resume = emitFunction({
    fn,
    params,
    steps,
    result,
    ownNames: own,
    names,
    beside: surrounded || fn.generator ? null : unit.names.fresh(`${name}$resume`),
    constructible: !derived && isConstructible(fn),
    derived,
    itself: unit.itself.of(fn),
    native: isNative,
    linked,
    strict: isStrictAlone(unit, fn),
    describe: unit.settings.dev ? (layout, points) => descriptionOf(described, layout, points) : null,
    helper: unit.settings.stress ? "stress" : unit.settings.dev ? "dev" : null,
  });
  observe?.("emit", fn, name, steps, resume[0] ?? null);
  besideOutermost(unit, fn).push(...resume);
  if (!unit.companions.has(fn)) return;
  if (staysInBlock(fn, unit.parents) || !isLiftedFrom(unit, functionAround(fn, unit.parents)))
    settleCompanions(fn, unit.companions, unit.parents);
}

/** Moves nested functions that both bodies would make into factories; what stays keeps its companions beside it. */
function liftOut(unit: Unit, fn: FunctionNode, name: string): void {
  const { scopes, parents, names, points, index, compiled, companions } = unit;
  if (!isLiftedFrom(unit, fn)) return;
  const nested = [...companions.keys()];
  const factories = liftNested({
    fn,
    activation: scopes.activationOf.get(fn) as Activation,
    strict: isStrictAlone(unit, fn),
    from: firstReentry(fn, points.points),
    scopes,
    index,
    compiled,
    points: points.points,
    parents,
    names,
    name,
    companions,
  });
  besideOutermost(unit, fn).push(...factories);
  for (const inner of nested) if (functionAround(inner, parents) === fn) settleCompanions(inner, companions, parents);
}

/** Whether functions are lifted out of a function: it is printed twice. */
const isLiftedFrom = ({ compiled, scopes }: Unit, fn: Node | undefined): boolean =>
  fn !== undefined &&
  isFunction(fn) &&
  !fn.generator &&
  compiled.has(fn) &&
  scopes.activationOf.has(fn) &&
  !linksArguments(fn, scopes);

function functionAround(node: Node, parents: Unit["parents"]): Node | undefined {
  for (let at = parents.get(node)?.node; at !== undefined; at = parents.get(at)?.node) if (isFunction(at)) return at;
  return undefined;
}

/** Strict where the file is not. */
const isStrictAlone = ({ scopes }: Unit, fn: FunctionNode): boolean =>
  scopes.activationOf.get(fn)?.strict === true && !scopes.program.activation.strict;

function sessionOf(unit: Unit, fn: FunctionNode, names: Names): Session {
  const { scopes, points, settings } = unit;
  const derived = Boolean(unit.itself.classOf(fn)?.superClass);
  return {
    fn,
    scopes,
    names,
    derived,
    linked: linksArguments(fn, scopes),
    labels: new Names(userLabels(fn)),
    points: points.points,
    switching: points.switching,
    boxReferences: unit.bindings.boxReferences,
    touched: findTouched(fn, points.points),
    everyCall: settings.stress || settings.dev,
    exitPasses: settings.exitPasses,
    builtins: settings.builtins,
    templates: (node) => templateConstant(unit, fn, node),
  };
}

/** The labels a function uses itself. */
function userLabels(fn: FunctionNode): Set<string> {
  const labels = new Set<string>();
  walk(fn.body, (node) => void (node.type === "LabeledStatement" && labels.add(node.label.name)));
  return labels;
}

/** Functions that `new` may call: their `this` must survive a suspension even if they return something else. */
function isConstructible(fn: FunctionNode): boolean {
  if (fn.generator || fn.async) return false;
  if (fn.type === "ClassMethod") return fn.kind === "constructor";
  return (fn.type === "FunctionDeclaration" || fn.type === "FunctionExpression") && usesThis(fn);
}

/** The names that belong to the function as a whole: visible at every point. */
function ownNames({ variablesOf }: Bindings, fn: FunctionNode): Set<string> {
  const names = new Set([THIS, ARGUMENTS, NEW_TARGET]);
  for (const variable of variablesOf.get(fn) ?? []) {
    const isWhole =
      variable.kind === "param" ||
      variable.kind === "var" ||
      (variable.kind === "self" && variable.declaration === fn) ||
      (variable.scope.node === fn && variable.kind === "function");
    if (isWhole) names.add(variable.name);
  }
  return names;
}

/** Those, and what the statements declare. */
function trackedNames(own: Set<string>, steps: Step[], linked: FunctionNode | null): Set<string> {
  const names = new Set(own);
  for (const param of linked?.params ?? []) eachTarget(param, (target) => names.delete(target.name));
  if (linked) names.delete(ARGUMENTS);
  const go = (list: Step[]): void => {
    for (const name of lexicalNames(list)) names.add(name);
    for (const step of list) childLists(step).forEach(go);
  };
  go(steps);
  return names;
}

/** `f(x)` in an async function or a field's initialiser → `$.sync(f(x))` */
function guardUnsuspendable(points: Points, parents: Unit["parents"], marked: boolean): void {
  const guarded = new Set<Node>();
  for (const { call, parent, key } of points.unsuspendable) {
    if (guardSuper(call, parent, parents, marked)) continue;
    const whole = wholeChain(call, { node: parent, key }, parents);
    if (guarded.has(whole.node)) continue;
    guarded.add(whole.node);
    const expression = whole.node as Expression;
    const guardedCall = marked ? b.sequence([b.runtime("unmark"), expression]) : expression;
    replaceChild(whole.at.node, whole.at.key, expression, b.at(b.runtime("sync", guardedCall), call));
  }
}

/** `a?.m(x).b` for the call `a?.m(x)`: taken out of its chain, it would lose that nothing of the chain is evaluated without an `a`. */
function wholeChain(call: Node, place: Parent, parents: Unit["parents"]): { node: Node; at: Parent } {
  let node = call;
  let at = place;
  while (CHAIN.has(at.node.type) && (at.key === "object" || at.key === "callee" || at.key === "expression")) {
    node = at.node;
    at = parents.get(node) as Parent;
  }
  const isDeleted = node !== call && at.node.type === "UnaryExpression" && at.node.operator === "delete";
  return isDeleted ? { node: at.node, at: parents.get(at.node) as Parent } : { node, at };
}

const CHAIN = new Set(["OptionalMemberExpression", "OptionalCallExpression", "TSNonNullExpression"]);

/**
 * super(x);   →   super(x); $.sync(this);
 *
 * It stays a statement, for others who look for it: TypeScript puts parameter properties and lowered fields behind it.
 */
function guardSuper(call: Node, parent: Node, parents: Unit["parents"], marked: boolean): boolean {
  if (parent.type !== "ExpressionStatement" || call.type !== "CallExpression" || call.callee.type !== "Super")
    return false;
  const around = parents.get(parent)?.node;
  if (around?.type !== "BlockStatement") return false;
  const check = b.at(b.statement(b.runtime("sync", b.thisExpression())), call);
  const before = marked ? [b.statement(b.runtime("unmark"))] : [];
  around.body.splice(around.body.indexOf(parent), 1, ...before, parent, check);
  return true;
}

/** One strings object for the place in the source, whichever body runs it. */
function templateConstant(unit: Unit, fn: FunctionNode, node: TaggedTemplateExpression): Expression {
  const name = unit.names.fresh("strings");
  besideOutermost(unit, fn).push(stringsOf(node, name));
  return b.id(name);
}

/** The list of what goes beside the outermost statement around a function. */
function besideOutermost(unit: Unit, fn: Node): Statement[] {
  let outermost = fn;
  for (let at = unit.parents.get(fn); at !== undefined && at.node !== unit.program; at = unit.parents.get(outermost))
    outermost = at.node;
  const list = unit.beside.get(outermost) ?? [];
  unit.beside.set(outermost, list);
  return list;
}

/** A comment below a statement also stands above the next one; printed there, it keeps its place when something comes between. */
function keepSameLineComments(statement: Statement): void {
  const line = statement.loc?.end.line;
  statement.trailingComments =
    statement.trailingComments?.filter((comment) => comment.loc?.start.line === line) ?? null;
}

/** Functions go behind their statement; constants before it, because it may use them at once. */
function insertBeside(program: Program, beside: Map<Node, Statement[]>): void {
  program.body = program.body.flatMap((statement) => {
    const extra = beside.get(statement) ?? [];
    if (extra.length > 0) keepSameLineComments(statement);
    const constants = extra.filter((one) => one.type === "VariableDeclaration");
    return [...constants, statement, ...extra.filter((one) => one.type !== "VariableDeclaration")];
  });
}
