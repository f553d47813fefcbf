/**
 * members — properties and methods: which cells a member access may reach.
 *
 *   In     a receiver's type, a member's name and symbol
 *   Out    a TypeKey (what the receiver must have) and cells (where the member lives if the symbol says so)
 *   Keeps  a value of a static type K is one of the shapes that have all the names K requires: structural typing,
 *          and for classes with private members nominal typing, because a private name carries its class
 */
import type { Context } from "./context.ts";
import { nameIn } from "./declarations.ts";
import type { Callee, Cell, MemberUse, Shape, TypeKey } from "./fragment.ts";
import { type Location, nowhere } from "./names.ts";
import type { Node, Sym, Typ } from "./oracle.ts";

/** The key of a receiver about which nothing is known: every shape with the name fits. */
export const anyKey: TypeKey = { id: "*", required: [] };

/** The keys of a type: one for each member of a union. */
export function typeKeys(context: Context, type: Typ | undefined, name: string): readonly TypeKey[] {
  if (type === undefined) return [anyKey];
  const { oracle } = context;
  switch (oracle.kindOf(type)) {
    case "any":
    case "unknown":
    case "function":
      return [anyKey];
    case "primitive":
      return [];
    case "union":
      return unique(oracle.parts(type).flatMap((part) => typeKeys(context, part, name)));
    case "intersection":
      return unique(
        oracle
          .parts(type)
          .filter((part) => oracle.kindOf(part) !== "primitive" && oracle.property(part, name) !== undefined)
          .slice(0, 1)
          .flatMap((part) => typeKeys(context, part, name)),
      );
    case "parameter":
      return apparentKeys(context, type, name);
    case "object":
      return [objectKey(context, type)];
  }
}

function apparentKeys(context: Context, type: Typ, name: string): readonly TypeKey[] {
  const apparent = context.oracle.apparent(type);
  return apparent === undefined || apparent === type || context.oracle.kindOf(apparent) === "parameter"
    ? [anyKey]
    : typeKeys(context, apparent, name);
}

function unique(keys: readonly TypeKey[]): TypeKey[] {
  return [...new Map(keys.map((key) => [key.id, key])).values()];
}

/** Classes and interfaces are known by their declaration (all instantiations alike), anonymous types by the names they require. */
function objectKey(context: Context, type: Typ): TypeKey {
  const symbol = context.oracle.symbolOf(type);
  const named = symbol !== undefined && isNamed(context, symbol, type);
  const remembered = context.memory.keys.get(named ? symbol : type);
  const key = remembered ?? makeKey(context, type, named ? symbol : undefined);
  if (remembered === undefined) context.memory.keys.set(named ? symbol : type, key);
  context.keys.set(key.id, key);
  return key;
}

function isNamed(context: Context, symbol: Sym, type: Typ): boolean {
  const { kinds } = context;
  return context.declarations(symbol).some((at) => {
    if (!at.own) return context.oracle.nameOf(symbol) !== "__type" && context.oracle.nameOf(symbol) !== "__object";
    if (at.node.kind === kinds.InterfaceDeclaration) return true;
    const isClass = at.node.kind === kinds.ClassDeclaration || at.node.kind === kinds.ClassExpression;
    return isClass && context.oracle.signatures(type, "construct").length === 0;
  });
}

function makeKey(context: Context, type: Typ, symbol: Sym | undefined): TypeKey {
  const required = requiredNames(context, type);
  if (symbol === undefined) return { id: `~${[...required].sort().join(" ")}`, required };
  const at = context.declarations(symbol)[0];
  const id =
    at === undefined
      ? context.oracle.nameOf(symbol)
      : at.own
        ? context.key(at.node)
        : `${at.file}#${context.oracle.nameOf(symbol)}`;
  return { id, required };
}

function requiredNames(context: Context, type: Typ): string[] {
  const { oracle } = context;
  return oracle
    .properties(type)
    .filter((property) => !oracle.isOptional(property))
    .map((property) => distinctName(context, property));
}

/** `balance@bank.ts/Account` for a private member: only subclasses have it. */
function distinctName(context: Context, property: Sym): string {
  const name = context.oracle.nameOf(property);
  const at = context.declarations(property)[0];
  return at?.own === true && isHidden(context, at.node) ? `${name}@${context.key(at.node.parent)}` : name;
}

function isHidden(context: Context, declaration: Node): boolean {
  const { kinds } = context;
  const { modifiers, name } = declaration as Node & { readonly modifiers?: readonly Node[]; readonly name?: Node };
  return (
    name?.kind === kinds.PrivateIdentifier ||
    modifiers?.some(({ kind }) => kind === kinds.PrivateKeyword || kind === kinds.ProtectedKeyword) === true
  );
}

/** The cells of a member, one for each place it is declared in; empty when it is declared outside the project and plain. */
export function cellsOf(context: Context, symbol: Sym): readonly Cell[] {
  const known = context.memory.cells.get(symbol);
  if (known !== undefined) return known;
  const made = makeCells(context, symbol);
  context.memory.cells.set(symbol, made);
  return made;
}

function makeCells(context: Context, symbol: Sym): readonly Cell[] {
  const groups = new Map<Node, Node[]>();
  const cells: Cell[] = [];
  for (const at of context.declarations(symbol)) {
    if (at.own) groups.set(at.node.parent, [...(groups.get(at.node.parent) ?? []), at.node]);
    else if (context.foreign(symbol, at).root !== undefined)
      cells.push({ ...emptyCell, root: context.foreign(symbol, at).root });
  }
  for (const nodes of groups.values()) cells.push(cellOf(context, nodes));
  return cells;
}

const emptyCell: Cell = {
  location: nowhere,
  method: nowhere,
  getter: nowhere,
  setter: nowhere,
  iterate: nowhere,
  root: undefined,
};

/** Overloads, or a getter and its setter, are one member. */
export function cellOf(context: Context, nodes: readonly Node[]): Cell {
  const { kinds } = context;
  const withBody = nodes.filter((node) => (node as Node & { readonly body?: Node }).body !== undefined);
  const of = (...wanted: number[]): Location => {
    const found = withBody.find((node) => wanted.includes(node.kind));
    return found === undefined ? nowhere : context.fn(found);
  };
  const iterator = withBody.find((node) => iterators.has(nameIn(context.oracle, node) ?? ""));
  return {
    location: nodes[0] === undefined ? nowhere : context.variable(nodes[0]),
    method: of(kinds.MethodDeclaration, kinds.FunctionDeclaration),
    getter: of(kinds.GetAccessor),
    setter: of(kinds.SetAccessor),
    iterate: iterator === undefined ? nowhere : context.names.location(`iterate ${context.key(iterator)}`),
    root: undefined,
  };
}

export const iterators: ReadonlySet<string> = new Set(["@@iterator", "@@asyncIterator"]);

/** The callees of a use of a member on a receiver of this type. */
export function memberCallees(
  context: Context,
  type: Typ | undefined,
  symbol: Sym | undefined,
  name: string,
  use: MemberUse,
): Callee[] {
  const direct = symbol === undefined ? [] : cellsOf(context, symbol);
  const keys = typeKeys(context, type, name);
  for (const key of keys) context.keys.set(key.id, key);
  if (keys.length === 0) return direct.length === 0 ? [] : [{ kind: "member", key: anyKey.id, name: "", use, direct }];
  return keys.map((key) => ({ kind: "member", key: key.id, name, use, direct }));
}

/** Registers what objects of this type consist of. Types without a member of ours that can run code are left out. */
export function addShape(context: Context, type: Typ | undefined): void {
  if (type === undefined) return;
  const shape = shapeOf(context, type);
  if (shape.cells.size > 0) context.shapes.push(shape);
}

/** The attributes of a JSX element are an object of their own, which no expression makes. */
export function addAttributes(context: Context, attributes: readonly Node[]): void {
  const names = new Set<string>(["children"]);
  const cells = new Map<string, readonly Cell[]>();
  for (const attribute of attributes) {
    const name = nameIn(context.oracle, attribute);
    if (name === undefined) addSpread(context, attribute, names, cells);
    else {
      names.add(name);
      cells.set(name, [cellOf(context, [attribute])]);
    }
  }
  if (cells.size > 0) context.shapes.push({ names, cells });
}

function addSpread(context: Context, attribute: Node, names: Set<string>, cells: Map<string, readonly Cell[]>): void {
  const type = context.type((attribute as Node & { readonly expression: Node }).expression);
  const spread = type === undefined ? undefined : shapeOf(context, type);
  for (const name of spread?.names ?? []) names.add(name);
  for (const [name, found] of spread?.cells ?? []) cells.set(name, found);
}

function shapeOf(context: Context, type: Typ): Shape {
  const names = new Set<string>();
  const cells = new Map<string, readonly Cell[]>();
  for (const property of context.oracle.properties(type)) {
    const name = context.oracle.nameOf(property);
    names.add(name).add(distinctName(context, property));
    const found = cellsOf(context, property);
    if (found.length > 0 && holdsFunctions(context, property)) cells.set(name, found);
  }
  return { names, cells };
}

const datum = new WeakMap<Sym, boolean>();

/** False for members whose type is made of primitives: no function can be in them. Accessors always count: reading them runs code. */
export function holdsFunctions(context: Context, property: Sym): boolean {
  const known = datum.get(property);
  if (known !== undefined) return known;
  const holds =
    context.memory.accessors.has(context.oracle.nameOf(property)) ||
    !isPrimitive(context, context.oracle.typeOf(property));
  datum.set(property, holds);
  return holds;
}

export function isPrimitive(context: Context, type: Typ | undefined): boolean {
  if (type === undefined) return false;
  const kind = context.oracle.kindOf(type);
  return (
    kind === "primitive" || (kind === "union" && context.oracle.parts(type).every((part) => isPrimitive(context, part)))
  );
}
