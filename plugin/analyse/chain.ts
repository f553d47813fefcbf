/**
 * chain — the way from a function or call down to the switch, link by link.
 *
 *   In     Facts, a file and a place in it
 *   Out    Link[]: report → fetchRow → query → Greenlet#switch
 *   Keeps  reasons form a tree towards the roots, so a chain always ends
 */
import type { Facts, FileFacts, FunctionFact, PointFact, Reason } from "./facts.ts";

/** One function on the way, or (without a file) what switches by definition. */
export interface Link {
  readonly text: string;
  readonly file?: string;
  readonly start?: number;
  readonly end?: number;
}

/** What stands at an offset: the innermost suspension point around it, and the innermost function. */
export interface Found {
  readonly fn: FunctionFact | undefined;
  readonly points: readonly PointFact[];
}

/** @param from  offset of the first character asked about; `to`: behind the last */
export function factsAt(file: FileFacts, from: number, to: number): Found {
  const around = file.functions.filter((fact) => fact.start <= from && from < fact.end);
  const begun = file.functions.filter((fact) => from <= fact.start && fact.start < to);
  const points = file.points.filter((point) => point.start >= from && point.start < to);
  return { fn: begun[0] ?? around.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0], points };
}

/** From a reason to a root. Links are functions; the last one is what switches by definition. */
export function chainFrom(facts: Facts, reason: Reason): Link[] {
  const links: Link[] = [];
  const seen = new Set<string>();
  for (let next: Reason | undefined = reason; next !== undefined; next = nextReason(facts, next)) {
    const key = `${next.file}:${next.start}:${next.end}`;
    if (next.file !== undefined && seen.has(key)) break;
    seen.add(key);
    links.push(next);
  }
  return links;
}

function nextReason(facts: Facts, { file, start, end }: Reason): Reason | undefined {
  if (file === undefined) return undefined;
  return facts.files[file]?.functions.find((fact) => fact.start === start && fact.end === end)?.reason;
}

/** `fetchRow → query → Greenlet#switch` */
export function showChain(links: readonly Link[]): string {
  return links.map(({ text }) => text).join(" → ");
}
