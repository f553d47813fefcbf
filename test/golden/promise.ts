// The promise of docs/testing.md: the emitted code of an unchanged program changes only in a minor release, with an entry in the changelog.
import type { Corpus } from "./corpus.ts";

/** The programs that are as they were in the last release, and no longer compile to the same. */
export function brokenPromises(released: Corpus, now: Corpus): string[] {
  return [...released].flatMap(([path, was]) => {
    const is = now.get(path);
    const unchanged = is !== undefined && is.source === was.source;
    return unchanged && is.outputs.join() !== was.outputs.join() ? [path] : [];
  });
}

/**
 * Whether a changeset announces a minor release of the compiler.
 *
 *   ---
 *   "greenlets-plugin": minor
 *   ---
 */
export function announcesMinor(changeset: string): boolean {
  const [, head = ""] = /^---\n([^]*?)\n---\n/.exec(changeset) ?? [];
  return /^["']?greenlets-plugin["']?: *(?:minor|major)$/m.test(head);
}

/** Whether a version may have other output than an earlier one: 0.1.3 → 0.2.0, but not 0.1.3 → 0.1.4. */
export function isMinorStep(from: string, to: string): boolean {
  const [[major = 0, minor = 0], [nextMajor = 0, nextMinor = 0]] = [numbers(from), numbers(to)];
  return nextMajor > major || (nextMajor === major && nextMinor > minor);
}

const numbers = (version: string): number[] => version.split(".").map(Number);
