/**
 * part — what one file adds to the graph of the whole program: member accesses and calls, with what they mean in all the others.
 *
 *   In     a fragment; the members and functions of the program; later, who pays for calls of parameters
 *   Out    edges and roots
 *   Keeps  a part stays valid until a member name, a function or a charge that it asked for changes
 */
import { billSite, type Charges, type Targets } from "./charge.ts";
import { Flows } from "./flows.ts";
import type { Arg, Callee, Cell, Fn, Fragment, MemberUse, Site } from "./fragment.ts";
import type { Assumptions } from "./link.ts";
import { call, deep, give, type GraphNode, into, type Location, type Names, nowhere, out } from "./names.ts";
import type { Members } from "./resolve.ts";

export class Part {
  readonly fragment: Fragment;
  readonly targets: readonly Targets[];
  /** All roots of one name are one node: `Greenlet#switch` is the reason wherever it is called. */
  readonly roots = new Map<GraphNode, string>();
  readonly #names: Names;
  readonly #members: Members;
  /** Member names and functions this part asked for. */
  readonly #askedNames = new Set<string>();
  readonly #askedFns = new Set<Location>();
  readonly #memberFlows = new Flows();
  #effects: Flows | undefined;

  constructor(fragment: Fragment, names: Names, members: Members, fns: ReadonlyMap<Location, Fn>) {
    this.fragment = fragment;
    this.#names = names;
    this.#members = members;
    for (const { id } of fragment.functions) this.#askedFns.add(id);
    this.targets = fragment.sites.map((site) => this.#targetsOf(site, fns));
    this.#addMemberFlows();
  }

  /** Pairs (from, to): values that go through members. */
  get flows(): readonly GraphNode[] {
    return this.#memberFlows.edges;
  }

  /** Pairs (from, to): what calls do. */
  get effects(): readonly GraphNode[] {
    return this.#effects?.edges ?? [];
  }

  isTouched({ names, fns }: { names: ReadonlySet<string>; fns: ReadonlySet<Location> }): boolean {
    return haveCommon(names, this.#askedNames) || haveCommon(fns, this.#askedFns);
  }

  /** What a site may run, over the whole program. */
  #targetsOf(site: Site, known: ReadonlyMap<Location, Fn>): Targets {
    const fns = new Map<Location, Fn>();
    const values = new Map<Location, Location>();
    const nodes = new Set<GraphNode>();
    const addFn = (id: Location): void => {
      this.#askedFns.add(id);
      const fn = known.get(id);
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

  #resolve(key: string, name: string): readonly Cell[] {
    this.#askedNames.add(name);
    return this.#members.resolve(key, name);
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

  #addForeignRoot(text: string | undefined, roots: Set<GraphNode>): void {
    if (text === undefined) return;
    const node = this.#names.location(`root ${text}`);
    this.roots.set(node, text);
    roots.add(node);
  }

  #addMemberFlows(): void {
    const flows = this.#memberFlows;
    for (const { key, name, location, direct } of this.fragment.writes)
      for (const cell of [...direct, ...this.#resolve(key, name)]) flows.flow(location, cell.location);
    for (const { key, name, location, direct } of this.fragment.reads) {
      for (const cell of [...direct, ...this.#resolve(key, name)]) {
        flows.flow(cell.location, location);
        flows.flow(cell.method, location);
        const roots = new Set<GraphNode>();
        this.#addForeignRoot(cell.root, roots);
        for (const root of roots) flows.edge(root, call(location));
      }
    }
  }

  /** Makes the edges of calls, unless they are there and none of the functions they are about was charged anew. */
  bill(fns: ReadonlyMap<Location, Fn>, charges: Charges, recharged: ReadonlySet<Location>, assumed: Assumptions): void {
    if (this.#effects !== undefined && !haveCommon(recharged, this.#askedFns)) return;
    const effects = new Effects(fns, charges, assumed);
    for (const target of this.targets) effects.addSite(target);
    for (const fn of this.fragment.functions) effects.addFunction(fn);
    this.#effects = effects;
  }
}

function haveCommon<T>(some: ReadonlySet<T>, others: ReadonlySet<T>): boolean {
  for (const one of some) if (others.has(one)) return true;
  return false;
}

class Effects extends Flows {
  readonly #fns: ReadonlyMap<Location, Fn>;
  readonly #charges: Charges;
  readonly #assumed: Assumptions;

  constructor(fns: ReadonlyMap<Location, Fn>, charges: Charges, assumed: Assumptions) {
    super();
    this.#fns = fns;
    this.#charges = charges;
    this.#assumed = assumed;
  }

  /** A function assumed plain has no suspension points. */
  addSite(targets: Targets): void {
    const { site } = targets;
    const own = this.#fns.get(site.fn)?.own ?? nowhere;
    if (!this.#assumed.plain.has(site.fn))
      billSite(targets, this.#fns, this.#charges, {
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
  addFunction(fn: Fn): void {
    if (fn.runs !== "body") this.#runs(fn, call(fn.result));
    if (fn.runs !== "generator") this.#runs(fn, call(fn.id));
  }

  #runs(fn: Fn, node: GraphNode): void {
    this.edge(call(fn.own), node);
    if (this.#assumed.plain.has(fn.id)) return;
    for (const charged of this.#charges.get(fn.id) ?? []) this.edge(call(charged), node);
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
        give(arg.location),
        into(location),
        give(location),
        into(arg.location),
        give(location),
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
