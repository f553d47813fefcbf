// Only a callee is edited, so that it now switches: its callers, in files that nobody touched, must be compiled again.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createServer, type ViteDevServer } from "vite";
import { afterEach, describe, expect, it, vi } from "vitest";
import greenletsInVite from "../../plugin/build/vite.ts";
import { greenlets } from "../command.ts";
import { jest, linkTools, webpack } from "./caching-tools.ts";
import { projectWith } from "./project-folder.ts";

const plainLeaf = "export function leaf(n) { return n + 1; }\n";
const switchingLeaf = `import { getCurrent } from "greenlets";\nexport function leaf(n) { return getCurrent().parent.switch(n); }\n`;

const callers = {
  "src/leaf.js": plainLeaf,
  "src/caller.js": 'import { leaf } from "./leaf.js";\nexport function caller(n) { return leaf(n) * 10; }\n',
  "src/run.js": `import { Greenlet } from "greenlets";
import { caller } from "./caller.js";
/** What comes out of the greenlet, and at the end whether the caller was compiled. */
export function run() {
  const out = [];
  const g = new Greenlet(() => caller(1));
  try {
    for (let value = g.switch(); ; value = g.switch(5)) {
      out.push(value);
      if (g.dead) break;
    }
  } catch (error) {
    out.push(error.code);
  }
  return [...out, caller.toString().includes("$") ? "compiled" : "as written"].join(" ");
}
`,
};

const tsconfig = JSON.stringify({
  compilerOptions: {
    target: "esnext",
    module: "nodenext",
    moduleResolution: "nodenext",
    lib: ["esnext"],
    types: [],
    allowJs: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ["src"],
});

const before = "20 as written";
const after = "1 50 compiled";

let server: ViteDevServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe("Vite's development server", () => {
  it("compiles the caller again, and updates it in place", async () => {
    const { path } = projectWith({ "tsconfig.json": tsconfig, ...callers });
    server = await createServer({
      root: path,
      configFile: false,
      logLevel: "silent",
      server: { middlewareMode: true, ws: false },
      appType: "custom",
      optimizeDeps: { noDiscovery: true },
      plugins: [greenletsInVite({ project: join(path, "tsconfig.json") })],
    });
    const run = async (): Promise<unknown> =>
      ((await server!.ssrLoadModule("/src/run.js")) as { run(): unknown }).run();
    const { client } = server.environments;
    expect(await run()).toBe(before);
    expect((await client!.transformRequest("/src/caller.js"))!.code).not.toContain("$");
    const send = vi.spyOn(client!.hot, "send");
    writeFileSync(join(path, "src/leaf.js"), switchingLeaf);
    await vi.waitFor(() => expect(send).toHaveBeenCalled(), 20_000);
    expect((await client!.transformRequest("/src/caller.js"))!.code).toContain("caller$resume");
    expect(await run()).toBe(after);
  }, 60_000);
});

/** A project whose Babel configuration names the facts, with their hash or (to see what it is for) without. */
function cachedProject(files: Record<string, string>, options = "factsOptions(import.meta.dirname)"): string {
  const { path } = projectWith({
    "tsconfig.json": tsconfig,
    ...callers,
    "babel.config.mjs": `import { factsOptions } from "greenlets-plugin/facts";
export default { plugins: [["greenlets-plugin/babel", ${options}]] };\n`,
    ...files,
  });
  linkTools(path);
  return path;
}

/** What the tool's program prints before and after the edit. */
function edited(path: string, tool: (path: string) => string): string[] {
  const seen = ["", ""].map((_, turn) => {
    if (turn === 1) writeFileSync(join(path, "src/leaf.js"), switchingLeaf);
    expect(greenlets(["check"], { cwd: path })).toMatchObject({ stderr: "", code: 0 });
    return tool(path);
  });
  expect(readFileSync(join(path, "src/caller.js"), "utf8")).toBe(callers["src/caller.js"]);
  return seen;
}

const withoutHash = "{ facts: factsOptions(import.meta.dirname).facts }";

describe("babel-jest", () => {
  const test = `import { writeFileSync } from "node:fs";
import { run } from "../src/run.js";
test("runs", () => writeFileSync("printed", run()));
`;
  // Our packages are linked here, so that they don't seem to be in node_modules.
  const config = { type: "module", jest: { transformIgnorePatterns: ["/node_modules/", "/dist/"] } };
  const files = { "tests/run.test.js": test, "package.json": JSON.stringify(config) };
  const run = (path: string): string => {
    const { code, stderr } = jest(path);
    expect(code, stderr).toBe(0);
    return readFileSync(join(path, "printed"), "utf8");
  };
  it("compiles the caller again: the facts' hash is an option", () => {
    expect(edited(cachedProject(files), run)).toEqual([before, after]);
  }, 120_000);
  it("without the hash it takes what it has, and the switch is refused", () => {
    expect(edited(cachedProject(files, withoutHash), run)).toEqual([before, "foreign-frame as written"]);
  }, 120_000);
});

describe("babel-loader", () => {
  const build = `import webpack from "webpack";
import { join } from "node:path";
const rule = { test: /src.+js$/, use: { loader: "babel-loader", options: { cacheDirectory: join(import.meta.dirname, ".babel") } } };
const compiler = webpack({ mode: "none", target: "node", context: import.meta.dirname, entry: "./src/main.js", module: { rules: [rule] },
  output: { path: join(import.meta.dirname, "out"), filename: "main.js", module: true }, experiments: { outputModule: true } });
compiler.run((error, stats) => { if (error ?? stats.hasErrors()) { console.error(String(error ?? stats)); process.exitCode = 1; } compiler.close(() => {}); });
`;
  const files = { "webpack.mjs": build, "src/main.js": 'import { run } from "./run.js";\nconsole.log(run());\n' };
  const run = (path: string): string => {
    const { code, stdout, stderr } = webpack(path);
    expect(code, stderr + stdout).toBe(0);
    return stdout.trim();
  };
  it("compiles the caller again: the facts' hash is an option", () => {
    expect(edited(cachedProject(files), run)).toEqual([before, after]);
  }, 120_000);
  it("without the hash it takes what it has, and the switch is refused", () => {
    expect(edited(cachedProject(files, withoutHash), run)).toEqual([before, "foreign-frame as written"]);
  }, 120_000);
});
