// Our own fixtures: fixtures/<area>/<case>, one directory a case.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fixturesIn, type Fixture } from "../plugin/testing/fixtures/cases.ts";

/** The folder of all fixtures. */
export const fixturesFolder = join(import.meta.dirname, "../fixtures");

/** Every fixture, in the order of their names. */
export const allFixtures = (): Fixture[] => fixturesIn(fixturesFolder);

/** True: it is refused, and error.txt holds the report. */
export const isRefused = ({ name }: Fixture): boolean => name.startsWith("errors/");

/** True: it has an oracle.py. What it prints is CPython's, and test/semantics or test/green runs it. */
export const isScenario = ({ folder }: Fixture): boolean => existsSync(join(folder, "oracle.py"));
