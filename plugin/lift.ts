/**
 * lift — nested functions that both bodies would make are written once.
 *
 *   In     function f() { const k = g(); return () => h(k); }
 *   Out    function f$make(k) { return () => h(k); }   function f() { const k = g(); return f$make(k); }
 *   Needs  bindings: what a closure captures is a box, or has its final value when the closure is made
 *   Keeps  names of functions, `this`; what can't be moved (`super`, `arguments`, private names around it) stays, twice
 *
 * Functions are compiled from the inside out. A factory for what captures only variables of f stands beside the outermost statement. One
 * that sees variables around f is a companion of f: it goes where f goes, into the factory of f or beside the statement that holds f.
 * So each function is written once, however deep functions are nested.
 */
import type { Expression, FunctionDeclaration, Identifier, Node, ObjectMethod, Statement } from "@babel/types";
import type { Parent } from "./places.ts";
import * as b from "./emit/build.ts";
import type { Names } from "./names.ts";
import type { Activation, Scopes, Variable } from "./scope.ts";
import { nameInContext } from "./classes/naming.ts";
import { isAnonymous, withName } from "./settle.ts";
import {
  eachChild,
  type FunctionNode,
  isClass,
  isField,
  isFunction,
  leavesActivation,
  replaceChild,
  walkActivation,
} from "./walk.ts";

/** Shorter functions are cheaper twice than once with a factory, unless they hold compiled functions. In characters of source. */
const SHORT = 160;

type Liftable = Extract<
  Node,
  { type: "FunctionExpression" | "ArrowFunctionExpression" | "ClassExpression" | "ClassDeclaration" | "ObjectMethod" }
>;

/** A place where a variable is mentioned, and the name it has there. */
interface Mention {
  at: number;
  variable: Variable;
  name: string;
}

/** Every reference of a file by its position, so that those inside a function are found at once. */
export class ReferenceIndex {
  private readonly places: Mention[];

  /** `aliases`: references that go by another name than their variable. */
  constructor(scopes: Scopes, aliases: ReadonlyMap<Node, string>) {
    this.places = scopes.variables.flatMap((variable) =>
      variable.references.map(({ node }) => ({
        at: node.start ?? -1,
        variable,
        name: aliases.get(node) ?? variable.name,
      })),
    );
    this.places.sort((one, other) => one.at - other.at);
  }

  /** The variables mentioned between two positions, once by each name. */
  within(start: number, end: number): Iterable<Mention> {
    const found = new Map<string, Mention>();
    for (let index = firstFrom(this.places, start); index < this.places.length; index++) {
      const place = this.places[index] as Mention;
      if (place.at >= end) break;
      const key = `${place.name} ${place.variable.scope.node.start}`;
      if (!found.has(key)) found.set(key, place);
    }
    return found.values();
  }
}

/** The compiled functions of a file by where they begin: whether a node holds one. */
export class CompiledIndex {
  private readonly places: { at: number }[];
  private readonly functions: ReadonlySet<Node>;

  constructor(functions: readonly FunctionNode[]) {
    this.functions = new Set(functions);
    this.places = functions.map((fn) => ({ at: fn.start ?? -1 })).sort((one, other) => one.at - other.at);
  }

  has(fn: Node): boolean {
    return this.functions.has(fn);
  }

  /** True when a compiled function is inside a node, other than the node itself. */
  isInside({ start, end }: Node): boolean {
    const first = this.places[firstFrom(this.places, (start ?? Infinity) + 1)];
    return first !== undefined && first.at < (end ?? 0);
  }
}

/** The index of the first place from a position on. */
function firstFrom(places: readonly { at: number }[], start: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as { at: number }).at < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface LiftingOf {
  fn: FunctionNode;
  activation: Activation;
  /** Strict where the file is not: factories say so themselves. */
  strict: boolean;
  /** Where re-entered code begins: what stands before is made once anyway. */
  from: number;
  scopes: Scopes;
  index: ReferenceIndex;
  compiled: CompiledIndex;
  points: ReadonlySet<Node>;
  parents: Map<Node, Parent>;
  names: Names;
  name: string;
  /** The factories that have to stay with each function. */
  companions: Map<Node, Statement[]>;
}

/** Lifts what can be lifted out of a function, in place. @returns the factories for beside the outermost statement */
export function liftNested(lifting: LiftingOf): Statement[] {
  const outermost: Statement[] = [];
  for (const { node, parent, key } of candidates(lifting)) {
    const captured = capturedBy(node, lifting);
    const inferred = isAnonymous(node) ? nameInContext({ node: parent, key }, lifting.parents) : "";
    if (captured === null || inferred === null) continue;
    const factory = lift(node, { parent, key, inferred }, captured.own, lifting);
    if (captured.seesAround) companionsOf(lifting.fn, lifting).push(factory);
    else outermost.push(factory);
  }
  return outermost;
}

function companionsOf(fn: Node, { companions }: LiftingOf): Statement[] {
  const list = companions.get(fn) ?? [];
  companions.set(fn, list);
  return list;
}

/** Functions and classes of the function's own activation that stand in re-entered code. */
function candidates({ fn, from, compiled, points }: LiftingOf): { node: Liftable; parent: Node; key: string }[] {
  const found: { node: Liftable; parent: Node; key: string }[] = [];
  const go = (node: Node): void =>
    eachChild(node, (child, key) => {
      const { start, end } = child;
      const isReentered = start != null && end != null && end > from;
      if (isReentered && isWanted(child, compiled) && !evaluatesPoint(child, points))
        found.push({ node: child, parent: node, key });
      else if (!leavesActivation(child, node, key) && !isFunction(child)) go(child);
    });
  go(fn.body);
  return found;
}

/** A class whose `extends` or computed keys may switch: they are evaluated where the class stands. */
function evaluatesPoint(cls: Node, points: ReadonlySet<Node>): boolean {
  let found = false;
  if (isClass(cls)) walkActivation(cls, (node) => void (found ||= points.has(node)));
  return found;
}

function isWanted(node: Node, compiled: CompiledIndex): node is Liftable {
  switch (node.type) {
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ClassExpression":
    case "ClassDeclaration":
      return (node.end ?? 0) - (node.start ?? 0) > SHORT || compiled.isInside(node);
    case "ObjectMethod":
      return node.kind === "method" && !node.computed && compiled.isInside(node);
    default:
      return false;
  }
}

interface Captured {
  /** The names of the function's own variables, which the factory is given. */
  own: string[];
  /** Whether there are others, of functions around it. */
  seesAround: boolean;
}

/** The variables that a nested function takes along; null if it can't be moved. */
function capturedBy(node: Liftable, lifting: LiftingOf): Captured | null {
  const { fn, activation, scopes, index } = lifting;
  // Before `super()` there is no `this` to hand to a factory.
  if (holdsImmovable(node) || (fn.type === "ClassMethod" && fn.kind === "constructor" && mentionsThis(node)))
    return null;
  const captured: Captured = { own: [], seesAround: hasCompanions(node, lifting) };
  const place = placeBeside(fn, lifting.parents);
  for (const { variable, name } of index.within(node.start as number, node.end as number)) {
    // A class declaration mentions the variable that it declares, but does not capture it.
    if (variable.scope === scopes.program || isOwnName(variable, node) || isInside(variable, node)) continue;
    if (variable.name === "arguments") return null;
    if (variable.activation === activation) captured.own.push(name);
    else if (place === null || !isVisible(variable, place)) return null;
    else captured.seesAround = true;
  }
  return captured.seesAround && place === null ? null : captured;
}

/** Whether a variable can be seen from a block. */
function isVisible({ scope }: Variable, { start, end }: Node): boolean {
  const { node } = scope;
  return node.start != null && node.end != null && node.start <= (start ?? -1) && (end ?? Infinity) <= node.end;
}

const hasCompanions = (root: Node, { companions }: LiftingOf): boolean =>
  [...companions.keys()].some((fn) => isWithin(fn, root));

const isWithin = (inner: Node, outer: Node): boolean =>
  (outer.start ?? Infinity) <= (inner.start ?? -1) && (inner.end ?? Infinity) <= (outer.end ?? -1);

type Block = Node & { body: Statement[] };

/** The innermost block around a function, which its companions can stand in. */
function placeBeside(fn: Node, parents: Map<Node, Parent>): Block | null {
  let place = parents.get(fn);
  for (; place !== undefined; place = parents.get(place.node)) {
    const { node, key } = place;
    if (node.type === "BlockStatement" || node.type === "StaticBlock" || node.type === "Program") return node as Block;
    if (isFunction(node) && key === "params") return null;
    if (isFunction(node) && key === "body")
      return node.body.type === "BlockStatement" ? (node.body as Block) : asBlock(node);
  }
  return null;
}

/** `() => x` → `() => { return x; }` */
function asBlock(fn: FunctionNode): Block {
  const body = fn.body as Expression;
  const block = b.at(b.block([b.at(b.ret(body), body)]), body);
  fn.body = block;
  return block as Block;
}

/** Whether companions have to stay where they are: in a static block they may see the name that a class has inside. */
export const staysInBlock = (fn: Node, parents: Map<Node, Parent>): boolean =>
  placeBeside(fn, parents)?.type === "StaticBlock";

/**
 * Puts the companions of a function that stays where it is beside the statement that holds it. Made earlier, they would see the variables of
 * a body that is suspended meanwhile; only a function declaration is there, as they are, from the beginning of its block.
 */
export function settleCompanions(fn: Node, companions: Map<Node, Statement[]>, parents: Map<Node, Parent>): void {
  const list = companions.get(fn) as FunctionDeclaration[] | undefined;
  if (list === undefined) return;
  companions.delete(fn);
  const { body, type } = placeBeside(fn, parents) as Block;
  let holder = fn;
  while (parents.has(holder) && !body.includes(holder as Statement)) holder = (parents.get(holder) as Parent).node;
  const isHoisted = holder.type === "FunctionDeclaration" || type === "Program";
  if (isHoisted || !body.includes(holder as Statement)) return void body.unshift(...list);
  body.splice(body.indexOf(holder as Statement), 0, ...list.map(asConstant));
}

/** `function f$make() {}` → `const f$make = function () {};` */
const asConstant = (factory: FunctionDeclaration): Statement => {
  const expression = { ...factory, type: "FunctionExpression", id: null } as unknown as Expression;
  return b.declare("const", (factory.id as Identifier).name, expression);
};

const isOwnName = (variable: Variable, node: Node): boolean =>
  node.type === "ClassDeclaration" && variable.declaration === node;

const isInside = (variable: Variable, node: Node): boolean => {
  const { start } = variable.scope.node;
  return start != null && start >= (node.start as number) && start < (node.end as number);
};

/** `super`, `arguments`, `new.target`, `await`, `yield` and private names mean something only where they stand. */
function holdsImmovable(root: Liftable): boolean {
  let found = false;
  const own = privateNamesIn(root);
  const go = (node: Node, lexical: boolean): void => {
    if (found) return;
    if (
      (node.type === "PrivateName" && !own.has(node.id.name)) ||
      node.type === "TSParameterProperty" ||
      ("decorators" in node && node.decorators?.length)
    )
      found = true;
    if (
      lexical &&
      (node.type === "Super" ||
        (node.type === "Identifier" && node.name === "arguments") ||
        node.type === "MetaProperty" ||
        node.type === "AwaitExpression" ||
        node.type === "YieldExpression")
    )
      found = true;
    eachChild(node, (child) => go(child, lexical && !(isFunction(child) && child.type !== "ArrowFunctionExpression")));
  };
  if (root.type === "ArrowFunctionExpression") eachChild(root, (child) => go(child, true));
  else eachChild(root, (child) => go(child, !isFunction(root) && !isFunction(child)));
  return found;
}

/** The private names that the classes inside a node declare. */
function privateNamesIn(root: Node): Set<string> {
  const names = new Set<string>();
  const go = (node: Node): void => {
    if (node.type === "ClassBody")
      for (const member of node.body)
        if ("key" in member && member.key.type === "PrivateName") names.add(member.key.id.name);
    eachChild(node, go);
  };
  go(root);
  return names;
}

/** Puts a call of the factory in the place of the function. */
function lift(
  node: Liftable,
  { parent, key, inferred }: { parent: Node; key: string; inferred: string },
  captured: string[],
  lifting: LiftingOf,
): Statement {
  const { names, name, strict } = lifting;
  const factory = names.fresh(`${name}$make`);
  const parameters = captured.map((word) => b.id(word));
  const values = captured.map((word) => b.id(word));
  const made = mentionsThis(node)
    ? b.call(b.member(b.id(factory), "call"), [b.thisExpression(), ...values])
    : b.call(b.id(factory), values);
  const call = b.at(made, node);
  const make = (value: Expression): FunctionDeclaration =>
    b.functionDeclaration(
      factory,
      parameters,
      [...companionsInside(node, lifting), b.ret(value)],
      strict ? [b.useStrict()] : [],
    );
  if (node.type === "ClassDeclaration" && node.id) {
    replaceChild(parent, key, node, b.at(b.declare("let", node.id.name, call), node));
    return make({ ...node, type: "ClassExpression" } as unknown as Expression);
  }
  if (node.type === "ObjectMethod") return liftMethod(node, parent, key, call, make);
  replaceChild(parent, key, node, call);
  return make(withName(inferred, node as Expression));
}

/** `{ m() {} }` → `{ m: f$make() }` with `return { m() {} }.m` in the factory: still a method, which `new` can't call. */
function liftMethod(
  node: ObjectMethod,
  parent: Node,
  key: string,
  call: Expression,
  make: (value: Expression) => FunctionDeclaration,
): Statement {
  const word = node.key as Expression;
  const name = word.type === "Identifier" ? b.string(word.name) : word;
  // Computed, because `__proto__: x` is no property.
  replaceChild(parent, key, node, b.at(b.keyed({ ...name }, call), node));
  return make(b.index(b.object([node]), { ...name }));
}

/** The companions of the functions inside a node, taken along. */
function companionsInside(root: Node, { companions }: LiftingOf): Statement[] {
  const taken: Statement[] = [];
  for (const [fn, list] of companions) {
    if (!isWithin(fn, root)) continue;
    companions.delete(fn);
    taken.push(...list);
  }
  return taken;
}

/** Whether the `this` around a function or class occurs in it. */
function mentionsThis(root: Node): boolean {
  let found = root.type === "ThisExpression";
  eachChild(root, (child, key) => {
    if (found || (isFunction(root) && root.type !== "ArrowFunctionExpression" && key !== "key")) return;
    found = !(child.type === "StaticBlock" || (isField(root) && key === "value")) && mentionsThis(child);
  });
  return found;
}
