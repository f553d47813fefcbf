/**
 * project — the whole-program analysis as part of a build: facts before the first module, and new ones after each edit.
 *
 *   In     a tsconfig; the files that change while a server or a watching build runs
 *   Out    the facts file that the compiler reads; the files whose answers are no longer the same
 *   Keeps  a caller is compiled again when only its callee changed
 */
import { resolve } from "node:path";
import type { Analysis } from "../analyse/index.ts";
import { type Facts, factsPath, writeFacts } from "../analyse/facts.ts";
import type { Assume } from "../assumed.ts";

export class BuildProject {
  readonly #tsconfig: string;
  readonly #assume: Assume;
  #analysis: Analysis | undefined;
  #opening: Promise<void> | undefined;
  /** The last edit that was taken in, and what it changed: several environments of one server report the same edit. */
  #last: { readonly hash: string; readonly changed: readonly string[] } | undefined;

  constructor(tsconfig: string, assume: Assume) {
    this.#tsconfig = resolve(tsconfig);
    this.#assume = assume;
  }

  /** @returns the facts file. TypeScript is loaded only here. */
  async open(): Promise<string> {
    this.#opening ??= this.#analyse();
    await this.#opening;
    return this.factsFile;
  }

  async #analyse(): Promise<void> {
    const { Analysis } = await import("../analyse/index.ts");
    this.#analysis = new Analysis({ tsconfig: this.#tsconfig }, { assume: this.#assume });
    writeFacts(this.factsFile, this.#analysis.facts());
  }

  get factsFile(): string {
    return factsPath(resolve(this.#tsconfig, ".."));
  }

  /**
   * Takes in a file that was edited, made or removed.
   *
   * @returns the other files, absolute, whose answers have changed with it
   */
  update(path: string): readonly string[] {
    const analysis = this.#analysis;
    if (analysis === undefined) return [];
    const before = analysis.facts();
    if (!isOf(before, analysis.relative(path)) && !/\.[cm]?[jt]sx?$/.test(path)) return [];
    analysis.update(new Map([[resolve(path), undefined]]));
    const now = analysis.facts();
    if (now.hash === before.hash) return this.#last?.hash === now.hash ? this.#last.changed : [];
    writeFacts(this.factsFile, now);
    const changed = changedFiles(before, now).map((file) => resolve(analysis.root, file));
    this.#last = { hash: now.hash, changed: changed.filter((file) => file !== resolve(path)) };
    return this.#last.changed;
  }

  close(): void {
    this.#analysis?.close();
    this.#analysis = this.#opening = undefined;
  }
}

function isOf(facts: Facts, file: string): boolean {
  return Object.hasOwn(facts.files, file);
}

function changedFiles(before: Facts, now: Facts): string[] {
  return Object.keys(now.files).filter(
    (file) => JSON.stringify(before.files[file]) !== JSON.stringify(now.files[file]),
  );
}
