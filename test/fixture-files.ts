// Which fixtures there are: fixtures/<area>/<case>, one directory a case.
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

/** The folder of all fixtures. */
export const fixturesFolder = join(import.meta.dirname, "../fixtures");

/** options.json: what a case needs beyond the defaults. */
export type FixtureOptions = {
  /** False: it makes greenlets of its own, so plain JavaScript can't run it, and its trace.txt is written by hand. */
  uncompiled?: boolean;
  /** True: nothing in it may switch, so JavaScript comes out byte for byte and no import is added. */
  untouched?: boolean;
};

export type Fixture = {
  /** `loops/continue-in-finally` */
  name: string;
  folder: string;
  /** `input.ts`, `.tsx`, `.mts`, `.js`, `.cts`, … */
  input: string;
  options: FixtureOptions;
  /** True: it is refused, and error.txt holds the report. */
  refused: boolean;
  /** True: it has an oracle.py. What it prints is CPython's, and test/semantics runs it. */
  scenario: boolean;
};

/** Every fixture, in the order of their names. */
export function allFixtures(): Fixture[] {
  return globSync("*/*/input.*", { cwd: fixturesFolder })
    .map((input) => fixtureIn(join(fixturesFolder, dirname(input)), basename(input)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function fixtureIn(folder: string, inputName: string): Fixture {
  const optionsFile = join(folder, "options.json");
  return {
    name: relative(fixturesFolder, folder).replaceAll("\\", "/"),
    folder,
    input: join(folder, inputName),
    options: existsSync(optionsFile) ? (JSON.parse(readFileSync(optionsFile, "utf8")) as FixtureOptions) : {},
    refused: basename(dirname(folder)) === "errors",
    scenario: existsSync(join(folder, "oracle.py")),
  };
}
