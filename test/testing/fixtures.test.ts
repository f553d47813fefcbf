// The directory runner itself, on directories that are not as they should be: each gets a clear error.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fixturesIn, type Fixture } from "../../plugin/testing/fixtures/cases.ts";
import { compileFixture, fixtures } from "../../plugin/testing/fixtures/declare.ts";
import { formatLine, lineFormat } from "../../plugin/testing/fixtures/format.ts";
import { FixtureThread } from "../../plugin/testing/fixtures/threads.ts";
import { folderWith } from "../cli/program.ts";

const setup = new URL("../runtime-sources.ts", import.meta.url);
const main = "export function main(log) { log(1); }\n";

/** The only fixture of these files. */
function fixtureWith(files: Record<string, string>): Fixture {
  const [fixture] = fixturesIn(folderWith({ "package.json": `{ "type": "module" }\n`, ...files }).path);
  return fixture!;
}

describe("a directory", () => {
  test("is searched for inputs of every kind, however deep", () => {
    const { path } = folderWith({
      "b/input.mjs": main,
      "a/deep/input.cts": main,
      "a/deep/other.ts": main,
      "c/input.ts": main,
      "c/options.json": `{ "untouched": true, "compile": { "exitPasses": false } }`,
    });
    expect(fixturesIn(path).map(({ name, options }) => [name, options])).toEqual([
      ["a/deep", {}],
      ["b", {}],
      ["c", { untouched: true, compile: { exitPasses: false } }],
    ]);
  });

  test.each<[files: Record<string, string>, code: string, message: RegExp]>([
    [{ "a/other.ts": main }, "no-fixtures", /There are no fixtures below .* A fixture is a folder with an input\.ts/],
    [{ "a/input.ts": main, "a/input.js": main }, "two-inputs", /a has more than one input/],
    [{ "a/input.ts": main, "a/options.json": "{" }, "options", /options\.json: .*JSON/],
    [{ "a/input.ts": main, "a/options.json": "[]" }, "options", /it holds no object/],
    [
      { "a/input.ts": main, "a/options.json": `{ "uncompild": true }` },
      "options",
      /no option "uncompild"\. Did you mean "uncompiled"\?/,
    ],
    [{ "a/input.ts": main, "a/options.json": `{ "untouched": 1 }` }, "options", /"untouched" is true or false/],
    [{ "a/input.ts": main, "a/options.json": `{ "compile": { "stres": true } }` }, "options", /unknown option "stres"/],
  ])("is refused: %j", (files, code, message) => {
    const { path } = folderWith(files);
    expect(() => fixturesIn(path)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });

  test("that is not there is refused as tests are declared", () => {
    expect(() => fixtures(join(import.meta.dirname, "nowhere"), { describe, test })).toThrow(
      "There are no fixtures below",
    );
  });
});

describe("a run", () => {
  const thread = new FixtureThread({ setup, timeout: 3_000 });
  const uncompiled = (files: Record<string, string>): Promise<string[]> =>
    thread.trace(fixtureWith(files), "uncompiled");

  test("says what is wrong with an input, and the thread is there for the next one", async () => {
    await expect(uncompiled({ "a/input.js": "export const f = 1;\n" })).rejects.toThrow(
      "does not export a function main(log)",
    );
    await expect(uncompiled({ "a/input.js": "throw new RangeError('as it loads');\n" })).rejects.toMatchObject({
      name: "RangeError",
      message: "as it loads",
    });
    await expect(uncompiled({ "a/input.js": `import "./nowhere.js";\n` })).rejects.toMatchObject({
      code: "ERR_MODULE_NOT_FOUND",
    });
    const refused = fixtureWith({ "a/input.js": "export function main(log, pause) { pause(); eval('1'); }\n" });
    await expect(thread.trace(refused, "compiled")).rejects.toThrow("can't contain a direct eval");
    expect(await uncompiled({ "a/input.js": main })).toEqual(["1", "returned none"]);
  }, 120_000);

  test("that does not come to its end, or ends its thread, is ended; the next one gets a new thread", async () => {
    await expect(uncompiled({ "a/input.js": "export function main() { for (;;); }\n" })).rejects.toMatchObject({
      code: "no-end",
      message: "a, uncompiled: did not come to its end within 3000 ms.",
    });
    await expect(uncompiled({ "a/input.js": "export function main() { process.exit(3); }\n" })).rejects.toThrow(
      "it ended its thread with exit code 3",
    );
    expect(await uncompiled({ "a/input.js": main })).toEqual(["1", "returned none"]);
  }, 120_000);

  test("says why its thread can't start", async () => {
    const { path } = folderWith({ "setup.js": "throw new Error('no setup');\n" });
    const broken = new FixtureThread({ setup: join(path, "setup.js") });
    await expect(broken.trace(fixtureWith({ "a/input.js": main }), "compiled")).rejects.toMatchObject({
      code: "no-start",
      message: "Fixtures can't run: no setup",
    });
  });

  test("takes types out that Node can't, and gives each run modules of its own, CommonJS as well", async () => {
    const fixture = fixtureWith({
      "a/input.ts": `import { next } from "./count.ts";
import { again } from "./again.cjs";
enum Colour { Red = 7 }
export function main(log: (...values: unknown[]) => void, pause: (value: unknown) => number): unknown {
  log(next(), again(), Colour.Red);
  return pause("p");
}
`,
      "a/count.ts": `let count = 0;\nexport const next = (): number => ++count;\n`,
      "a/again.cjs": `let count = 0;\nexports.again = () => ++count;\n`,
    });
    // A stress build loads the versions of the built-in functions, which are compiled from their sources here.
    const patient = new FixtureThread({ setup, timeout: 60_000 });
    for (const mode of ["uncompiled", "compiled", "stressed", "uncompiled"] as const)
      expect(await patient.trace(fixture, mode)).toEqual(["1 1 7", "pause(p) = 1", "returned 1"]);
  }, 120_000);
});

test("values are printed the same everywhere; undefined and null are told apart unless they must not be", () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  const values = [
    null,
    undefined,
    "s",
    [1, "a"],
    { k: new Map([[1, new Set([2])]]) },
    new TypeError("no"),
    main.at,
    cycle,
  ];
  expect(formatLine(values)).toBe("null undefined s [1, a] {k: {1: {2}}} TypeError: no at [(cycle)]");
  expect(lineFormat("none")([null, undefined])).toBe("none none");
});

test("a fixture is compiled by the rules of its own folder", () => {
  const sloppy = { "a/input.cjs": "exports.main = function main(log, pause) { with ({}) log(1); return pause(); };\n" };
  expect(compileFixture(fixtureWith(sloppy)).diagnostics).toMatchObject([{ code: "greenlets/with" }]);
});
