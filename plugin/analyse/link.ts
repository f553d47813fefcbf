/**
 * link — the fragments of all files become one graph.
 *
 *   In     fragments
 *   Out    a solved Program: what may switch, and why
 *   Needs  resolve (members → cells), charge (parameters), propagate
 *   Keeps  fragments untouched: after an edit the others are linked again as they are
 */
import { billSite, type Charges, chargesOf, type Targets } from "./charge.ts";
import type { Arg, Callee, Cell, Fn, Fragment, MemberUse, Site } from "./fragment.ts";
import { call, deep, type GraphNode, into, type Location, type Names, nowhere, out } from "./names.ts";
import { Flows } from "./flows.ts";
import { graphOf, propagate, type Reached } from "./propagate.ts";
import { type Resolver, resolver } from "./resolve.ts";

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

export function link(fragments: readonly Fragment[], names: Names, assumed: Assumptions = noAssumptions): Program {
  const fns = new Map(fragments.flatMap((fragment) => fragment.functions.map((fn) => [fn.id, fn] as const)));
  const linker = new Linker(names, fns, resolver(fragments));
  for (const fragment of fragments) linker.addRoots(fragment);
  for (const id of assumed.switches) linker.root(call(fns.get(id)!.own), "assume.switches");
  const targets = fragments.flatMap((fragment) => fragment.sites.map((site) => linker.targets(site)));
  const charges = chargesOf(targets, fns);
  for (const fragment of fragments) linker.addMemberFlows(fragment);
  for (const target of targets) linker.addSite(target, charges, assumed);
  for (const fn of fns.values()) linker.addFunction(fn, charges, assumed);
  const lists = [...fragments.map(({ edges }) => edges), linker.edges];
  const reached = propagate(
    graphOf(
      names.size,
      lists.map((list) => withoutPlain(list, assumed, fns)),
    ),
    [...linker.rootText.keys()],
  );
  return { fragments, fns, charges, reached, rootText: linker.rootText, names };
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

class Linker extends Flows {
  readonly rootText = new Map<GraphNode, string>();
  readonly #names: Names;
  readonly #fns: ReadonlyMap<Location, Fn>;
  readonly #resolve: Resolver;

  constructor(names: Names, fns: ReadonlyMap<Location, Fn>, resolve: Resolver) {
    super();
    this.#names = names;
    this.#fns = fns;
    this.#resolve = resolve;
    const anything = names.location("anything");
    this.root(call(anything), "a value of type `any`");
    this.root(out(anything), "a value of type `any`");
  }

  root(node: GraphNode, text: string): void {
    if (!this.rootText.has(node)) this.rootText.set(node, text);
  }

  addRoots(fragment: Fragment): void {
    for (const { node, text } of fragment.roots) this.root(node, text);
  }

  /** What a site may run, over the whole program. */
  targets(site: Site): Targets {
    const fns = new Map<Location, Fn>();
    const values = new Map<Location, Location>();
    const nodes = new Set<GraphNode>();
    const addFn = (id: Location): void => {
      const fn = this.#fns.get(id);
      if (fn !== undefined) fns.set(id, fn);
    };
    for (const callee of site.callees) {
      if (callee.kind === "fn") addFn(callee.fn);
      else if (callee.kind === "value") values.set(callee.location, callee.param);
      else if (callee.kind === "advance") nodes.add(call(callee.location));
      else if (callee.kind === "foreign") this.#addForeignRoot(callee.root, nodes);
      else for (const cell of this.#cells(callee)) this.#addCell(cell, callee.use, addFn, values, nodes);
    }
    return {
      site,
      fns: [...fns.values()],
      values: [...values].map(([location, param]) => ({ location, param })),
      foreign: site.callees.filter((callee) => callee.kind === "foreign"),
      nodes: [...nodes],
    };
  }

  #cells(callee: Callee & { kind: "member" }): readonly Cell[] {
    return [...callee.direct, ...this.#resolve(callee.key, callee.name)];
  }

  #addCell(
    cell: Cell,
    use: MemberUse,
    addFn: (id: Location) => void,
    values: Map<Location, Location>,
    roots: Set<GraphNode>,
  ): void {
    this.#addForeignRoot(cell.root, roots);
    switch (use) {
      case "call":
        addFn(cell.method);
        if (cell.location !== nowhere) values.set(cell.location, nowhere);
        break;
      case "get":
        addFn(cell.getter);
        break;
      case "set":
        addFn(cell.setter);
        break;
      case "iterate":
        addFn(cell.iterate);
        if (cell.location !== nowhere) values.set(cell.location, nowhere);
    }
  }

  /** All roots of one name are one node: `Greenlet#switch` is the reason wherever it is called. */
  #addForeignRoot(text: string | undefined, roots: Set<GraphNode>): void {
    if (text === undefined) return;
    const node = this.#names.location(`root ${text}`);
    this.root(node, text);
    roots.add(node);
  }

  addMemberFlows({ reads, writes }: Fragment): void {
    for (const { key, name, location, direct } of writes) {
      for (const cell of [...direct, ...this.#resolve(key, name)]) this.flow(location, cell.location);
    }
    for (const { key, name, location, direct } of reads) {
      for (const cell of [...direct, ...this.#resolve(key, name)]) {
        this.flow(cell.location, location);
        this.flow(cell.method, location);
        const roots = new Set<GraphNode>();
        this.#addForeignRoot(cell.root, roots);
        for (const root of roots) this.edges.push(root, call(location));
      }
    }
  }

  /** A function assumed plain has no suspension points. */
  addSite(targets: Targets, charges: Charges, assumed: Assumptions): void {
    const { site } = targets;
    const own = this.#fns.get(site.fn)?.own ?? nowhere;
    if (!assumed.plain.has(site.fn))
      billSite(targets, this.#fns, charges, {
        source: (node) => {
          this.edge(node, site.point);
          this.edge(node, call(own));
        },
        param: (location) => this.edge(call(location), site.point),
      });
    for (const fn of targets.fns) this.#pass(site, fn);
    for (const { location } of targets.values) this.#passToValue(site, location);
  }

  /** The function as a value: calling it may switch when its own effect does, or anything its calls are charged to. */
  addFunction(fn: Fn, charges: Charges, assumed: Assumptions): void {
    const runs = fn.runs === "generator" ? call(fn.result) : call(fn.id);
    this.edge(call(fn.own), runs);
    if (assumed.plain.has(fn.id)) return;
    for (const charged of charges.get(fn.id) ?? []) this.edge(call(charged), runs);
  }

  /** A direct call: arguments reach exactly the parameters they are passed to. */
  #pass(site: Site, fn: Fn): void {
    this.flow(fn.result, site.result);
    const spread = site.args.findIndex((arg) => arg.spread);
    fn.params.forEach((param, index) => {
      for (const arg of reaching(site.args, index, spread, param.rest)) this.#passOne(arg, param.location, param.rest);
    });
  }

  #passOne(arg: Arg, param: Location, rest: boolean): void {
    if (arg.spread === rest) this.flow(arg.location, param);
    else if (rest) this.put(arg.location, param);
    else this.get(arg.location, param);
  }

  #passToValue(site: Site, location: Location): void {
    for (const arg of site.args) {
      if (arg.location === nowhere || location === nowhere) continue;
      this.edges.push(
        out(arg.location),
        into(location),
        out(location),
        into(arg.location),
        out(location),
        deep(arg.location),
      );
      if (!arg.spread) this.edges.push(call(arg.location), into(location));
    }
    this.get(location, site.result);
  }
}

/** The arguments that may arrive at a parameter. */
function reaching(args: readonly Arg[], index: number, spread: number, rest: boolean): readonly Arg[] {
  if (rest) return args.slice(Math.min(index, spread === -1 ? index : spread));
  if (spread !== -1 && spread <= index) return args.slice(spread);
  const arg = args[index];
  return arg === undefined ? [] : [arg];
}
