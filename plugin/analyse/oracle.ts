/**
 * oracle — what the analysis asks of a type checker, and nothing more.
 *
 *   In     a project: a tsconfig, or files and options
 *   Out    syntax trees of the project's own files, symbols, types and declarations
 *   Needs  one backend: `morph.ts` (ts-morph's TypeScript 6) or `native.ts` (TypeScript 7)
 *   Keeps  questions about many nodes go in one batch, because the second backend answers from another process
 */
import type { ts } from "ts-morph";

export type Node = ts.Node;
export type SourceFile = ts.SourceFile;

/** A checker's symbol, type and signature. Opaque: each backend has its own, and only the oracle looks inside. */
export interface Sym {
  readonly escapedName: unknown;
}
export interface Typ {
  readonly flags: number;
}
export interface Sig {
  readonly parameters: unknown;
}

/** Where a symbol is declared: in the project's own source (with the node), or elsewhere (a library, a dependency). */
export type Declaration =
  | { readonly own: true; readonly file: string; readonly node: Node }
  | { readonly own: false; readonly file: string; readonly container: string };

/** What a type is, as far as calls are concerned. */
export type TypeKind = "any" | "unknown" | "primitive" | "function" | "union" | "intersection" | "parameter" | "object";

export interface Parameter {
  readonly name: string;
  readonly type: Typ;
  readonly rest: boolean;
}

export interface TypeOracle {
  /** The checker and its version, as facts and reports show it. */
  readonly backend: string;
  /** It answers from another process: a question alone costs a hundred times more than one in a batch. */
  readonly remote: boolean;
  readonly kinds: typeof ts.SyntaxKind;
  /** The project's own files (no declaration files, no dependencies) in the order of their paths. */
  files(): readonly SourceFile[];
  start(node: Node): number;
  children(node: Node, visit: (child: Node) => void): void;

  /** The symbols at names, aliases followed. */
  symbolsAt(nodes: readonly Node[]): (Sym | undefined)[];
  typesAt(nodes: readonly Node[]): (Typ | undefined)[];
  /** The value a shorthand property `{ a }` reads. */
  shorthandValue(node: Node): Sym | undefined;

  nameOf(symbol: Sym): string;
  isOptional(symbol: Sym): boolean;
  typeOf(symbol: Sym): Typ | undefined;
  declarationsOf(symbol: Sym): readonly Declaration[];

  kindOf(type: Typ): TypeKind;
  /** The members of a union or an intersection. */
  parts(type: Typ): readonly Typ[];
  /** The type whose members a value of this type has: a type parameter's constraint, a primitive's interface. */
  apparent(type: Typ): Typ | undefined;
  symbolOf(type: Typ): Sym | undefined;
  properties(type: Typ): readonly Sym[];
  property(type: Typ, name: string): Sym | undefined;
  hasIndex(type: Typ): boolean;
  typeArguments(type: Typ): readonly Typ[];
  signatures(type: Typ, kind: "call" | "construct"): readonly Sig[];
  /** As declared: `T`, not what a call puts in its place. The same holds for `returnOf`. */
  parametersOf(signature: Sig): readonly Parameter[];
  returnOf(signature: Sig): Typ | undefined;
  show(type: Typ): string;

  /** The files that import this one, directly. */
  importersOf(file: SourceFile): readonly SourceFile[];
  /** Does this module name, in this file, mean that file? */
  leadsTo(from: SourceFile, name: string, to: SourceFile): boolean;
  /** A text that changes whenever what other files can see of this one changes; undefined when the backend can't tell. */
  shapeOf(file: SourceFile): string | undefined;
  /** Reads the given files again; others keep their trees. Undefined text: from disk. */
  update(changes: ReadonlyMap<string, string | undefined>): void;
  close(): void;
}
