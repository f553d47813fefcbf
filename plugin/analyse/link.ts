/**
 * link — the fragments of all files become one graph.
 *
 *   In     fragments
 *   Out    a solved Program: what may switch, and why
 *   Needs  part (the edges of each file), resolve (members → cells), charge (parameters), propagate
 *   Keeps  fragments untouched: after an edit the others are linked as they are, and most of their edges with them
 */
import { type Charges, chargesOf } from "./charge.ts";
import type { Fn, Fragment } from "./fragment.ts";
import { call, give, type GraphNode, type Location, type Names, out } from "./names.ts";
import { Part } from "./part.ts";
import { graphOf, propagate, type Reached } from "./propagate.ts";
import { Members } from "./resolve.ts";

export interface Program {
  readonly fragments: readonly Fragment[];
  readonly fns: ReadonlyMap<Location, Fn>;
  readonly charges: Charges;
  readonly reached: Reached;
  /** Why a root is one: `Greenlet#switch`, "a value of type `any`". */
  readonly rootText: ReadonlyMap<GraphNode, string>;
  readonly names: Names;
}

/** What the user asserted: patterns resolved to functions (assume.ts). */
export interface Assumptions {
  readonly switches: ReadonlySet<Location>;
  readonly plain: ReadonlySet<Location>;
}

export const noAssumptions: Assumptions = { switches: new Set(), plain: new Set() };

/** Links again and again: what an edit can't have changed is taken over from the time before. */
export class Linker {
  readonly #names: Names;
  readonly #members = new Members();
  readonly #parts = new WeakMap<Fragment, Part>();
  #fns: ReadonlyMap<Location, Fn> = new Map();
  #charges: Charges = new Map();

  constructor(names: Names) {
    this.#names = names;
  }

  link(fragments: readonly Fragment[], assumed: Assumptions = noAssumptions): Program {
    const fns = new Map(fragments.flatMap((fragment) => fragment.functions.map((fn) => [fn.id, fn] as const)));
    const changes = { names: this.#members.take(fragments), fns: changedFns(this.#fns, fns) };
    const parts = fragments.map((fragment) => this.#partOf(fragment, fns, changes));
    // What is assumed plain calls nothing that may switch, so nobody pays for what it calls.
    const targets = parts.flatMap((part) => part.targets).filter(({ site }) => !assumed.plain.has(site.fn));
    const charges = chargesOf(targets, fns);
    const recharged = changedCharges(this.#charges, charges);
    for (const part of parts) part.bill(fns, charges, recharged, assumed);
    [this.#fns, this.#charges] = [fns, charges];
    const rootText = rootsOf(parts, this.#names, fns, assumed);
    const lists = fragments.flatMap(({ edges }, index) => [edges, parts[index]!.flows, parts[index]!.effects]);
    const graph = graphOf(
      this.#names.size,
      lists.map((list) => withoutPlain(list, assumed, fns)),
    );
    return { fragments, fns, charges, reached: propagate(graph, [...rootText.keys()]), rootText, names: this.#names };
  }

  #partOf(fragment: Fragment, fns: ReadonlyMap<Location, Fn>, changes: Changes): Part {
    const known = this.#parts.get(fragment);
    if (known !== undefined && !known.isTouched(changes)) return known;
    const made = new Part(fragment, this.#names, this.#members, fns);
    this.#parts.set(fragment, made);
    return made;
  }
}

interface Changes {
  /** Member names that may be resolved differently. */
  readonly names: ReadonlySet<string>;
  /** Functions that came, went or have other parameters. */
  readonly fns: ReadonlySet<Location>;
}

function changedFns(before: ReadonlyMap<Location, Fn>, now: ReadonlyMap<Location, Fn>): Set<Location> {
  const changed = new Set<Location>();
  for (const [id, fn] of now) if (before.get(id) !== fn && !sameEffect(before.get(id), fn)) changed.add(id);
  for (const id of before.keys()) if (!now.has(id)) changed.add(id);
  return changed;
}

/** All that the callers of a function see of it. */
function sameEffect(before: Fn | undefined, now: Fn): boolean {
  const seen = ({ own, parent, params, result, runs }: Fn): string =>
    JSON.stringify([own, parent, params, result, runs]);
  return before !== undefined && seen(before) === seen(now);
}

function changedCharges(before: Charges, now: Charges): Set<Location> {
  const changed = new Set<Location>();
  for (const fn of new Set([...before.keys(), ...now.keys()])) {
    const [old, set] = [before.get(fn), now.get(fn)];
    if (old === undefined || set === undefined || [...old].join() !== [...set].join()) changed.add(fn);
  }
  return changed;
}

/** A reason for each node that is true from the start; the first one given counts. */
function rootsOf(
  parts: readonly Part[],
  names: Names,
  fns: ReadonlyMap<Location, Fn>,
  assumed: Assumptions,
): Map<GraphNode, string> {
  const anything = names.location("anything");
  const roots = new Map<GraphNode, string>();
  const add = (node: GraphNode, text: string): void => void (roots.has(node) || roots.set(node, text));
  for (const node of [call(anything), out(anything), give(anything)]) add(node, "a value of type `any`");
  for (const { fragment } of parts) for (const { node, text } of fragment.roots) add(node, text);
  for (const id of assumed.switches) add(call(fns.get(id)!.own), "assume.switches");
  for (const part of parts) for (const [node, text] of part.roots) add(node, text);
  return roots;
}

/** `assume.plain` cuts every edge that would make the function's effect true. */
function withoutPlain(
  list: readonly GraphNode[],
  assumed: Assumptions,
  fns: ReadonlyMap<Location, Fn>,
): readonly GraphNode[] {
  if (assumed.plain.size === 0) return list;
  const cut = new Set([...assumed.plain].flatMap((id) => [call(id), call(fns.get(id)!.own)]));
  const kept: GraphNode[] = [];
  for (let i = 0; i < list.length; i += 2) if (!cut.has(list[i + 1]!)) kept.push(list[i]!, list[i + 1]!);
  return kept;
}
