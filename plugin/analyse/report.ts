/**
 * report — the solved program as facts: per file, by position, with reasons.
 *
 *   In     a Program
 *   Out    Facts; the chain of reasons from a function down to a switch
 *   Keeps  positions are those of Babel's nodes, in UTF-16 units
 */
import type { Charges } from "./charge.ts";
import {
  type AtomicFact,
  FACTS_ABI,
  type Facts,
  factsHash,
  type FileFacts,
  type ForeignFact,
  type FunctionFact,
  type PointFact,
  type Reason,
} from "./facts.ts";
import type { Fn, Foreign, Fragment, Site } from "./fragment.ts";
import type { Program } from "./link.ts";
import { call, type GraphNode, type Location, nowhere } from "./names.ts";

export interface ReportOptions {
  readonly backend: string;
  /** The path of a file as facts name it. */
  readonly relative: (path: string) => string;
}

export function factsFrom(program: Program, options: ReportOptions): Facts {
  const reporter = new Reporter(program, options.relative);
  const files: Record<string, FileFacts> = {};
  for (const fragment of program.fragments) files[options.relative(fragment.path)] = reporter.file(fragment);
  return { abi: FACTS_ABI, hash: factsHash(files), backend: options.backend, files };
}

interface Place {
  readonly fn: Fn;
  readonly path: string;
}

class Reporter {
  readonly #program: Program;
  readonly #relative: (path: string) => string;
  /** Graph node → the function whose effect it is. */
  readonly #owners = new Map<GraphNode, Place>();

  constructor(program: Program, relative: (path: string) => string) {
    this.#program = program;
    this.#relative = relative;
    for (const { path, functions } of program.fragments)
      for (const fn of functions) if (fn.start >= 0) this.#claim(fn, path);
  }

  #claim(fn: Fn, path: string): void {
    const place = { fn, path };
    this.#owners.set(call(fn.own), place);
    this.#owners.set(call(fn.id), place);
    if (fn.runs !== "body") this.#owners.set(call(fn.result), place);
  }

  file(fragment: Fragment): FileFacts {
    return {
      hash: fragment.hash,
      functions: fragment.functions
        .filter((fn) => fn.start >= 0)
        .map((fn) => this.#functionFact(fn))
        .sort(outerFirst),
      points: distinct(
        fragment.sites
          .filter((site) => site.start >= 0 && this.#program.reached.has(site.point))
          .map((site) => this.#pointFact(site)),
      ).sort(outerFirst),
      atomics: fragment.atomics.map((atomic) => this.#atomicFact(atomic.start, atomic.end, atomic.arg.location)),
      foreign: distinct(fragment.sites.flatMap((site) => this.#foreignFacts(site))),
    };
  }

  #functionFact(fn: Fn): FunctionFact {
    const effect = effectOf(this.#program, fn);
    const base = { start: fn.start, end: fn.end, name: fn.name, maySwitch: effect !== undefined };
    return effect === undefined ? base : { ...base, reason: this.reason(effect, fn) };
  }

  #pointFact({ start, end, kind, point }: Site): PointFact {
    return { start, end, kind, reason: this.reason(point) };
  }

  #atomicFact(start: number, end: number, location: Location): AtomicFact {
    const node = call(location);
    return this.#program.reached.has(node) ? { start, end, reason: this.reason(node) } : { start, end };
  }

  #foreignFacts(site: Site): ForeignFact[] {
    if (site.start < 0) return [];
    return site.callees.flatMap((callee) =>
      callee.kind === "foreign" && !callee.suspendable ? this.#callbacks(site, callee) : [],
    );
  }

  #callbacks(site: Site, foreign: Foreign): ForeignFact[] {
    return site.args.flatMap((arg, index) => {
      const node = call(arg.location);
      if (
        arg.location === nowhere ||
        !foreign.calls(index) ||
        !this.#program.reached.has(node) ||
        this.#isAnything(node)
      )
        return [];
      return [{ start: site.start, end: site.end, callee: foreign.name, reason: this.reason(node) }];
    });
  }

  /** Where types say nothing there is nothing to report: only a function known to switch is worth a message. */
  #isAnything(node: GraphNode): boolean {
    return this.#rootOf(node) === call(this.#program.names.location("anything"));
  }

  #rootOf(from: GraphNode): GraphNode {
    let node = from;
    for (let next = this.#program.reached.because(node); next !== undefined; next = this.#program.reached.because(node))
      node = next;
    return node;
  }

  /** The first function, other than `self`, on the way from a node down to a root; or the root. */
  reason(from: GraphNode, self?: Fn): Reason {
    const { reached } = this.#program;
    let node = from;
    for (;;) {
      const place = this.#owners.get(node);
      if (place !== undefined && place.fn !== self) return this.#placed(place);
      const next = reached.because(node);
      if (next === undefined) return { text: this.#program.rootText.get(node) ?? "a switch" };
      node = next;
    }
  }

  #placed({ fn, path }: Place): Reason {
    return { text: fn.name, file: this.#relative(path), start: fn.start, end: fn.end };
  }
}

/** The node that makes a function "may switch": its own effect, or a parameter its calls are charged to. */
function effectOf(program: Program, fn: Fn): GraphNode | undefined {
  const nodes = [call(fn.own), ...chargedTo(program.charges, fn), ...(fn.runs === "generator" ? [] : [call(fn.id)])];
  return nodes.find((node) => program.reached.has(node));
}

export function maySwitch(program: Program, fn: Fn): boolean {
  return effectOf(program, fn) !== undefined;
}

function chargedTo(charges: Charges, fn: Fn): GraphNode[] {
  return [...(charges.get(fn.id) ?? [])].map(call);
}

function outerFirst(a: { start: number; end: number }, b: { start: number; end: number }): number {
  return a.start - b.start || b.end - a.end;
}

/** One node can be several sites of one kind (`object[key]` that may mean several accessors): it is one point. */
function distinct<T extends { start: number; end: number; kind?: string; callee?: string }>(facts: readonly T[]): T[] {
  const seen = new Map(
    facts.toReversed().map((fact) => [`${fact.start}:${fact.end}:${fact.kind ?? fact.callee}`, fact]),
  );
  return facts.filter((fact) => seen.get(`${fact.start}:${fact.end}:${fact.kind ?? fact.callee}`) === fact);
}
