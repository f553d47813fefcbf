/**
 * declarations — a name for every declaration, made of the names around it: `src/db.ts/Pool/acquire/(callback`.
 *
 *   In     a source file
 *   Out    declaration node → key; the names of its accessors
 *   Keeps  keys of untouched declarations when others in the same file are edited, because no offset is in them
 */
import type { Node, SourceFile, TypeOracle } from "./oracle.ts";

export interface Declarations {
  keyOf(node: Node): string;
  /** Names with a getter or setter somewhere in the file, and names the language calls by itself (`toString`, …). */
  readonly accessors: ReadonlySet<string>;
}

const known = new WeakMap<SourceFile, Declarations>();

export function declarationsIn(oracle: TypeOracle, file: SourceFile): Declarations {
  const already = known.get(file);
  if (already !== undefined) return already;
  const made = scan(oracle, file);
  known.set(file, made);
  return made;
}

/** The file a node belongs to. */
export function fileOf(oracle: TypeOracle, node: Node): SourceFile {
  let at = node;
  while (at.kind !== oracle.kinds.SourceFile) at = at.parent;
  return at as SourceFile;
}

export function keyOf(oracle: TypeOracle, node: Node): string {
  return declarationsIn(oracle, fileOf(oracle, node)).keyOf(node);
}

function scan(oracle: TypeOracle, file: SourceFile): Declarations {
  const keys = new Map<Node, string>([[file, file.fileName]]);
  const seen = new Map<string, number>();
  const accessors = new Set<string>();
  const { kinds } = oracle;
  const visit = (node: Node, above: string): void => {
    const name = nameIn(oracle, node);
    if (name !== undefined && (node.kind === kinds.GetAccessor || node.kind === kinds.SetAccessor)) accessors.add(name);
    if (name !== undefined && coercions.has(name)) accessors.add(name);
    const key = isDeclaration(oracle, node) ? unique(`${above}/${name ?? node.kind}`, seen) : above;
    if (key !== above) keys.set(node, key);
    oracle.children(node, (child) => visit(child, key));
  };
  oracle.children(file, (child) => visit(child, file.fileName));
  return { keyOf: (node) => keys.get(node) ?? `${file.fileName}@${node.pos}`, accessors };
}

/** Members that operators call. */
export const coercions: ReadonlySet<string> = new Set(["toString", "valueOf", "@@toPrimitive", "@@hasInstance"]);

function unique(key: string, seen: Map<string, number>): string {
  const count = seen.get(key) ?? 0;
  seen.set(key, count + 1);
  return count === 0 ? key : `${key}~${count}`;
}

/** Expressions are named only where they can be the declaration of something: `exports.f = …`, a class, a function. */
function isDeclaration(oracle: TypeOracle, node: Node): boolean {
  return declarationKinds(oracle).has(node.kind);
}

const kindSets = new WeakMap<object, ReadonlySet<number>>();

function declarationKinds(oracle: TypeOracle): ReadonlySet<number> {
  const already = kindSets.get(oracle.kinds);
  if (already !== undefined) return already;
  const k = oracle.kinds;
  const made = new Set<number>([
    k.VariableDeclaration,
    k.Parameter,
    k.BindingElement,
    k.FunctionDeclaration,
    k.FunctionExpression,
    k.ArrowFunction,
    k.ClassDeclaration,
    k.ClassExpression,
    k.MethodDeclaration,
    k.Constructor,
    k.GetAccessor,
    k.SetAccessor,
    k.PropertyDeclaration,
    k.ClassStaticBlockDeclaration,
    k.ObjectLiteralExpression,
    k.PropertyAssignment,
    k.ShorthandPropertyAssignment,
    k.InterfaceDeclaration,
    k.TypeLiteral,
    k.PropertySignature,
    k.MethodSignature,
    k.EnumDeclaration,
    k.EnumMember,
    k.ModuleDeclaration,
    k.ExportAssignment,
    k.JsxAttributes,
    k.JsxAttribute,
    k.BinaryExpression,
    k.TypeAliasDeclaration,
  ]);
  kindSets.set(oracle.kinds, made);
  return made;
}

/** The name of a declaration or member: `run`, `#field`, `@@iterator` for `[Symbol.iterator]`; undefined when it has none or it is computed. */
export function nameIn(oracle: TypeOracle, node: Node): string | undefined {
  const name = (node as Node & { readonly name?: Node }).name;
  return name === undefined ? undefined : textOfName(oracle, name);
}

export function textOfName(oracle: TypeOracle, name: Node): string | undefined {
  const k = oracle.kinds;
  switch (name.kind) {
    case k.Identifier:
    case k.PrivateIdentifier:
    case k.StringLiteral:
    case k.NumericLiteral:
    case k.NoSubstitutionTemplateLiteral:
      return (name as Node & { readonly text: string }).text;
    case k.ComputedPropertyName:
      return computedName(oracle, (name as Node & { readonly expression: Node }).expression);
    default:
      return undefined;
  }
}

/** `[Symbol.iterator]` → `@@iterator`, `["run"]` → `run`. */
function computedName(oracle: TypeOracle, expression: Node): string | undefined {
  const k = oracle.kinds;
  if (expression.kind === k.StringLiteral || expression.kind === k.NumericLiteral)
    return textOfName(oracle, expression);
  return expression.kind === k.PropertyAccessExpression ? wellKnownSymbol(oracle, expression) : undefined;
}

/** `Symbol.iterator` → `@@iterator`; undefined for any other member access. */
export function wellKnownSymbol(oracle: TypeOracle, expression: Node): string | undefined {
  const k = oracle.kinds;
  const access = expression as Node & { readonly expression: Node; readonly name: Node };
  const isSymbol = access.expression.kind === k.Identifier && textOfName(oracle, access.expression) === "Symbol";
  return isSymbol ? `@@${textOfName(oracle, access.name) ?? ""}` : undefined;
}
