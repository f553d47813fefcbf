/**
 * compile-project — a whole project: analysed, compiled, and emitted by its own TypeScript.
 *
 *   In     an analysis of the project; where the output goes
 *   Out    JavaScript and maps from the compiled sources, declarations from the sources as written, the manifest
 *
 * tsc is asked twice: to emit what was compiled, unchecked, with the project's own options (target, JSX, enums, module format), and to
 * check and declare what users wrote.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Analysis } from "../../analyse/index.ts";
import { factsPath, writeFacts } from "../../analyse/facts.ts";
import { UsageError } from "../usage-error.ts";
import { place } from "./place.ts";
import type { Progress } from "./progress.ts";
import { writeShadow } from "./shadow.ts";
import { findTsc, type Tsc } from "./tsc.ts";

export interface ProjectJob {
  analysis: Analysis;
  tsconfig: string;
  directory: string;
  stress: boolean;
  maps: boolean;
  progress: Progress;
}

export interface ProjectOutcome {
  /** Relative to the directory. */
  written: string[];
  /** What tsc says of the sources; "" if it is content. */
  complaints: string;
}

export async function compileProject(job: ProjectJob): Promise<ProjectOutcome> {
  const { analysis, directory, progress } = job;
  const tsc = findTsc(analysis.root);
  progress.say(`analysing ${analysis.source.files.length} files`);
  const facts = factsPath(analysis.root);
  writeFacts(facts, analysis.facts());
  const base = baseOf(analysis);
  const workshop = makeWorkshop(analysis.root);
  try {
    const [shadow, emitted] = [join(workshop, "sources"), join(workshop, "emitted")];
    const files = analysis.source.files.filter((file) => !/\.d\.[cm]?ts$/.test(file));
    const maps = writeShadow(files, {
      base,
      folder: shadow,
      facts,
      stress: job.stress,
      progress: (file, index) =>
        progress.say(`compiling ${relative(analysis.root, file)} (${index + 1} of ${files.length})`),
    });
    progress.say(`emitting with TypeScript ${tsc.version}`);
    const complaints = await emit(tsc, { ...job, base, workshop, shadow, emitted, files });
    return {
      written: [...place({ from: emitted, to: directory, shadow, base, maps }), writeManifest(job)],
      complaints,
    };
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** Beside the project's packages, where no watcher looks and no module of the project is found by accident. */
function makeWorkshop(root: string): string {
  const caches = join(root, "node_modules/.cache/greenlets");
  mkdirSync(caches, { recursive: true });
  return mkdtempSync(join(caches, "compile-"));
}

interface Emission extends ProjectJob {
  base: string;
  workshop: string;
  shadow: string;
  emitted: string;
  files: string[];
}

/** @returns what tsc says of the sources. @throws UsageError with what it says of its own options */
async function emit(tsc: Tsc, job: Emission): Promise<string> {
  const [emitting, declaring] = await Promise.all([
    tsc.run(["-p", emittingConfig(tsc, job)]),
    tsc.run(["-p", declaringConfig(job)]),
  ]);
  if (/error TS(?:5\d{3}|6\d{3}|18\d{3}):/.test(emitting.output))
    throw new UsageError("not-writable", `TypeScript ${tsc.version} can't emit:\n${emitting.output.trim()}`);
  return declaring.content ? "" : declaring.output;
}

const ALONE = { composite: false, incremental: false, noEmit: false, noEmitOnError: false, declarationDir: null };

function emittingConfig(tsc: Tsc, { tsconfig, workshop, shadow, emitted, files, base, maps }: Emission): string {
  const options = {
    ...ALONE,
    rootDir: shadow,
    outDir: emitted,
    declaration: false,
    declarationMap: false,
    emitDeclarationOnly: false,
    sourceMap: maps,
    inlineSourceMap: false,
    inlineSources: false,
    sourceRoot: "",
    // Compiled code is not written to be checked.
    ...(tsc.isAtLeast(5, 6) && { noCheck: true }),
    ...(tsc.isAtLeast(5, 7) && { rewriteRelativeImportExtensions: true }),
  };
  const sources = files.map((file) => join(shadow, relative(base, file)));
  return writeConfig(join(workshop, "emit.json"), tsconfig, options, sources);
}

function declaringConfig({ analysis, tsconfig, workshop, emitted, base }: Emission): string {
  const options = { ...ALONE, rootDir: base, outDir: emitted, declaration: true, emitDeclarationOnly: true };
  return writeConfig(join(workshop, "declare.json"), tsconfig, options, analysis.source.files);
}

function writeConfig(path: string, base: string, compilerOptions: object, files: readonly string[]): string {
  writeFileSync(path, JSON.stringify({ extends: base, compilerOptions, files, include: [], references: [] }));
  return path;
}

/** What users of a package need to know: which of its exports may switch. */
function writeManifest({ analysis, directory }: ProjectJob): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "greenlets.json"), `${JSON.stringify(analysis.manifest(), null, 2)}\n`);
  return "greenlets.json";
}

/** `rootDir`, or the folder that all sources are in. */
function baseOf({ source }: Analysis): string {
  const given = source.options["rootDir"];
  if (typeof given === "string") return given;
  const folders = source.files.filter((file) => !/\.d\.[cm]?ts$/.test(file)).map((file) => dirname(file).split(sep));
  const [first = []] = folders;
  const common = first.findIndex((name, index) => folders.some((parts) => parts[index] !== name));
  return (common < 0 ? first : first.slice(0, common)).join(sep);
}
