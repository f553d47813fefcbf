/**
 * morph — the TypeOracle on ts-morph's TypeScript 6: raw compiler nodes, since wrapping every node costs more than the analysis.
 *
 *   In     a tsconfig, or files and compiler options; texts may be given instead of read
 *   Out    a TypeOracle
 *   Needs  ts-morph (its `ts` and its library files, so that the user's own TypeScript version does not matter)
 *   Keeps  syntax trees of unchanged files across updates: one edited file costs one parse
 */
import { getLibFiles, getLibFolderPath } from "@ts-morph/common";
import { dirname, join, resolve } from "node:path";
import { ts } from "ts-morph";
import type { Declaration, Node, Parameter, Sig, SourceFile, Sym, Typ, TypeKind, TypeOracle } from "./oracle.ts";
import type { ProjectSource } from "./project.ts";

/** Library files never change: every program of this process shares one tree per file and target. */
const libraryTrees = new Map<string, ts.SourceFile>();
const libraryTexts = new Map(getLibFiles().map((file) => [file.fileName, file.text]));
const libraryFolder = getLibFolderPath({});

/** @throws ProjectError when the tsconfig can't be read */
export function openMorph(source: ProjectSource): TypeOracle {
  return new MorphOracle(source);
}

class MorphOracle implements TypeOracle {
  readonly backend = `ts-morph (TypeScript ${ts.version})`;
  readonly remote = false;
  readonly kinds = ts.SyntaxKind;
  readonly #source: ProjectSource;
  readonly #host: Host;
  #program: ts.Program;
  #checker: ts.TypeChecker;

  constructor(source: ProjectSource) {
    this.#source = source;
    this.#host = createHost(source);
    this.#program = ts.createProgram({ rootNames: [...source.files], options: this.#options(), host: this.#host });
    this.#checker = this.#program.getTypeChecker();
  }

  #options(): ts.CompilerOptions {
    return { ...(this.#source.options as ts.CompilerOptions), noEmit: true, skipLibCheck: true };
  }

  files(): readonly SourceFile[] {
    return this.#program
      .getSourceFiles()
      .filter((file) => this.#isOwn(file))
      .sort(byPath);
  }

  #isOwn(file: ts.SourceFile): boolean {
    return (
      !file.isDeclarationFile &&
      !file.fileName.endsWith(".json") &&
      !this.#program.isSourceFileFromExternalLibrary(file)
    );
  }

  start(node: Node): number {
    return node.getStart(undefined, false);
  }

  children(node: Node, visit: (child: Node) => void): void {
    ts.forEachChild(node, visit);
  }

  symbolsAt(nodes: readonly Node[]): (Sym | undefined)[] {
    return nodes.map((node) => this.#followed(this.#checker.getSymbolAtLocation(node)));
  }

  /** `import { a as b }`, `export { a }`: the symbol at the end of the chain; undefined when the chain leads nowhere. */
  #followed(symbol: ts.Symbol | undefined): ts.Symbol | undefined {
    if (symbol === undefined || (symbol.flags & ts.SymbolFlags.Alias) === 0) return symbol;
    const target = this.#checker.getAliasedSymbol(symbol);
    return this.#checker.isUnknownSymbol(target) ? undefined : target;
  }

  typesAt(nodes: readonly Node[]): (Typ | undefined)[] {
    return nodes.map((node) => this.#checker.getTypeAtLocation(node));
  }

  shorthandValue(node: Node): Sym | undefined {
    return this.#followed(this.#checker.getShorthandAssignmentValueSymbol(node));
  }

  nameOf(symbol: Sym): string {
    return memberName(String((symbol as ts.Symbol).escapedName));
  }

  isOptional(symbol: Sym): boolean {
    return ((symbol as ts.Symbol).flags & ts.SymbolFlags.Optional) !== 0;
  }

  typeOf(symbol: Sym): Typ | undefined {
    return this.#checker.getTypeOfSymbol(symbol as ts.Symbol);
  }

  declarationsOf(symbol: Sym): readonly Declaration[] {
    return ((symbol as ts.Symbol).declarations ?? []).map((node) => this.#declaration(node, symbol as ts.Symbol));
  }

  #declaration(node: ts.Declaration, symbol: ts.Symbol): Declaration {
    const file = node.getSourceFile();
    if (this.#isOwn(file)) return { own: true, file: file.fileName, node };
    return { own: false, file: file.fileName, container: containerName(symbol) };
  }

  kindOf(type: Typ): TypeKind {
    const { flags } = type;
    if (flags & ts.TypeFlags.Any) return "any";
    if (flags & (ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive)) return "unknown";
    if (flags & ts.TypeFlags.Union && !(flags & ts.TypeFlags.Boolean)) return "union";
    if (flags & ts.TypeFlags.Intersection) return "intersection";
    if (flags & ts.TypeFlags.Instantiable) return flags & ts.TypeFlags.StringLike ? "primitive" : "parameter";
    if ((flags & ts.TypeFlags.Object) === 0) return "primitive";
    return isGlobalFunction(type as ts.Type) ? "function" : "object";
  }

  parts(type: Typ): readonly Typ[] {
    return (type as ts.UnionOrIntersectionType).types;
  }

  apparent(type: Typ): Typ | undefined {
    return this.#checker.getApparentType(type as ts.Type);
  }

  symbolOf(type: Typ): Sym | undefined {
    return (type as ts.Type).symbol;
  }

  properties(type: Typ): readonly Sym[] {
    return this.#checker.getPropertiesOfType(type as ts.Type);
  }

  property(type: Typ, name: string): Sym | undefined {
    if (!name.startsWith("@@") && !name.startsWith("#")) return this.#checker.getPropertyOfType(type as ts.Type, name);
    return this.properties(type).find((symbol) => this.nameOf(symbol) === name);
  }

  hasIndex(type: Typ): boolean {
    return this.#checker.getIndexInfosOfType(type as ts.Type).length > 0;
  }

  typeArguments(type: Typ): readonly Typ[] {
    const isReference = ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
    return isReference ? this.#checker.getTypeArguments(type as ts.TypeReference) : [];
  }

  signatures(type: Typ, kind: "call" | "construct"): readonly Sig[] {
    return this.#checker.getSignaturesOfType(
      type as ts.Type,
      kind === "call" ? ts.SignatureKind.Call : ts.SignatureKind.Construct,
    );
  }

  parametersOf(signature: Sig): readonly Parameter[] {
    return declaredSignature(signature).parameters.map((symbol) => ({
      name: symbol.name,
      type: this.#checker.getTypeOfSymbol(symbol),
      rest:
        symbol.valueDeclaration !== undefined &&
        ts.isParameter(symbol.valueDeclaration) &&
        symbol.valueDeclaration.dotDotDotToken !== undefined,
    }));
  }

  returnOf(signature: Sig): Typ | undefined {
    return this.#checker.getReturnTypeOfSignature(declaredSignature(signature));
  }

  show(type: Typ): string {
    return this.#checker.typeToString(type as ts.Type);
  }

  importersOf(file: SourceFile): readonly SourceFile[] {
    return this.files().filter((other) => importsOf(other).some((name) => this.leadsTo(other, name, file)));
  }

  leadsTo(from: SourceFile, name: string, to: SourceFile): boolean {
    const options = this.#program.getCompilerOptions();
    const found = ts.resolveModuleName(name, from.fileName, options, this.#host, this.#host.resolutions);
    return found.resolvedModule?.resolvedFileName === to.fileName;
  }

  /** The text of its declaration file, inferred types written out: what TypeScript's own incremental builds compare. */
  shapeOf(file: SourceFile): string | undefined {
    const parts: string[] = [];
    const program = this.#program as ts.Program & ForcedEmit;
    program.emit(file, (_path, text) => void parts.push(text), undefined, true, undefined, true);
    return parts.length === 0 ? undefined : parts.join("\n");
  }

  update(changes: ReadonlyMap<string, string | undefined>): void {
    for (const [path, text] of changes) this.#host.replace(resolve(path), text);
    const moved = this.#haveMoved([...changes.keys()].map((path) => resolve(path)));
    if (moved) this.#host.forgetResolutions();
    this.#program = ts.createProgram({
      rootNames: [...this.#source.files],
      options: this.#options(),
      host: this.#host,
      ...(!moved && { oldProgram: this.#program }),
    });
    this.#checker = this.#program.getTypeChecker();
  }

  /** A file has come or gone: imports may lead somewhere else now. */
  #haveMoved(paths: readonly string[]): boolean {
    return paths.some((path) => !this.#host.fileExists(path) || this.#program.getSourceFile(path) === undefined);
  }

  close(): void {
    this.#host.forget();
  }
}

/** `program.emit` has a sixth parameter, which the builder of incremental programs uses: emit declarations whatever the options say. */
interface ForcedEmit {
  emit(
    file: ts.SourceFile,
    write: ts.WriteFileCallback,
    token: undefined,
    dtsOnly: boolean,
    transformers: undefined,
    force: boolean,
  ): ts.EmitResult;
}

function importsOf(file: ts.SourceFile): string[] {
  return (
    (file as ts.SourceFile & { readonly imports?: readonly ts.StringLiteralLike[] }).imports?.map(
      (node) => node.text,
    ) ?? []
  );
}

function byPath(a: ts.SourceFile, b: ts.SourceFile): number {
  return a.fileName < b.fileName ? -1 : a.fileName > b.fileName ? 1 : 0;
}

/** `Greenlet` for `Greenlet#switch`: the class or interface whose member this is. Not public in TypeScript's types. */
function containerName(symbol: ts.Symbol): string {
  const { parent } = symbol as ts.Symbol & { readonly parent?: ts.Symbol };
  return parent === undefined || parent.flags & ts.SymbolFlags.ValueModule ? "" : String(parent.escapedName);
}

/** `__@iterator@19` → `@@iterator`, `__#3@#field` → `#field`: ids inside names differ from program to program. */
export function memberName(escaped: string): string {
  const wellKnown = /^__@(.+?)(?:@\d+)?$/.exec(escaped);
  if (wellKnown !== null) return `@@${wellKnown[1]}`;
  const hidden = /^__#\d+@(#.+)$/.exec(escaped);
  if (hidden !== null) return hidden[1] ?? escaped;
  return escaped.startsWith("___") ? escaped.slice(1) : escaped;
}

/** `push(...items: T[])`, not `push(...items: (() => void)[])`: as it was declared, before type arguments were filled in. */
function declaredSignature(signature: Sig): ts.Signature {
  const { target } = signature as ts.Signature & { readonly target?: ts.Signature };
  return target === undefined ? (signature as ts.Signature) : declaredSignature(target);
}

function isGlobalFunction(type: ts.Type): boolean {
  const name = type.symbol?.escapedName;
  return (
    name === "Function" &&
    type.getCallSignatures().length === 0 &&
    type.symbol.declarations?.every(isInLibrary) === true
  );
}

function isInLibrary(node: ts.Node): boolean {
  return libraryTexts.has(node.getSourceFile().fileName.slice(libraryFolder.length + 1));
}

interface Host extends ts.CompilerHost {
  readonly resolutions: ts.ModuleResolutionCache;
  forgetResolutions(): void;
  replace(path: string, text: string | undefined): void;
  forget(): void;
}

function createHost(source: ProjectSource): Host {
  const texts = new Map(source.texts);
  const trees = new Map<string, ts.SourceFile>();
  const files = fileSystem(texts);
  const resolutions = ts.createModuleResolutionCache(source.root, (name) => name, source.options as ts.CompilerOptions);
  return {
    ...files,
    resolutions,
    forgetResolutions: () => resolutions.clear(),
    getSourceFile: (path, options) => libraryTree(path, options) ?? tree(path, options, trees, files.readFile),
    getDefaultLibFileName: (options) => join(libraryFolder, ts.getDefaultLibFileName(options)),
    getDefaultLibLocation: () => libraryFolder,
    getCurrentDirectory: () => source.root,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => {},
    getModuleResolutionCache: () => resolutions,
    replace(path, text) {
      trees.delete(path);
      if (text === undefined) texts.delete(path);
      else texts.set(path, text);
    },
    forget: () => trees.clear(),
  };
}

/** The disk, with the given texts in front of it and TypeScript's library files beside it. */
function fileSystem(
  texts: ReadonlyMap<string, string>,
): ts.ModuleResolutionHost & { readFile(path: string): string | undefined; fileExists(path: string): boolean } {
  const folders = new Set([...texts.keys()].flatMap(foldersAbove));
  return {
    readFile: (path) => texts.get(path) ?? libraryText(path) ?? ts.sys.readFile(path),
    fileExists: (path) => texts.has(path) || libraryText(path) !== undefined || ts.sys.fileExists(path),
    directoryExists: (path) => folders.has(path) || path === libraryFolder || ts.sys.directoryExists(path),
    getDirectories: (path) => ts.sys.getDirectories(path),
    realpath: (path) => (texts.has(path) ? path : (ts.sys.realpath?.(path) ?? path)),
  };
}

function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}

function libraryText(path: string): string | undefined {
  return path.startsWith(`${libraryFolder}/`) ? libraryTexts.get(path.slice(libraryFolder.length + 1)) : undefined;
}

function libraryTree(path: string, options: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
  const text = libraryText(path);
  if (text === undefined) return undefined;
  const key = `${path}:${typeof options === "object" ? options.languageVersion : options}`;
  const known = libraryTrees.get(key);
  if (known !== undefined) return known;
  const made = ts.createSourceFile(path, text, options, false);
  libraryTrees.set(key, made);
  return made;
}

function tree(
  path: string,
  options: ts.ScriptTarget | ts.CreateSourceFileOptions,
  trees: Map<string, ts.SourceFile>,
  read: (path: string) => string | undefined,
): ts.SourceFile | undefined {
  const known = trees.get(path);
  if (known !== undefined) return known;
  const text = read(path);
  if (text === undefined) return undefined;
  const made = ts.createSourceFile(path, text, options, true);
  trees.set(path, made);
  return made;
}
