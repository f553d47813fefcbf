// Builds the smoke suite for each kind of consumer, from the built packages, in a folder that Node resolves "greenlets" from.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../plugin/compile.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "node_modules/.cache/greenlets-smoke");
const source = readFileSync(join(import.meta.dirname, "program.ts"), "utf8");

/** Writes a file among the consumers and returns its path. */
export function writeConsumer(name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** An ES module that exports `smoke`, compiled. */
export function esmSuite(stress = false): string {
  const { code } = compile(source, { filename: "program.ts", module: "esm", sourceMaps: false, stress });
  return writeConsumer(`suite${stress ? "-stress" : ""}.mjs`, code);
}

/** A CommonJS module that exports `smoke`, compiled. */
export function cjsSuite(): string {
  const script = source.replace("export function smoke", "exports.smoke = smoke; function smoke");
  const { code } = compile(script, { filename: "program.cts", module: "commonjs", sourceMaps: false });
  return writeConsumer("suite.cjs", code);
}
