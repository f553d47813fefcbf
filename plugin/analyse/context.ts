/**
 * context — one file while it is being read: the questions to the checker, remembered, and the fragment being built.
 *
 * The only mutable object of the extraction. It dies with the file's fragment.
 */
import { declarationsIn, keyOf, nameIn } from "./declarations.ts";
import type { PointKind } from "./facts.ts";
import { foreignOf } from "./foreign.ts";
import type {
  Arg,
  Atomic,
  Callee,
  Cell,
  Fn,
  Foreign,
  MemberFlow,
  Root,
  Shape,
  Site,
  TypeKey,
  Use,
} from "./fragment.ts";
import { Flows } from "./flows.ts";
import { type GraphNode, type Location, type Names, nowhere } from "./names.ts";
import type { Declaration, Node, SourceFile, Sym, Typ, TypeOracle } from "./oracle.ts";

/** What a node's location is for (`variable`, `result`, …) → node → location. */
export type NodeLocations = Map<string, Map<Node, Location>>;

function remembered(locations: NodeLocations, what: string, node: Node, make: () => Location): Location {
  const there = locations.get(what) ?? new Map<Node, Location>();
  if (there.size === 0) locations.set(what, there);
  const known = there.get(node);
  if (known !== undefined) return known;
  const made = make();
  there.set(node, made);
  return made;
}

/** Answers that hold for a whole program: they live as long as one state of the checker. */
export interface ProgramMemory {
  /** By file, container and name: all instantiations of a generic function are one. */
  readonly foreign: Map<string, Foreign>;
  readonly keys: Map<Typ | Sym, TypeKey>;
  readonly cells: Map<Sym, readonly Cell[]>;
  readonly declared: NodeLocations;
  /** Names with an accessor, or called by operators, anywhere in the program. */
  readonly accessors: ReadonlySet<string>;
  /** Treat what is exported as called from outside, with functions that may switch. */
  readonly library: boolean;
}

export class Context extends Flows {
  readonly oracle: TypeOracle;
  readonly kinds: TypeOracle["kinds"];
  readonly names: Names;
  readonly file: SourceFile;
  readonly memory: ProgramMemory;
  readonly functions: Fn[] = [];
  readonly sites: Site[] = [];
  readonly shapes: Shape[] = [];
  readonly keys = new Map<string, TypeKey>();
  readonly reads: MemberFlow[] = [];
  readonly writes: MemberFlow[] = [];
  readonly roots: Root[] = [];
  readonly atomics: Atomic[] = [];
  readonly uses = new Map<string, Use[]>();
  /** Parameters that hold exactly what the caller passed. */
  readonly faithful = new Set<Location>();
  /** Results of async functions and generators: what is returned is inside what the caller gets. */
  readonly boxed = new Set<Location>();
  readonly #symbols = new Map<Node, Sym | undefined>();
  readonly #types = new Map<Node, Typ | undefined>();
  readonly #values = new Map<Node, Location>();
  readonly #primitives: ReadonlySet<number>;
  readonly #locals: NodeLocations = new Map();

  constructor(oracle: TypeOracle, names: Names, file: SourceFile, memory: ProgramMemory) {
    super();
    this.oracle = oracle;
    this.kinds = oracle.kinds;
    this.names = names;
    this.file = file;
    this.memory = memory;
    const k = this.kinds;
    this.#primitives = new Set([
      k.NumberKeyword,
      k.StringKeyword,
      k.BooleanKeyword,
      k.BigIntKeyword,
      k.SymbolKeyword,
      k.VoidKeyword,
      k.NeverKeyword,
    ]);
  }

  /** Asks for many symbols and types at once; later single questions find the answers here. */
  prefetchSymbols(nodes: readonly Node[]): void {
    const symbols = this.oracle.symbolsAt(nodes);
    nodes.forEach((node, index) => this.#symbols.set(node, symbols[index]));
  }

  prefetchTypes(nodes: readonly Node[]): void {
    const types = this.oracle.typesAt(nodes);
    nodes.forEach((node, index) => this.#types.set(node, types[index]));
  }

  symbol(node: Node): Sym | undefined {
    if (!this.#symbols.has(node)) this.#symbols.set(node, this.oracle.symbolsAt([node])[0]);
    return this.#symbols.get(node);
  }

  type(node: Node): Typ | undefined {
    if (!this.#types.has(node)) this.#types.set(node, this.oracle.typesAt([node])[0]);
    return this.#types.get(node);
  }

  /** The value of an expression is computed once. */
  remember(node: Node, compute: () => Location): Location {
    const known = this.#values.get(node);
    if (known !== undefined) return known;
    const made = compute();
    this.#values.set(node, made);
    return made;
  }

  start(node: Node): number {
    return this.oracle.start(node);
  }

  key(node: Node): string {
    return keyOf(this.oracle, node);
  }

  name(node: Node): string | undefined {
    return nameIn(this.oracle, node);
  }

  declarations(symbol: Sym): readonly Declaration[] {
    return this.oracle.declarationsOf(symbol);
  }

  /** The location of a variable, parameter or property; `nowhere` when it is declared to hold a primitive. */
  variable(declaration: Node): Location {
    return this.#isPrimitive(declaration) ? nowhere : this.#declared("variable", declaration);
  }

  /** By the annotation alone: `x: number`, `name?: string`; of a function, the annotation is its result's. */
  #isPrimitive(declaration: Node, result = false): boolean {
    const { type, parameters } = declaration as Node & { readonly type?: Node; readonly parameters?: readonly Node[] };
    return type !== undefined && (parameters !== undefined) === result && this.#primitives.has(type.kind);
  }

  /** The location of a function's or class's value. */
  fn(declaration: Node): Location {
    return this.#declared("function", declaration);
  }

  ownEffect(declaration: Node): Location {
    return this.#declared("own", declaration);
  }

  resultOf(declaration: Node): Location {
    if (this.#isPrimitive(declaration, true)) return nowhere;
    return this.#declared("result", declaration);
  }

  #declared(what: string, declaration: Node): Location {
    return remembered(this.memory.declared, what, declaration, () =>
      this.names.location(`${what} ${this.key(declaration)}`),
    );
  }

  /** A location of this file alone. */
  local(node: Node, what: string): Location {
    return remembered(this.#locals, what, node, () => this.names.fresh());
  }

  point(node: Node, kind: PointKind): GraphNode {
    return this.local(node, `point-${kind}`);
  }

  /** A value about which the types say nothing: calling it, or anything got out of it, may switch. */
  get anything(): Location {
    return this.names.location("anything");
  }

  foreign(symbol: Sym, at: Declaration & { own: false }): Foreign {
    const key = `${at.file}#${at.container}.${this.oracle.nameOf(symbol)}`;
    const known = this.memory.foreign.get(key);
    if (known !== undefined) return known;
    const made = foreignOf(this.oracle, symbol, at);
    this.memory.foreign.set(key, made);
    return made;
  }

  site(
    fn: Location,
    node: Node,
    kind: PointKind,
    callees: readonly Callee[],
    rest: Partial<Pick<Site, "args" | "receiver" | "result">> = {},
  ): void {
    if (callees.length === 0) return;
    this.sites.push({
      fn,
      kind,
      callees,
      point: this.point(node, kind),
      start: this.start(node),
      end: node.end,
      args: rest.args ?? noArgs,
      receiver: rest.receiver ?? nowhere,
      result: rest.result ?? nowhere,
    });
  }

  root(node: GraphNode, text: string, at: Node): void {
    this.roots.push({ node, text, start: this.start(at), end: at.end });
  }
}

const noArgs: readonly Arg[] = [];

/** Names with an accessor anywhere in these files. */
export function accessorNames(oracle: TypeOracle, files: readonly SourceFile[]): Set<string> {
  return new Set(files.flatMap((file) => [...declarationsIn(oracle, file).accessors]));
}
