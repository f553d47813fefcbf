/**
 * facts-for — the facts of the file being linted.
 *
 *   In     a rule's context
 *   Out    its FileFacts, if they were made from this very text; otherwise why not
 */
import { existsSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { type Facts, factsPath, factsState, type FileFacts, readFacts } from "../analyse/facts.ts";
import type { RuleContext } from "./rule.ts";

export type FactsFor =
  | { readonly state: "fresh"; readonly file: FileFacts; readonly facts: Facts }
  | { readonly state: "stale" | "absent" | "missing" };

/** Facts by file name, with the time they were written: an editor's lint process lives long. */
const loaded = new Map<string, { readonly written: number; readonly facts: Facts }>();

export function factsFor(context: RuleContext): FactsFor {
  const place = placeOf(context);
  if (place === undefined) return { state: "missing" };
  const facts = load(place.file);
  const path = relative(place.root, context.filename).split(sep).join("/");
  const state = factsState(facts, path, context.sourceCode.text);
  return state === "fresh" ? { state, file: facts.files[path]!, facts } : { state };
}

function placeOf(context: RuleContext): { readonly root: string; readonly file: string } | undefined {
  const { facts } = (context.options[0] ?? {}) as { facts?: string };
  if (facts === undefined) return nearest(dirname(context.filename));
  const file = resolve(facts);
  return existsSync(file) ? { file, root: resolve(dirname(file), "../../..") } : undefined;
}

/** The first folder upwards that has facts. */
function nearest(folder: string): { readonly root: string; readonly file: string } | undefined {
  const file = factsPath(folder);
  if (existsSync(file)) return { root: folder, file };
  return dirname(folder) === folder ? undefined : nearest(dirname(folder));
}

function load(file: string): Facts {
  const written = statSync(file).mtimeMs;
  const known = loaded.get(file);
  if (known?.written === written) return known.facts;
  const facts = readFacts(file)!;
  loaded.set(file, { written, facts });
  return facts;
}
