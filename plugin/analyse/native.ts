/**
 * native — the TypeOracle on TypeScript 7, which answers from a process of its own.
 *
 *   In     a project
 *   Out    a TypeOracle
 *   Needs  the user's `typescript` to be version 7: its `unstable/sync` and `unstable/ast` entries
 *   Keeps  everything that TypeScript 7.1 may rename is in this file
 *
 * Kinds are taken by name from its own SyntaxKind, so the numbers need not agree with those of TypeScript 6.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ts } from "ts-morph";
import type {
  API,
  Checker,
  NodeHandle,
  Project,
  Signature,
  Snapshot,
  Symbol as NativeSymbol,
  Type,
} from "typescript-7/unstable/sync";
import type { FileSystem } from "typescript-7/unstable/fs";
import { memberName } from "./morph.ts";
import type { Declaration, Node, Parameter, Sig, SourceFile, Sym, Typ, TypeKind, TypeOracle } from "./oracle.ts";
import type { ProjectSource } from "./project.ts";

export class BackendError extends Error {
  readonly code = "backend-unavailable";
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BackendError";
  }
}

type Sync = typeof import("typescript-7/unstable/sync");
type Ast = typeof import("typescript-7/unstable/ast");

interface Native {
  readonly version: string;
  readonly sync: Sync;
  readonly ast: Ast;
}

/** @throws BackendError when no TypeScript 7 with the interfaces we need is installed */
export function openNative(source: ProjectSource): TypeOracle {
  return new NativeOracle(source, loadNative(source.root));
}

/** From the project's own folder first, then beside us; as `typescript`, or under the alias `typescript-7`. */
function loadNative(root: string): Native {
  const places = [createRequire(pathToFileURL(join(root, "index.js"))), createRequire(import.meta.url)];
  for (const require of places) {
    for (const name of ["typescript", "typescript-7"]) {
      const found = tryLoad(require, name);
      if (found !== undefined) return found;
    }
  }
  throw new BackendError("The native backend needs TypeScript 7 in the project: npm install --save-dev typescript@7");
}

function tryLoad(require: NodeJS.Require, name: string): Native | undefined {
  try {
    const { version } = require(`${name}/package.json`) as { version: string };
    if (!version.startsWith("7.")) return undefined;
    return { version, sync: require(`${name}/unstable/sync`) as Sync, ast: require(`${name}/unstable/ast`) as Ast };
  } catch {
    return undefined; // not installed here: the next place is asked, and if none has it the error says so
  }
}

class NativeOracle implements TypeOracle {
  readonly backend: string;
  readonly remote = true;
  readonly kinds: TypeOracle["kinds"];
  readonly #native: Native;
  readonly #texts: Map<string, string>;
  readonly #api: API;
  readonly #config: string;
  #snapshot: Snapshot;
  #project: Project;
  #memory = new Memory();

  constructor(source: ProjectSource, native: Native) {
    this.backend = `typescript ${native.version}`;
    this.#native = native;
    this.#texts = new Map(source.texts);
    this.kinds = native.ast.SyntaxKind as unknown as TypeOracle["kinds"];
    this.#config = source.tsconfig ?? join(source.root, "tsconfig.greenlets.json");
    if (source.tsconfig === undefined) this.#texts.set(this.#config, configText(source));
    this.#api = new native.sync.API({ cwd: source.root, fs: virtualFiles(this.#texts) });
    this.#snapshot = this.#api.updateSnapshot({ openProjects: [this.#config] });
    this.#project = this.#openProject();
  }

  #openProject(): Project {
    const project = this.#snapshot.getProject(this.#config);
    if (project === undefined) throw new BackendError(`TypeScript 7 could not open ${this.#config}`);
    return project;
  }

  get #checker(): Checker {
    return this.#project.checker;
  }

  files(): readonly SourceFile[] {
    this.#memory.files ??= this.#readFiles();
    return this.#memory.files;
  }

  #readFiles(): SourceFile[] {
    const { program } = this.#project;
    const own = program
      .getSourceFileNames()
      .filter((name) => !/\.d\.[cm]?ts$|\.json$/.test(name) && !name.includes("/node_modules/"));
    return own.sort().map((name) => program.getSourceFile(name) as unknown as SourceFile);
  }

  #isOwn(path: string): boolean {
    this.#memory.own ??= new Set(this.files().map(({ fileName }) => fileName));
    return this.#memory.own.has(path);
  }

  start(node: Node): number {
    return node.getStart();
  }

  children(node: Node, visit: (child: Node) => void): void {
    (node as unknown as { forEachChild(visit: (child: Node) => void): void }).forEachChild(
      (child) => void visit(child),
    );
  }

  symbolsAt(nodes: readonly Node[]): (Sym | undefined)[] {
    if (nodes.length === 0) return [];
    return this.#checker.getSymbolAtLocation(native(nodes)).map((symbol) => this.#followed(symbol));
  }

  #followed(symbol: NativeSymbol | undefined): NativeSymbol | undefined {
    if (symbol === undefined || (symbol.flags & this.#native.sync.SymbolFlags.Alias) === 0) return symbol;
    return recall(this.#memory.targets, symbol, () => {
      const target = this.#checker.getAliasedSymbol(symbol);
      return this.#checker.isUnknownSymbol(target) ? undefined : target;
    });
  }

  typesAt(nodes: readonly Node[]): (Typ | undefined)[] {
    return nodes.length === 0 ? [] : this.#checker.getTypeAtLocation(native(nodes));
  }

  shorthandValue(node: Node): Sym | undefined {
    return this.#followed(this.#checker.getShorthandAssignmentValueSymbol(node as never));
  }

  nameOf(symbol: Sym): string {
    return memberName(String(symbol.escapedName));
  }

  isOptional(symbol: Sym): boolean {
    return ((symbol as NativeSymbol).flags & this.#native.sync.SymbolFlags.Optional) !== 0;
  }

  typeOf(symbol: Sym): Typ | undefined {
    return recall(this.#memory.types, symbol, () => this.#checker.getTypeOfSymbol(symbol as NativeSymbol));
  }

  declarationsOf(symbol: Sym): readonly Declaration[] {
    return recall(this.#memory.declarations, symbol, () =>
      (symbol as NativeSymbol).declarations.map((handle) => this.#declaration(handle, symbol as NativeSymbol)),
    );
  }

  #declaration(handle: NodeHandle, symbol: NativeSymbol): Declaration {
    if (this.#isOwn(handle.path))
      return { own: true, file: handle.path, node: handle.resolve(this.#project) as unknown as Node };
    const parent = symbol.getParent();
    const isModule = parent !== undefined && (parent.flags & this.#native.sync.SymbolFlags.ValueModule) !== 0;
    return {
      own: false,
      file: handle.path,
      container: parent === undefined || isModule ? "" : String(parent.escapedName),
    };
  }

  kindOf(type: Typ): TypeKind {
    return recall(this.#memory.kinds, type, () => this.#kindOf(type as Type));
  }

  #kindOf(type: Type): TypeKind {
    const { TypeFlags } = this.#native.sync;
    const { flags } = type;
    if (flags & TypeFlags.Any) return "any";
    if (flags & (TypeFlags.Unknown | TypeFlags.NonPrimitive)) return "unknown";
    if (flags & TypeFlags.Union && !(flags & TypeFlags.Boolean)) return "union";
    if (flags & TypeFlags.Intersection) return "intersection";
    if (flags & (TypeFlags.TemplateLiteral | TypeFlags.StringMapping)) return "primitive";
    if (flags & (TypeFlags.Instantiable | TypeFlags.TypeParameter)) return "parameter";
    if ((flags & TypeFlags.Object) === 0) return "primitive";
    return this.#isGlobalFunction(type) ? "function" : "object";
  }

  #isGlobalFunction(type: Type): boolean {
    const symbol = type.getSymbol();
    return (
      symbol?.escapedName === "Function" &&
      symbol.declarations.every(({ path }) => !this.#isOwn(path)) &&
      this.signatures(type, "call").length === 0
    );
  }

  parts(type: Typ): readonly Typ[] {
    const parts = recall(this.#memory.parts, type, () =>
      "getTypes" in type ? (type as { getTypes(): readonly Type[] | undefined }).getTypes() : undefined,
    );
    return parts ?? [];
  }

  apparent(type: Typ): Typ | undefined {
    return this.#checker.getApparentType(this.#checker.getBaseConstraintOfType(type as Type) ?? (type as Type));
  }

  symbolOf(type: Typ): Sym | undefined {
    return recall(this.#memory.symbols, type, () => (type as Type).getSymbol());
  }

  properties(type: Typ): readonly Sym[] {
    return recall(this.#memory.properties, type, () => this.#checker.getPropertiesOfType(type as Type));
  }

  property(type: Typ, name: string): Sym | undefined {
    if (!name.startsWith("@@") && !name.startsWith("#")) return this.#checker.getPropertyOfType(type as Type, name);
    return this.properties(this.apparent(type) ?? type).find((symbol) => this.nameOf(symbol) === name);
  }

  hasIndex(type: Typ): boolean {
    return this.#checker.getIndexInfosOfType(type as Type).length > 0;
  }

  typeArguments(type: Typ): readonly Typ[] {
    const { ObjectFlags } = this.#native.sync;
    const flags = (type as Type & { readonly objectFlags?: number }).objectFlags ?? 0;
    return flags & ObjectFlags.Reference ? this.#checker.getTypeArguments(type as never) : [];
  }

  signatures(type: Typ, kind: "call" | "construct"): readonly Sig[] {
    const { SignatureKind } = this.#native.sync;
    return recall(kind === "call" ? this.#memory.calls : this.#memory.constructs, type, () =>
      this.#checker.getSignaturesOfType(type as Type, kind === "call" ? SignatureKind.Call : SignatureKind.Construct),
    );
  }

  parametersOf(signature: Sig): readonly Parameter[] {
    const declared = declaredSignature(signature as Signature);
    const symbols = declared.getParameters();
    return symbols.map((symbol, index) => ({
      name: symbol.name,
      type: this.typeOf(symbol)!,
      rest: declared.hasRestParameter && index === symbols.length - 1,
    }));
  }

  returnOf(signature: Sig): Typ | undefined {
    return this.#checker.getReturnTypeOfSignature(declaredSignature(signature as Signature));
  }

  show(type: Typ): string {
    return this.#checker.typeToString(type as Type);
  }

  importersOf(file: SourceFile): readonly SourceFile[] {
    const stem = file.fileName
      .replace(/\.[cm]?[jt]sx?$/, "")
      .split("/")
      .at(-1)!;
    const index = stem === "index";
    return this.files().filter((other) => index || other.text.includes(stem));
  }

  /** Without shapes nothing asks: by name alone, anything may. */
  leadsTo(): boolean {
    return true;
  }

  /** TypeScript 7 emits no declarations through this interface: any edit may change what others see. */
  shapeOf(): undefined {
    return undefined;
  }

  update(changes: ReadonlyMap<string, string | undefined>): void {
    for (const [path, text] of changes) {
      if (text === undefined) this.#texts.delete(path);
      else this.#texts.set(path, text);
    }
    this.#snapshot = this.#api.updateSnapshot({
      openProjects: [this.#config],
      fileChanges: { changed: [...changes.keys()] },
    });
    this.#project = this.#openProject();
    this.#memory = new Memory();
  }

  close(): void {
    this.#api.close();
  }
}

type NativeNode = import("typescript-7/unstable/ast").Node;

/** The same objects under the type TypeScript 7 gives them. */
function native(nodes: readonly Node[]): readonly NativeNode[] {
  return nodes as unknown as readonly NativeNode[];
}

function declaredSignature(signature: Signature): Signature {
  const target = signature.target === undefined ? undefined : signature.getTarget();
  return target === undefined ? signature : declaredSignature(target);
}

/** Answers of one snapshot: each costs a trip to the other process. */
class Memory {
  files: SourceFile[] | undefined;
  own: Set<string> | undefined;
  readonly targets = new Map<object, NativeSymbol | undefined>();
  readonly types = new Map<object, Typ | undefined>();
  readonly declarations = new Map<object, readonly Declaration[]>();
  readonly kinds = new Map<object, TypeKind>();
  readonly parts = new Map<object, readonly Typ[] | undefined>();
  readonly symbols = new Map<object, Sym | undefined>();
  readonly properties = new Map<object, readonly Sym[]>();
  readonly calls = new Map<object, readonly Sig[]>();
  readonly constructs = new Map<object, readonly Sig[]>();
}

function recall<T>(memory: Map<object, T>, key: object, ask: () => T): T {
  if (memory.has(key)) return memory.get(key)!;
  const answer = ask();
  memory.set(key, answer);
  return answer;
}

/** The texts we were given, in front of the disk. */
function virtualFiles(texts: ReadonlyMap<string, string>): FileSystem {
  const folders = new Set([...texts.keys()].map((path) => path.slice(0, path.lastIndexOf("/"))));
  return {
    readFile: (path) => texts.get(path),
    fileExists: (path) => (texts.has(path) ? true : undefined),
    directoryExists: (path) => (folders.has(path) ? true : undefined),
    realpath: (path) => (texts.has(path) ? path : undefined),
  };
}

/** Files without a tsconfig need one here: the options by their names, as a tsconfig spells them. */
function configText(source: ProjectSource): string {
  const { lib, target, module, moduleResolution, jsx, ...rest } = source.options as ts.CompilerOptions;
  const named = {
    target: ts.ScriptTarget[target ?? ts.ScriptTarget.ESNext],
    module: ts.ModuleKind[module ?? ts.ModuleKind.ESNext],
    moduleResolution: ts.ModuleResolutionKind[moduleResolution ?? ts.ModuleResolutionKind.Bundler],
    jsx: jsx === ts.JsxEmit.React ? "react" : "preserve",
    ...(lib && { lib: lib.map((name) => name.replace(/^lib\.|\.d\.ts$/g, "")) }),
  };
  return JSON.stringify({ compilerOptions: { ...rest, ...named }, files: source.files });
}
