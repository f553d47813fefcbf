// npm run version: after `changeset version`, writes down what everything compiles to in the release that is being made.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../command.ts";
import { compiledPrograms, fixtureOutputs, parseCorpus, printCorpus, type Corpus } from "./corpus.ts";
import { brokenPromises, isMinorStep } from "./promise.ts";

/** The corpus of the last release; its first line says which. */
export const releasedFile = join(root, "test/golden/released.txt");

/** The version and the corpus in a released.txt. */
export function parseReleased(text: string): { version: string; corpus: Corpus } {
  return { version: /^# (\S+)/.exec(text)?.[1] ?? "0.0.0", corpus: parseCorpus(text) };
}

/** The version of both packages. */
export function currentVersion(): string {
  return (JSON.parse(readFileSync(join(root, "plugin/package.json"), "utf8")) as { version: string }).version;
}

/** Everything, as it compiles now. */
export function currentCorpus(): Corpus {
  return new Map([...compiledPrograms(), ...fixtureOutputs()]);
}

/**
 * The next released.txt.
 * @throws Error when the new version is a patch, but the emitted code of unchanged programs has changed
 */
export function nextReleased(previous: string, version: string, corpus: Corpus): string {
  const last = parseReleased(previous);
  const broken = brokenPromises(last.corpus, corpus);
  if (broken.length > 0 && !isMinorStep(last.version, version))
    throw new Error(
      `${version} is no minor step from ${last.version}, but these programs compile to something else: ${broken.join(", ")}.`,
    );
  return `# ${version}\n${printCorpus(corpus)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(releasedFile, nextReleased(readFileSync(releasedFile, "utf8"), currentVersion(), currentCorpus()));
