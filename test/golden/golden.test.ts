// What programs compile to is kept: hashes of whole programs here, the texts of small ones beside every fixture.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../command.ts";
import { compiledPrograms, parseCorpus, printCorpus, type Corpus } from "./corpus.ts";
import { announcesMinor, brokenPromises, isMinorStep } from "./promise.ts";
import { currentCorpus, currentVersion, nextReleased, parseReleased, releasedFile } from "./release.ts";

const changesets = globSync(".changeset/*.md", { cwd: root }).map((path) => readFileSync(join(root, path), "utf8"));

test("programs compile to what they compiled to (npm run fixtures)", async () => {
  const programs = compiledPrograms();
  expect(programs.size).toBeGreaterThan(12);
  await expect(printCorpus(programs)).toMatchFileSnapshot("corpus.txt");
}, 120_000);

test("since the last release, an unchanged program compiles to the same, or a changeset announces a minor release", () => {
  const { version, corpus } = parseReleased(readFileSync(releasedFile, "utf8"));
  expect(version).toBe(currentVersion());
  expect(corpus.size).toBeGreaterThan(350);
  const broken = brokenPromises(corpus, currentCorpus());
  expect(changesets.some(announcesMinor) ? [] : broken).toEqual([]);
}, 120_000);

describe("the promise", () => {
  const corpus = (outputs: string[], source = "s"): Corpus => new Map([["a.ts", { source, outputs }]]);

  test("is about unchanged programs: a changed or a new one may compile to anything", () => {
    expect(brokenPromises(corpus(["1", "2"]), corpus(["1", "2"]))).toEqual([]);
    expect(brokenPromises(corpus(["1", "2"]), corpus(["1", "3"]))).toEqual(["a.ts"]);
    expect(brokenPromises(corpus(["1"]), corpus(["2"], "t"))).toEqual([]);
    expect(brokenPromises(new Map(), corpus(["1"]))).toEqual([]);
    expect(brokenPromises(corpus(["1"]), new Map())).toEqual([]);
  });

  test.each([
    [`---\n"greenlets": minor\n"greenlets-plugin": minor\n---\n\nLoops.\n`, true],
    [`---\n'greenlets-plugin': major\n---\n`, true],
    [`---\n"greenlets-plugin": patch\n---\n\n"greenlets-plugin": minor\n`, false],
    [`---\n"greenlets": minor\n---\n`, false],
    ["no changeset", false],
  ])("needs a minor changeset of the plugin: %j", (text, announces) => {
    expect(announcesMinor(text)).toBe(announces);
  });

  test.each([
    ["0.1.3", "0.2.0", true],
    ["0.9.0", "0.10.0", true],
    ["1.2.0", "2.0.0", true],
    ["0.1.3", "0.1.4", false],
    ["0.1.3", "0.1.3", false],
  ])("from %s to %s: %s", (from, to, step) => {
    expect(isMinorStep(from, to)).toBe(step);
  });

  test("a patch release with other output is refused when the release is written down", () => {
    const before = nextReleased("", "0.1.0", corpus(["1"]));
    expect(parseReleased(before)).toEqual({ version: "0.1.0", corpus: corpus(["1"]) });
    expect(() => nextReleased(before, "0.1.1", corpus(["2"]))).toThrow("0.1.1 is no minor step from 0.1.0");
    expect(nextReleased(before, "0.2.0", corpus(["2"]))).toBe("# 0.2.0\na.ts  s  2\n");
    expect(nextReleased(before, "0.1.1", corpus(["1"]))).toBe("# 0.1.1\na.ts  s  1\n");
    expect(parseCorpus("# 0.1.1\n")).toEqual(new Map());
  });
});
