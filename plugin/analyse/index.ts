/**
 * analyse — which functions of a project may switch, which calls are suspension points, and why.
 *
 *   In     a tsconfig or files; assumptions
 *   Out    Facts, kept up to date as files change
 *   Needs  a TypeOracle; everything else is in the fragments
 *
 * In order: read every file (walk) → link the fragments into one graph (link) → propagate from the roots → report as facts.
 */
import { relative, sep } from "node:path";
import { type Assume, resolveAssumptions } from "./assume.ts";
import { accessorNames, type ProgramMemory } from "./context.ts";
import { type Facts, sourceHash } from "./facts.ts";
import type { Fragment } from "./fragment.ts";
import { Linker, type Program } from "./link.ts";
import { type Manifest, manifestOf } from "./manifest.ts";
import { openMorph } from "./morph.ts";
import { Names } from "./names.ts";
import { openNative } from "./native.ts";
import type { SourceFile, TypeOracle } from "./oracle.ts";
import { type ProjectInput, type ProjectSource, projectSource } from "./project.ts";
import { factsFrom, maySwitch } from "./report.ts";
import { readFile, wake } from "./walk.ts";

export interface AnalyseOptions {
  /** `ts-morph` (the default) brings its own TypeScript 6; `native` asks the user's TypeScript 7. */
  readonly backend?: "ts-morph" | "native";
  readonly assume?: Assume;
  /** Exports are called from outside the project, with callbacks that may switch: for packages that are published compiled. */
  readonly library?: boolean;
}

/** Analyses a project once. */
export function analyse(input: ProjectInput, options: AnalyseOptions = {}): Facts {
  const analysis = new Analysis(input, options);
  try {
    return analysis.facts();
  } finally {
    analysis.close();
  }
}

/** A project that stays open: `update` reads only what changed, and what depends on it. */
export class Analysis {
  readonly root: string;
  readonly source: ProjectSource;
  readonly #oracle: TypeOracle;
  readonly #options: AnalyseOptions;
  readonly #names = new Names();
  readonly #linker = new Linker(this.#names);
  readonly #live = new Set<string>();
  /** Every reason names a file: there are many more of them than files. */
  readonly #relatives = new Map<string, string>();
  #memory: ProgramMemory;
  #fragments = new Map<string, Fragment>();
  #shapes = new Map<string, SeenShape | undefined>();
  #program: Program | undefined;
  #facts: Facts | undefined;

  /** @throws ProjectError, BackendError */
  constructor(input: ProjectInput, options: AnalyseOptions = {}) {
    this.source = projectSource(input);
    this.root = this.source.root;
    this.#options = options;
    this.#oracle = options.backend === "native" ? openNative(this.source) : openMorph(this.source);
    this.#memory = this.#freshMemory();
  }

  get backend(): string {
    return this.#oracle.backend;
  }

  #freshMemory(): ProgramMemory {
    const accessors = accessorNames(this.#oracle, this.#oracle.files());
    return {
      foreign: new Map(),
      keys: new Map(),
      cells: new Map(),
      declared: new Map(),
      accessors,
      library: this.#options.library === true,
    };
  }

  /** @throws AssumeError when a pattern of `assume` matches no function */
  facts(): Facts {
    this.#facts ??= factsFrom(this.program(), { backend: this.backend, relative: (path) => this.relative(path) });
    return this.#facts;
  }

  program(): Program {
    while (this.#program === undefined) {
      const program = this.#link();
      if (!this.#awaken(program)) this.#program = program;
    }
    return this.#program;
  }

  #link(): Program {
    const fragments = this.#oracle.files().map((file) => this.#fragment(file));
    const assumed = resolveAssumptions(fragments, this.#options.assume, (path) => this.relative(path));
    return this.#linker.link(fragments, assumed);
  }

  /**
   * Accessors are read everywhere and hardly ever switch: their uses are looked at only once one of them does.
   *
   * @returns true when there are new sites
   */
  #awaken(program: Program): boolean {
    const found = switchingAccessors(program, this.#memory.accessors).filter((name) => !this.#live.has(name));
    for (const name of found) this.#live.add(name);
    for (const file of found.length === 0 ? [] : this.#oracle.files()) this.#wake(file, new Set(found));
    return found.length > 0;
  }

  #fragment(file: SourceFile): Fragment {
    const known = this.#fragments.get(file.fileName);
    if (known !== undefined) return known;
    const made = readFile(this.#oracle, this.#names, file, this.#memory);
    this.#fragments.set(file.fileName, made);
    return this.#live.size > 0 ? this.#wake(file, this.#live) : made;
  }

  #wake(file: SourceFile, names: ReadonlySet<string>): Fragment {
    const woken = wake(this.#oracle, this.#names, file, this.#memory, this.#fragment(file), names);
    this.#fragments.set(file.fileName, woken);
    return woken;
  }

  /**
   * Reads changed files again, and those that can see a difference in them.
   *
   * @param changes path → new text, or undefined to read it from the disk
   * @returns how many files were read
   */
  update(changes: ReadonlyMap<string, string | undefined>): number {
    const before = new Map([...changes.keys()].map((path) => [path, this.#shapeOf(path)]));
    const accessorsBefore = this.#memory.accessors;
    this.#oracle.update(changes);
    this.#memory = this.#freshMemory();
    this.#program = this.#facts = undefined;
    const stale = sameNames(accessorsBefore, this.#memory.accessors)
      ? this.#stale(before)
      : new Set(this.#fragments.keys());
    for (const path of stale) this.#fragments.delete(path);
    this.program();
    return stale.size;
  }

  /** The shape a file had when last asked; remembered, because after an update the old one can't be asked for. */
  #shapeOf(path: string): SeenShape | undefined {
    const known = this.#shapes.get(path);
    if (known !== undefined) return known;
    const file = this.#file(path);
    return file === undefined ? undefined : this.#askShape(file);
  }

  #askShape(file: SourceFile): SeenShape | undefined {
    const text = this.#oracle.shapeOf(file);
    const shape = text === undefined ? undefined : { hash: sourceHash(text), mentions: mentionsIn(text) };
    this.#shapes.set(file.fileName, shape);
    return shape;
  }

  #file(path: string): SourceFile | undefined {
    return this.#oracle.files().find(({ fileName }) => fileName === path);
  }

  /**
   * The changed files; the files that import one of which others now see something else; and so on through files whose own declarations
   * changed, or mention such a file: `export * from "./a"`, `f(): import("./a").A`.
   */
  #stale(before: ReadonlyMap<string, SeenShape | undefined>): Set<string> {
    const changed = [...before.keys()].map((path) => this.#file(path));
    const queue = changed.filter((file) => file !== undefined && this.#isSeen(file, before.get(file.fileName)));
    const stale = new Set(before.keys());
    if (changed.includes(undefined) || queue.some((file) => isGlobal(file!))) return new Set(this.#fragments.keys());
    for (let seen = queue.shift(); seen !== undefined; seen = queue.shift()) {
      for (const importer of this.#oracle.importersOf(seen)) {
        if (stale.has(importer.fileName)) continue;
        stale.add(importer.fileName);
        if (this.#isSeen(importer, this.#shapes.get(importer.fileName), seen)) queue.push(importer);
      }
    }
    return stale;
  }

  /** Do others see something else in this file than before, or see `through` it a file that changed? */
  #isSeen(file: SourceFile, was: SeenShape | undefined, through?: SourceFile): boolean {
    const now = this.#askShape(file);
    if (was === undefined || now?.hash !== was.hash) return true;
    return through !== undefined && now.mentions.some((name) => this.#oracle.leadsTo(file, name, through));
  }

  /** What a published package tells the analysis of its users: to be written as `greenlets.json`. */
  manifest(): Manifest {
    return manifestOf(this.program());
  }

  /** The path of a file as facts name it. */
  relative(path: string): string {
    const known = this.#relatives.get(path);
    if (known !== undefined) return known;
    const made = relative(this.root, path).split(sep).join("/");
    this.#relatives.set(path, made);
    return made;
  }

  close(): void {
    this.#oracle.close();
  }
}

/** What others can see of a file: its declarations, by hash, and the modules these mention. */
interface SeenShape {
  readonly hash: string;
  readonly mentions: readonly string[];
}

/** `import { A } from "./a"` and `import("./a").A` in a declaration file. */
function mentionsIn(text: string): string[] {
  return [...text.matchAll(/\b(?:from|import)\b\s*\(?\s*["']([^"']+)["']/g)].map(([, name]) => name!);
}

/** A script, or a module with `declare global`: everybody sees its declarations without importing them. */
function isGlobal({ text }: SourceFile): boolean {
  return !/^\s*(?:import|export)\b/m.test(text) || /\bdeclare\s+global\b/.test(text);
}

function switchingAccessors(program: Program, accessors: ReadonlySet<string>): string[] {
  const names = program.fragments.flatMap(({ functions }) =>
    functions.filter((fn) => maySwitch(program, fn)).map((fn) => fn.name.split(/[#.](?=[^#.]*$)/).at(-1) ?? ""),
  );
  return [...new Set(names)].filter((name) => accessors.has(name) || accessors.has(`#${name}`)).sort();
}

function sameNames(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((name) => b.has(name));
}
