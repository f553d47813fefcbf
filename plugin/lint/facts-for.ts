/**
 * facts-for — the facts of the file being linted.
 *
 *   In     a rule's context
 *   Out    its FileFacts, if they were made from this very text; otherwise why not
 */
import { existsSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { type Facts, factsRoot, factsState, type FileFacts, nearestFacts, readFacts } from "../analyse/facts.ts";
import type { RuleContext } from "./rule.ts";

export type FactsFor =
  | { readonly state: "fresh"; readonly file: FileFacts; readonly facts: Facts }
  | { readonly state: "stale" | "absent" | "missing" };

/** Facts by file name, with the time they were written: an editor's lint process lives long. */
const loaded = new Map<string, { readonly written: number; readonly facts: Facts }>();

export function factsFor(context: RuleContext): FactsFor {
  const from = placeOf(context);
  if (from === undefined) return { state: "missing" };
  const facts = load(from);
  const path = relative(factsRoot(from), context.filename).split(sep).join("/");
  const state = factsState(facts, path, context.sourceCode.text);
  return state === "fresh" ? { state, file: facts.files[path]!, facts } : { state };
}

function placeOf(context: RuleContext): string | undefined {
  const { facts } = (context.options[0] ?? {}) as { facts?: string };
  if (facts === undefined) return nearestFacts(dirname(context.filename));
  const file = resolve(facts);
  return existsSync(file) ? file : undefined;
}

function load(file: string): Facts {
  const written = statSync(file).mtimeMs;
  const known = loaded.get(file);
  if (known?.written === written) return known.facts;
  const facts = readFacts(file)!;
  loaded.set(file, { written, facts });
  return facts;
}
