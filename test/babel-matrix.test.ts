// One plugin file under both majors of Babel, alone and with the presets that users have: programs print the same.
import { createRequire, stripTypeScriptTypes } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { root } from "./command.ts";
import type { Fixture } from "../plugin/testing/fixtures/cases.ts";
import * as plainPause from "../plugin/testing/fixtures/plain-pause.ts";
import { runInGreenlet, runPlain, type Main, type Surroundings } from "../plugin/testing/fixtures/run.ts";
import { allFixtures, isRefused, isScenario } from "./fixture-files.ts";
import { formatLine } from "./trace.ts";

type Babel = { version: string; transformSync(source: string, options: object): { code: string } | null };

/** The plugin as users get it: the built file, by its path. */
const plugin = createRequire(join(root, "plugin/package.json")).resolve("greenlets-plugin/babel");
const nodeRequire = createRequire(import.meta.url);

type Major = { major: number; require: NodeJS.Require; typescript: object };

const majors: Major[] = [
  { major: 8, require: createRequire(join(root, "package.json")), typescript: {} },
  // Babel 8 does this without being asked.
  {
    major: 7,
    require: createRequire(join(root, "test/babel-7/package.json")),
    typescript: { allowDeclareFields: true },
  },
];

const presetTypescript = ({ require, typescript }: Major): unknown => [
  require.resolve("@babel/preset-typescript"),
  typescript,
];
const presetEnv = ({ require }: Major, targets: string, more: object = {}): unknown => [
  require.resolve("@babel/preset-env"),
  { targets, modules: "commonjs", ...more },
];

/** Lowered for old engines, these print other names: those that Babel gives to classes and functions. */
const changedForOldEngines = new Set([
  "calls/bound-functions",
  "classes/mixins",
  "classes/names-of-classes-with-static-pauses",
  "classes/private-fields-that-pause",
  "classes/static-fields-that-pause",
  "closures/names-of-functions-written-once",
  "expressions/names-of-anonymous-functions",
]);

/** A generator has to stay one to be suspended, with what its call evaluates (docs/limits.md). */
const keepsGenerators = { exclude: ["transform-regenerator", "transform-parameters"] };

/** Everything but the last one keeps classes and arrows. */
const setups: Record<string, (major: Major) => object> = {
  alone: () => ({}),
  "with preset-typescript": (major) => ({ presets: [presetTypescript(major)] }),
  "with preset-env for CommonJS": (major) => ({ presets: [presetEnv(major, "node 20"), presetTypescript(major)] }),
  "with preset-env for old engines": (major) => ({
    presets: [presetEnv(major, "ie 11", keepsGenerators), presetTypescript(major)],
  }),
};

/**
 * Programs of one file: what other files hold is not the matter here. Not those that something else has to lower first, and not those that
 * CommonJS has no way to say (`await` outside of functions).
 */
const programs = allFixtures().filter((fixture) => {
  const { name, input, options } = fixture;
  const text = readFileSync(input, "utf8");
  return (
    !isRefused(fixture) &&
    !name.startsWith("lowered/") &&
    name !== "modules/top-level-await" &&
    !isScenario(fixture) &&
    !options.untouched &&
    options.uncompiled !== false &&
    input.endsWith(".ts") &&
    !/from "\.\/|export \{.*"|async function|declare module/.test(text)
  );
});

/** The programs that a setup can take: without a preset for types, those without types. */
function programsFor(setup: string): Fixture[] {
  if (setup === "alone") return programs.filter(({ input }) => isJavaScript(readFileSync(input, "utf8")));
  return setup.endsWith("old engines") ? programs.filter(({ name }) => !changedForOldEngines.has(name)) : programs;
}

const isJavaScript = (text: string): boolean => {
  try {
    return stripTypeScriptTypes(text) === text;
  } catch {
    return false;
  }
};

/** The last step of every row, so that all of them run in the same way: Babel's own CommonJS. */
function toCommonJS(code: string): string {
  if (!/^(?:import|export) /m.test(code)) return code;
  const { transformSync } = nodeRequire("@babel/core") as Babel;
  const preset = [nodeRequire.resolve("@babel/preset-env"), { targets: "node 20", modules: "commonjs" }];
  return transformSync(code, {
    presets: [preset],
    configFile: false,
    babelrc: false,
    sourceType: "unambiguous",
    compact: false,
  })!.code;
}

describe.each(majors)("Babel $major", (major) => {
  const { transformSync, version } = major.require("@babel/core") as Babel;

  test("is the version it says", () => {
    expect(version.startsWith(`${major.major}.`)).toBe(true);
  });

  test("refuses an unknown option, and suggests the one that was meant", () => {
    const setup = { configFile: false, babelrc: false, plugins: [[plugin, { stres: true }]] };
    expect(() => transformSync("f();", setup)).toThrow(`unknown option "stres". Did you mean "stress"?`);
  });

  test("refuses an option of the wrong type", () => {
    const setup = { configFile: false, babelrc: false, plugins: [[plugin, { stress: "yes" }]] };
    expect(() => transformSync("f();", setup)).toThrow(`option "stress" must be a boolean, but it is "yes"`);
  });

  describe.each(Object.entries(setups))("%s", (setup, options) => {
    const compile = (source: string, filename: string, plugins: unknown[] = [plugin]): string =>
      transformSync(source, {
        filename,
        configFile: false,
        babelrc: false,
        compact: false,
        ...options(major),
        plugins,
      })!.code;
    const surroundings = surroundingsBy(compile);

    test.each(programsFor(setup))("$name", ({ input, folder }) => {
      const source = readFileSync(input, "utf8");
      const { main } = evaluate<{ main: Main }>(compile(source, input), surroundings);
      const trace = runInGreenlet(main, surroundings, formatLine);
      const meant = readFileSync(join(folder, "trace.txt"), "utf8").trimEnd().split("\n");
      if (!setup.endsWith("old engines")) return expect(trace.join("\n").split("\n")).toEqual(meant);
      // What the preset itself changes for old engines (names, dead zones, what is a constructor), it may change here, too.
      const plain = evaluate<{ main: Main }>(compile(source, input, []), plainPause);
      const lowered = runPlain(plain.main, plainPause, formatLine).join("\n").split("\n");
      return expect([meant, lowered]).toContainEqual(trace.join("\n").split("\n"));
    });
  });
});

/** `pause` and `later` through the same setup; types are taken out for the setup that has no preset for them. */
function surroundingsBy(compile: (source: string, filename: string) => string): Surroundings & { later: unknown } {
  const source = `import { getCurrent } from "greenlets";
export function pause(value) { return getCurrent().parent.switch(value); }
export function later(value) { pause(value); return value; }`;
  const { Greenlet } = nodeRequire("greenlets") as typeof import("greenlets");
  return {
    Greenlet,
    ...evaluate<{ pause: Surroundings["pause"]; later: unknown }>(
      compile(source, join(root, "fixtures/pause.js")),
      null,
    ),
  };
}

/** Runs a module's text; `greenlets` is the built package, as it would be found from node_modules. */
function evaluate<Exports>(code: string, pauses: object | null): Exports {
  const module = { exports: {} };
  const load = (name: string): unknown => (name.endsWith("pause.ts") ? pauses : nodeRequire(name));
  new Function("require", "module", "exports", toCommonJS(code))(load, module, module.exports);
  return module.exports as Exports;
}

test("our own babel.config.js compiles our own examples", () => {
  const { transformFileSync } = nodeRequire("@babel/core") as typeof import("@babel/core");
  const { code } = transformFileSync(join(root, "examples/tasks.ts"), { cwd: root })!;
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  evaluate(code!, null);
  expect(log.mock.calls.flat()).toEqual(["Task 1 - Part 1", "Task 2 - Part 1", "Task 1 - Part 2"]);
  log.mockRestore();
});
