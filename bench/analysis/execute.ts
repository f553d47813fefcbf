/**
 * `node bench/analysis/execute.ts [--from DIR] [--only NAME]`
 *
 * Runs the greenlet programs of the code bases: compiled with the facts of the whole program, compiled file by file, and uncompiled, where a switch
 * to the parent only notes its value. All three must print the same. Excalibur needs a browser and is left out.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build, type Plugin } from "esbuild";
import greenlets from "../../plugin/build/esbuild.ts";
import { codeBases } from "./code-bases.ts";
import { checkOut } from "./check-out.ts";

const { values } = parseArgs({ options: { from: { type: "string" }, only: { type: "string" } } });
const here = join(import.meta.dirname, "../.compiled/execute");

/** Greenlets whose body runs at once, to its end: its switches are handed out one by one afterwards. */
const EAGER = `
let noted = [];
export const getCurrent = () => ({ parent: { switch: (value) => void noted.push(value) } });
export class Greenlet {
  constructor(body) { this.body = body; this.dead = false; }
  switch(...values) {
    if (this.left === undefined) { noted = []; const result = this.body(...values); this.left = [...noted, result]; }
    this.dead = this.left.length === 1;
    return this.left.shift();
  }
}`;

const eager: Plugin = {
  name: "eager",
  setup(bundler) {
    bundler.onResolve({ filter: /^greenlets$/ }, () => ({ path: "greenlets", namespace: "eager" }));
    bundler.onLoad({ filter: /.*/, namespace: "eager" }, () => ({ contents: EAGER, loader: "js" }));
  },
};

/** @returns what the program prints, a line each */
async function printed(tsconfig: string, mode: string, plugin: Plugin): Promise<string[]> {
  const folder = join(tsconfig, "..");
  const outfile = join(here, `${mode}.mjs`);
  await build({
    entryPoints: [join(folder, "greenlet.ts")],
    tsconfig,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "error",
    outfile,
    alias: mode === "uncompiled" ? {} : runtime,
    plugins: [plugin],
  });
  return execFileSync(process.execPath, [outfile], { encoding: "utf8" }).trimEnd().split("\n");
}

const dist = join(import.meta.dirname, "../../runtime/dist");
const runtime = {
  greenlets: join(dist, "index.js"),
  "greenlets/internal": join(dist, "internal.js"),
  "greenlets/builtins": join(dist, "builtins.js"),
};

mkdirSync(here, { recursive: true });
writeFileSync(join(here, "package.json"), '{ "type": "module" }');
for (const base of codeBases) {
  if (base.name === "Excalibur" || (values.only !== undefined && values.only !== base.name)) continue;
  const tsconfig = checkOut(base, values.from);
  const uncompiled = await printed(tsconfig, "uncompiled", eager);
  const perFile = await printed(tsconfig, "per-file", greenlets());
  const whole = await printed(tsconfig, "whole-program", greenlets({ project: tsconfig }));
  for (const [mode, lines] of Object.entries({ "per file": perFile, "whole program": whole })) {
    if (lines.join("\n") !== uncompiled.join("\n"))
      throw new Error(
        `${base.name}, ${mode}: prints something else.\n${lines.join("\n")}\n---\n${uncompiled.join("\n")}`,
      );
  }
  console.log(
    `${base.name}: ${uncompiled.length} lines, the same uncompiled, per file and with the facts of the whole program`,
  );
}
