import { mkdir, readFile, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { basename, join } from "node:path";
import { compile } from "../plugin/compile.ts";

const here = import.meta.dirname;

/** Where compiled programs are written: as deep as their sources, so that relative imports still hold. */
export const directory: string = join(here, ".compiled");

/** How a program is compiled; `plain` only loses its types: what the other two are compared with. */
export type Mode = "plain" | "per-file" | "whole-program";

/**
 * Compiles one source of this directory.
 * @param program path from here: `workloads/greenlets.ts`
 * @returns the path of the program to run
 */
export async function compiled(program: string, mode: Mode): Promise<string> {
  const filename = join(here, program);
  const code = translate(await readFile(filename, "utf8"), filename, mode);
  const output = join(directory, `${basename(program, ".ts")}.${mode}.mjs`);
  await mkdir(directory, { recursive: true });
  await writeFile(output, code);
  return output;
}

function translate(source: string, filename: string, mode: Mode): string {
  if (mode === "plain") return stripTypeScriptTypes(source);
  return compile(source, { filename, ...FACTS[mode] }).code;
}

const FACTS = { "per-file": {}, "whole-program": {} };
