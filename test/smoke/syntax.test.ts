import { globSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { parse } from "acorn";
import { expect, test } from "vitest";
import { compile } from "../../plugin/compile.ts";
import { allFixtures, isRefused } from "../fixture-files.ts";

const dist = join(import.meta.dirname, "../../runtime/dist");

/** What is newer in a program than ES2020; null when nothing is. */
function newer(code: string): string | null {
  try {
    parse(code, { ecmaVersion: 2020, sourceType: "module", allowHashBang: true });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The source without its types; null when Node can't take them off. */
function plain(path: string): string | null {
  try {
    return stripTypeScriptTypes(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

/** A class that its constructor can't name, because a parameter is called like it or because it has no name, is known by a private name. */
const NAMELESS = [
  "classes/defaults-in-derived-constructors",
  "classes/extends-of-a-pause",
  "expressions/debugging-order",
];

const sources = allFixtures().flatMap((fixture) => {
  const source = isRefused(fixture) ? null : plain(fixture.input);
  return source === null || newer(source) !== null ? [] : [{ ...fixture, source }];
});

test("the runtime as built is ES2020", () => {
  const files = globSync("**/*.js", { cwd: dist });
  expect(files).toContain("index.js");
  expect(files.map((file) => [file, newer(readFileSync(join(dist, file), "utf8"))])).toEqual(
    files.map((file) => [file, null]),
  );
});

test("class fields of the runtime are assignments: no helper of the build's runs in a constructor", () => {
  for (const file of globSync("**/*.js", { cwd: dist })) {
    expect(readFileSync(join(dist, file), "utf8")).not.toMatch(/_defineProperty|_classPrivate|_super\b/);
  }
});

test.each(["production", "development", "stress"])("%s: what is compiled from ES2020 is ES2020", (mode) => {
  expect(sources.length).toBeGreaterThan(300);
  const found = sources.flatMap(({ name, source, options }) => {
    const { code } = compile(source, {
      ...options.compile,
      filename: "input.js",
      module: "esm",
      sourceMaps: false,
      dev: mode === "development",
      stress: mode === "stress",
    });
    return newer(code) === null ? [] : [name];
  });
  expect(found).toEqual(NAMELESS);
});
