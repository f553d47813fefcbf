/**
 * knowledge — what a facts file says of the file being compiled.
 *
 *   In     a facts file, a path and the text that is compiled
 *   Out    Knowledge: which calls are suspension points, which atomic blocks are broken and why
 *   Keeps  facts are used only while every file of the project is as it was analysed; where one is not, that is said once
 */
import { readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Node } from "@babel/types";
import { chainFrom, type Link } from "./analyse/chain.ts";
import {
  type FileAnswers,
  type Facts,
  factsOf,
  factsRoot,
  factsState,
  readFacts,
  sourceHash,
} from "./analyse/facts.ts";
import { positionOf } from "./analyse/lines.ts";
import type { Knowledge } from "./points.ts";

interface Loaded {
  readonly version: string;
  /** undefined: they are out of date */
  readonly facts: Facts | undefined;
}

/** Facts files that were read, by their path; each is read again when it was written anew. */
const loaded = new Map<string, Loaded>();

/** What was said already: once for each file and hash of facts. */
const said = new Set<string>();

/**
 * @param factsFile `root/node_modules/.cache/greenlets/facts.json`, or "" for none
 * @returns undefined where there are no facts for this text: the file is then compiled by itself
 */
export function readKnowledge(factsFile: string, filename: string, text: string): Knowledge | undefined {
  const facts = factsFile === "" ? undefined : load(factsFile);
  if (facts === undefined) return undefined;
  const root = factsRoot(factsFile);
  const path = relative(root, filename).split(sep).join("/");
  if (factsState(facts, path, text) === "stale" && hasChanged(facts, root, path)) return void giveUp(factsFile, path);
  const answers = factsOf(facts, path, text);
  return answers && knowledgeFrom(facts, path, answers, root);
}

/** True for a text in which nothing may switch, as its facts say: it need not even be parsed. */
export function isPlainByFacts(factsFile: string, filename: string, text: string): boolean {
  const facts = factsFile === "" ? undefined : load(factsFile);
  const path = relative(factsRoot(factsFile), filename).split(sep).join("/");
  return (facts && factsOf(facts, path, text)?.plain) ?? false;
}

/** One file that is not as it was analysed, and no answer can be trusted: callers of its functions were judged by it. */
function giveUp(factsFile: string, path: string): undefined {
  const known = loaded.get(factsFile);
  if (known !== undefined) loaded.set(factsFile, { version: known.version, facts: undefined });
  return sayOnce(staleText(path), `${factsFile} ${path} ${known?.version}`);
}

/** False also for a text that another tool has changed before us: then the others are as they were. */
function hasChanged(facts: Facts, root: string, path: string): boolean {
  const text = textOf(join(root, path));
  return text === undefined || facts.files[path]?.hash !== sourceHash(text);
}

function load(file: string): Facts | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return sayOnce(missingText(file), file);
  const version = `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
  const known = loaded.get(file);
  if (known?.version === version) return known.facts;
  const facts = readFacts(file);
  loaded.set(file, { version, facts });
  const root = factsRoot(file);
  const changed = facts && Object.keys(facts.files).find((path) => hasChanged(facts, root, path));
  return changed === undefined ? facts : giveUp(file, changed);
}

function sayOnce(text: string, key: string): undefined {
  if (said.has(key)) return;
  said.add(key);
  process.emitWarning(text, { type: "GreenletsWarning", code: "greenlets/stale-facts" });
}

const staleText = (path: string): string =>
  `${path} has changed since the facts were written, so every file is compiled by itself. Run \`greenlets check\` again.`;

const missingText = (file: string): string =>
  `There is no facts file ${file}, so every file is compiled by itself. Run \`greenlets check\` to write it.`;

function knowledgeFrom(facts: Facts, path: string, answers: FileAnswers, root: string): Knowledge {
  const broken = new Map(
    (facts.files[path]?.atomics ?? []).flatMap(({ start, end, reason }) =>
      reason === undefined ? [] : [[String([start, end]), reason] as const],
    ),
  );
  return {
    isPoint: ({ start, end }: Node) => (start == null || end == null ? undefined : answers.isPoint(start, end)),
    maySwitch: ({ start, end }: Node) =>
      start == null || end == null || !answers.knows(start, end) ? undefined : answers.maySwitch(start, end),
    isAtomicBroken: broken.size > 0,
    brokenAtomic({ start, end }: Node) {
      const reason = broken.get(String([start, end]));
      return reason === undefined ? undefined : chainFrom(facts, reason).map((link) => shown(facts, root, link));
    },
  };
}

/** `query (src/db.ts:9:1)`; without line and column where that file has changed meanwhile. */
function shown(facts: Facts, root: string, { text, file, start }: Link): string {
  if (file === undefined || start === undefined) return text;
  const source = textOf(join(root, file));
  if (source === undefined || facts.files[file]?.hash !== sourceHash(source)) return `${text} (${file})`;
  const { line, column } = positionOf(source, start);
  return `${text} (${file}:${line}:${column})`;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined; // it is gone: its name has to do
  }
}
