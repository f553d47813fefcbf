import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
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
  const code = await translate(await readFile(filename, "utf8"), filename, mode);
  const output = join(directory, `${basename(program, ".ts")}.${mode}.mjs`);
  await mkdir(directory, { recursive: true });
  await writeFile(output, code);
  return output;
}

async function translate(source: string, filename: string, mode: Mode): Promise<string> {
  if (mode === "plain") return stripTypeScriptTypes(source);
  return compile(source, { filename, ...(mode === "whole-program" && (await facts())) }).code;
}

/** The analysis of all programs, made once. */
let analysed: Promise<{ facts: string }> | undefined;

function facts(): Promise<{ facts: string }> {
  return (analysed ??= analyseAll());
}

async function analyseAll(): Promise<{ facts: string }> {
  const { analyse } = await import("../plugin/analyse/index.ts");
  const { factsPath, writeFacts } = await import("../plugin/analyse/facts.ts");
  const programs = (await readdir(join(here, "programs"))).map((file) => join(here, "programs", file));
  const files = [...programs, join(here, "workloads/greenlets.ts"), join(here, "shapes.ts"), join(here, "harness.ts")];
  writeFacts(factsPath(here), analyse({ root: here, files }));
  return { facts: factsPath(here) };
}
