// One program through every bundler: it runs, its map is exact, what can't be compiled is shown where the bundler shows errors.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { unplugin } from "../../plugin/build/unplugin.ts";
import { bundlers } from "./bundlers.ts";
import { placeInSource, placesOf, plain, printed, runBundle } from "./sample.ts";
import { writeSample } from "./sample-folder.ts";

const late = `new RangeError("stopped")`;
const early = `new RangeError("no question")`;

describe.each(Object.entries(bundlers))("%s", (_name, bundle) => {
  test.each([
    ["esm", "out.mjs"],
    ["cjs", "out.cjs"],
  ] as const)("runs as %s, and an error's stack shows the source", async (format, name) => {
    const folder = writeSample();
    const { code, map } = await bundle(folder, format);
    // What stands behind a suspension point is in both bodies.
    expect(placesOf(late, code, map)).toEqual([placeInSource(late), placeInSource(late)]);
    expect(placesOf(early, code, map)).toEqual([placeInSource(early)]);
    expect(runBundle(folder, name, code, map)).toEqual({ stdout: `${printed}\n`, stderr: "", code: 0 });
    const stopped = runBundle(folder, name, code, map, "stop");
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toContain("RangeError: stopped");
    expect(stopped.stderr).toMatch(/src\/ask\.ts:8:37/);
  });

  test("makes every suspension point suspend in a stress build, and prints the same", async () => {
    const folder = writeSample();
    const { code, map } = await bundle(folder, "esm", { stress: true });
    expect(code).toMatch(/\$\d*\.stress\(/);
    expect(runBundle(folder, "out.mjs", code, map).stdout).toBe(`${printed}\n`);
  });

  test("compiles the dependencies it is told to, and no others", async () => {
    const lib = {
      "node_modules/lib/package.json": `{ "name": "lib", "type": "module", "exports": "./index.js" }`,
      "node_modules/lib/index.js": `export function each(list, visit) { for (let i = 0; i < list.length; i++) visit(list[i]); }\n`,
    };
    const folder = writeSample({ ...lib, "src/main.ts": `import { each } from "lib";\nconsole.log(each.length);\n` });
    expect((await bundle(folder, "esm")).code).not.toContain("each$resume");
    expect((await bundle(folder, "esm", { include: ["lib"] })).code).toContain("each$resume");
    expect((await bundle(folder, "esm", { include: [/\/lib\//] })).code).toContain("each$resume");
    expect((await bundle(folder, "esm", { include: ["lib"], exclude: [/index\.js$/] })).code).not.toContain(
      "each$resume",
    );
  });

  test("shows a refused file with its place and frame", async () => {
    const folder = writeSample();
    writeFileSync(join(folder, "src/main.ts"), `export function run(f: () => void) {\n  f();\n  eval("f()");\n}\n`);
    const error = await bundle(folder, "esm").catch(
      (reason: Error & { frame?: string }) => `${reason.message}\n${reason.frame ?? ""}`,
    );
    expect(error).toContain("A function that may switch can't contain a direct eval");
    expect(error).toContain(`> 3 |   eval("f()");`);
    expect(error).toMatch(/main\.ts/);
  });
});

describe("what the plugin does with a module", () => {
  const { transform } = unplugin.raw(undefined, { framework: "vite", versions: {} }) as unknown as {
    transform: {
      filter: { id: { include: RegExp; exclude: RegExp[] }; code: RegExp };
      handler(code: string, id: string): { code: string } | null;
    };
  };
  const switching = `export function f(g) { g(); return 1; }\n`;

  test("nothing, where nothing may switch", () => {
    expect(transform.handler(plain, "/src/plain.ts")).toBe(null);
    expect(transform.filter.code.test(`export const table = { a: [1, 2] };\nexport type A = string;\n`)).toBe(false);
  });

  test("nothing, where the code comes compiled already or is a dependency", () => {
    const { code } = transform.handler(switching, "/src/f.js")!;
    expect(code).toContain("f$resume");
    expect(transform.handler(code, "/src/f.js")).toBe(null);
    expect(transform.handler(switching, "/node_modules/lib/f.js")).toBe(null);
  });

  test.each(["/src/App.vue?vue&type=script&setup=true&lang.ts", "/src/a.mts", "/src/a.tsx", "/src/a.cjs?v=1"])(
    "compiles %s",
    (id) => {
      expect(transform.filter.id.include.test(id)).toBe(true);
      expect(transform.handler(switching, id)!.code).toContain("f$resume");
    },
  );

  test.each(["/src/a.css", "/src/a.json", "/src/App.vue", "/src/a.d.tsv"])("does not look at %s", (id) => {
    expect(transform.filter.id.include.test(id)).toBe(false);
  });

  test("refuses unknown options", () => {
    expect(() => unplugin.rolldown({ stres: true } as never)).toThrow('unknown option "stres". Did you mean "stress"?');
  });
});
