import { readFileSync, existsSync } from "node:fs";
import { resolve } from "node:path";
import { Analysis, type AnalyseOptions } from "../analyse/index.ts";
import { type Facts, factsPath, writeFacts } from "../analyse/facts.ts";
import type { Manifest } from "../analyse/manifest.ts";
import type { Arguments } from "./command.ts";
import { UsageError } from "./usage-error.ts";

/** The options every command over a project has. */
export const projectOptions = {
  project: { type: "string", short: "p" },
  switches: { type: "string", multiple: true },
  plain: { type: "string", multiple: true },
  library: { type: "boolean" },
  native: { type: "boolean" },
  json: { type: "boolean" },
} as const;

export const projectDetails = `  -p, --project TSCONFIG  the project (tsconfig.json here)
      --switches PATTERN  count the functions of this name as ones that may switch; may be repeated
      --plain PATTERN     count them as plain; PATTERN is NAME or PATH:NAME, with * for anything
      --library           exports are called from outside, with callbacks that may switch
      --native            ask the installed TypeScript 7 instead of the one we bring`;

export interface AnalysedProject {
  readonly root: string;
  readonly facts: Facts;
  /** What users of the project, a package, need to know. */
  readonly manifest: Manifest;
  /** A file's text, by its path in the facts. */
  text(file: string): string;
}

/** Analyses the project of a command line and keeps its facts beside it, for the compiler. */
export function analyseProject({ values }: Arguments): AnalysedProject {
  const tsconfig = resolve(String(values["project"] ?? "tsconfig.json"));
  if (!existsSync(tsconfig))
    throw new UsageError("no-such-file", `There is no ${tsconfig}. Name the project: -p path/to/tsconfig.json`);
  const analysis = new Analysis({ tsconfig }, optionsOf(values));
  try {
    const { root } = analysis;
    const facts = analysis.facts();
    writeFacts(factsPath(root), facts);
    return { root, facts, manifest: analysis.manifest(), text: (file) => readFileSync(resolve(root, file), "utf8") };
  } finally {
    analysis.close();
  }
}

function optionsOf(values: Arguments["values"]): AnalyseOptions {
  return {
    backend: values["native"] === true ? "native" : "ts-morph",
    library: values["library"] === true,
    assume: { switches: patterns(values["switches"]), plain: patterns(values["plain"]) },
  };
}

/** `multiple: true` gives an array, which the type of `Arguments` doesn't say. */
function patterns(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
