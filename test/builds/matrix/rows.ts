// One row of the table for each build: how it is made, and what is asked of it.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { install, read, runNode, script, scriptOutput, withoutUs } from "./packed.ts";
import { mapIsExact, printed, showsTheColumn, showsTheLine } from "./program.ts";

/** null: the question makes no sense there. */
export interface Cells {
  esm: boolean;
  cjs: boolean | null;
  map: boolean;
  stack: boolean;
  plain: boolean;
}

export type Tarballs = Record<string, string>;
export type Row = (tarballs: Tarballs) => Cells | Promise<Cells>;

type Run = (file: string, ...args: string[]) => string;

/** Runs files of a folder; what they print, on both channels. */
const runner =
  (folder: string, command: string, ...before: string[]): Run =>
  (file, ...args) => {
    const { stdout, stderr } = spawnSync(command, [...before, file, ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1", NODE_OPTIONS: "", FORCE_COLOR: undefined },
    });
    return (stdout + stderr).trimEnd();
  };

/** Builds that write files: one for each module format, with maps beside them. */
function files(example: string, esm: string, cjs: string, mapped: [esm: string, cjs: string] = [esm, cjs]): Row {
  return (tarballs) => {
    const folder = install(example, tarballs);
    const run = runner(folder, process.execPath, "--enable-source-maps");
    const plainOf = (): string => {
      script(folder, "build");
      return run(esm, "plain") + run(cjs, "plain");
    };
    const untouched = withoutUs(folder, plainOf);
    const plain = plainOf();
    const exact = (name: string): boolean => mapIsExact(read(folder, name), read(folder, `${name}.map`));
    const stop = [run(esm, "stop"), run(cjs, "stop")];
    return {
      esm: run(esm) === printed,
      cjs: run(cjs) === printed,
      map: exact(mapped[0]) && exact(mapped[1]),
      stack: stop.every(showsTheLine),
      plain: plain === untouched && plain.includes("left"),
    };
  };
}

/** What a program that is compiled as it loads is run with. */
interface Loading {
  extra?: Record<string, string>;
  /** The program as CommonJS; by default CommonJS that requires the ES modules. @returns the file to run */
  cjs?: (folder: string) => string;
}

/** The whole program as CommonJS, by TypeScript. */
function commonJs(folder: string): string {
  const target = join(folder, "commonjs");
  mkdirSync(target);
  const compilerOptions = {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    rewriteRelativeImportExtensions: true,
  };
  for (const name of readdirSync(join(folder, "src"))) {
    const { outputText } = ts.transpileModule(read(folder, `src/${name}`), { fileName: name, compilerOptions });
    writeFileSync(
      join(target, name.replace(/c?ts$/, "cjs")),
      outputText.replaceAll(/(require\("\.\/\w+)\.js"/g, '$1.cjs"'),
    );
  }
  return "commonjs/start-cjs.cjs";
}

/** Programs that are compiled as they load: as an ES module, and as CommonJS. */
function loaded(
  example: string,
  command: (folder: string) => [string, ...string[]],
  { extra, cjs: toCommonJs = () => "src/start-cjs.cts" }: Loading = {},
): Row {
  return (tarballs) => {
    const folder = install(example, tarballs, extra);
    const run = runner(folder, ...command(folder));
    const [esm, cjs] = ["src/start.ts", toCommonJs(folder)] as const;
    const stop = [esm, cjs]
      .filter((file) => file.startsWith("src/") && run(file) === printed)
      .map((file) => run(file, "stop"));
    // By itself: not every host can read the rest of the program without us.
    const alone = "src/alone.ts";
    writeFileSync(join(folder, alone), `import { add } from "./plain.ts";\nconsole.log(String(add));\n`);
    return {
      esm: run(esm) === printed,
      cjs: run(cjs) === printed,
      map: stop.length > 0 && stop.every(showsTheColumn),
      stack: stop.length > 0 && stop.every(showsTheLine),
      plain: run(alone) === withoutUs(folder, () => run(alone)) && run(alone) === run(esm, "plain"),
    };
  };
}

/** Test runners: their tests print what is looked at. */
function tests(example: string, scripts: [esm: string, cjs: string | null]): Row {
  return (tarballs) => {
    const folder = install(example, tarballs);
    const [esm, cjs] = scripts.map((name) => name && outputOf(folder, name));
    const outputs = [esm, cjs].filter((output) => typeof output === "string");
    const plainIn = (output: string): string => /function add\([^]*?\n?\}/.exec(output)?.[0] ?? "none";
    const untouched = withoutUs(folder, () => plainIn(outputOf(folder, scripts[0])));
    return {
      esm: /[3] passed/.test(esm ?? ""),
      cjs: scripts[1] === null ? null : /[3] passed/.test(cjs ?? ""),
      map: outputs.every(showsTheColumn),
      stack: outputs.every(showsTheLine),
      plain: plainIn(esm ?? "") === untouched && untouched !== "none",
    };
  };
}

function outputOf(folder: string, name: string): string {
  try {
    return scriptOutput(folder, name);
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** A Vite server: browser and server side, and an update while it runs. */
const viteDev: Row = (tarballs) => {
  const folder = install("vite", tarballs);
  const driver = join(folder, "dev.js");
  writeFileSync(driver, readFileSync(join(import.meta.dirname, "vite-dev.js"), "utf8"));
  const { stdout, stderr } = runNode([driver], { cwd: folder });
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  if (!last.startsWith("{")) throw new Error(stdout + stderr);
  const { said, updated, stack, code, map, plain } = JSON.parse(last) as Record<string, string>;
  const withUs = plain!.trimEnd();
  const without = withoutUs(folder, () => runNode([driver, "plain"], { cwd: folder }).stdout.trimEnd());
  return {
    esm: said === printed && updated === printed.replaceAll("!", "?!"),
    cjs: null,
    map: mapIsExact(code!, map!),
    stack: showsTheLine(stack!),
    plain: withUs === without,
  };
};

/** tsc checks and declares, the command emits: a file in which nothing may switch keeps its text but for the types. */
const compiled: Row = (tarballs) => {
  const folder = install("tsc", tarballs);
  script(folder, "build");
  const run = runner(folder, process.execPath, "--enable-source-maps");
  run("node_modules/typescript/bin/tsc", "-p", "tsconfig.json", "--outDir", "by-tsc");
  const stop = [run("dist/start.js", "stop"), run("dist/start-cjs.cjs", "stop")];
  const written = readdirSync(join(folder, "dist"));
  if (!written.includes("ask.d.ts")) throw new Error(`No declarations: ${written.join(" ")}`);
  return {
    esm: run("dist/start.js") === printed,
    cjs: run("dist/start-cjs.cjs") === printed,
    map: mapIsExact(read(folder, "dist/ask.js"), read(folder, "dist/ask.js.map")),
    stack: stop.every(showsTheLine),
    plain: read(folder, "dist/plain.js") === read(folder, "by-tsc/plain.js"),
  };
};

const bin = (folder: string, name: string): string => join(folder, "node_modules", name);
const register = ["--import", "greenlets-plugin/register"];
const onNode = (version: string): Row =>
  loaded("node", (folder) => [bin(folder, "node/bin/node"), ...register], { extra: { node: version } });

export const rows: Record<string, Row> = {
  "Vite 8 build": files("vite", "dist/start.mjs", "dist/start.cjs"),
  "Vite 8 dev + hot update": viteDev,
  "Vite 8 SSR": files("vite-ssr", "dist/start.mjs", "dist/start.cjs"),
  "Rolldown 1": files("rolldown", "dist/start.mjs", "dist/start.cjs"),
  "Rollup 4": files("rollup", "dist/start.mjs", "dist/start.cjs"),
  "webpack 5 + ts-loader": files("webpack", "dist/start.mjs", "dist/start.cjs"),
  "Rspack 2": files("rspack", "dist/start.mjs", "dist/start.cjs"),
  esbuild: files("esbuild", "dist/start.mjs", "dist/start.cjs"),
  "Babel 7": files("babel-7", "dist/esm/start.js", "dist/cjs/start.js", ["dist/esm/ask.js", "dist/cjs/ask.js"]),
  "Babel 8": files("babel-8", "dist/esm/start.js", "dist/cjs/start.js", ["dist/esm/ask.js", "dist/cjs/ask.js"]),
  "Jest 30": tests("jest", ["test", "test:cjs"]),
  "Vitest 5": tests("vitest", ["test", null]),
  "node 22 --import": onNode("22.23.3"),
  "node 24 --import": onNode("24.21.0"),
  "node 26 --import": onNode("26.10.0"),
  "Bun 1": loaded("bun", (folder) => [bin(folder, "bun/bin/bun.exe")]),
  "Deno 2": loaded(
    "deno",
    (folder) => [bin(folder, "deno/deno"), "run", "-A", "--preload", "npm:greenlets-plugin/register"],
    // Its `require` can't load ES modules whose text comes from a hook.
    { cjs: commonJs },
  ),
  "tsc + greenlets compile": compiled,
};
