/**
 * charge — who pays for a call of a parameter.
 *
 *   function each(list, visit) { for (const x of list) visit(x); }
 *
 * `each` switches when `visit` does. Were that a property of `each` alone, one caller with a switching callback would make all callers
 * "may switch". So a call of a faithful parameter is *charged* to it, and each call of `each` pays for what it passes itself.
 *
 *   In     all functions and all sites with their targets
 *   Out    function → the parameters (its own, or those of functions around it) that its calls are charged to
 *   Keeps  a charge that can't be followed (the function is passed on as a value) falls back to all that ever flows into the parameter
 */
import type { Arg, Fn, Foreign, Site } from "./fragment.ts";
import { call, type GraphNode, type Location, nowhere, out } from "./names.ts";

/** What a site may run, members resolved. */
export interface Targets {
  readonly site: Site;
  readonly fns: readonly Fn[];
  readonly values: readonly { readonly location: Location; readonly param: Location }[];
  readonly foreign: readonly Foreign[];
  /** Nodes the site's effect follows as they are: what switches by definition, iterators that are advanced. */
  readonly nodes: readonly GraphNode[];
}

export type Charges = ReadonlyMap<Location, ReadonlySet<Location>>;

/** Receives what a site's effect consists of. */
export interface Bill {
  source(node: GraphNode): void;
  param(location: Location): void;
}

export function chargesOf(targets: readonly Targets[], fns: ReadonlyMap<Location, Fn>): Charges {
  const charges = new Map<Location, Set<Location>>();
  let changed = true;
  const bill = (fn: Location): Bill => ({
    source: () => {},
    param(location) {
      const there = charges.get(fn) ?? new Set();
      if (there.has(location)) return;
      charges.set(fn, there.add(location));
      changed = true;
    },
  });
  while (changed) {
    changed = false;
    for (const target of targets) billSite(target, fns, charges, bill(target.site.fn));
  }
  return charges;
}

/** Everything the effect of a site depends on. */
export function billSite(targets: Targets, fns: ReadonlyMap<Location, Fn>, charges: Charges, bill: Bill): void {
  const { site } = targets;
  for (const node of targets.nodes) bill.source(node);
  for (const fn of targets.fns) billFunction(site, fn, fns, charges, bill);
  for (const { location, param } of targets.values) billValue(site, location, param, fns, bill);
  for (const foreign of targets.foreign) billForeign(site, foreign, fns, charges, bill);
}

function billFunction(site: Site, fn: Fn, fns: ReadonlyMap<Location, Fn>, charges: Charges, bill: Bill): void {
  if (fn.runs === "generator") return;
  bill.source(call(fn.own));
  for (const charged of charges.get(fn.id) ?? []) {
    const index = fn.params.findIndex((param) => param.location === charged);
    if (index === -1) billValue(site, charged, charged, fns, bill);
    else billArgument(site, index, fns, charges, bill);
  }
}

function billValue(site: Site, location: Location, param: Location, fns: ReadonlyMap<Location, Fn>, bill: Bill): void {
  if (param !== nowhere && inScope(fns, site.fn, param)) bill.param(param);
  else bill.source(call(location));
}

function billForeign(site: Site, foreign: Foreign, fns: ReadonlyMap<Location, Fn>, charges: Charges, bill: Bill): void {
  site.args.forEach((arg, index) => {
    if (arg.spread && foreign.calls(index)) bill.source(out(arg.location));
    else if (foreign.calls(index)) billArgument(site, index, fns, charges, bill);
    if (foreign.opens(index) !== undefined) bill.source(out(arg.location));
  });
  if (foreign.callsReceiver && site.receiver !== nowhere) bill.source(out(site.receiver));
}

/** What the argument at this index brings along; behind a spread, any of the elements and later arguments may be at it. */
function billArgument(site: Site, index: number, fns: ReadonlyMap<Location, Fn>, charges: Charges, bill: Bill): void {
  const spread = site.args.findIndex((arg) => arg.spread);
  if (spread === -1 || spread > index) {
    const arg = site.args[index];
    if (arg !== undefined) billOne(site, arg, fns, charges, bill);
    return;
  }
  for (const arg of site.args.slice(spread)) bill.source(arg.spread ? out(arg.location) : call(arg.location));
}

function billOne(site: Site, arg: Arg, fns: ReadonlyMap<Location, Fn>, charges: Charges, bill: Bill): void {
  const written = arg.fn === nowhere ? undefined : fns.get(arg.fn);
  if (written === undefined) return billValue(site, arg.location, arg.param, fns, bill);
  if (written.runs === "generator") return;
  bill.source(call(written.own));
  for (const charged of charges.get(written.id) ?? [])
    billValue(site, charged, owns(written, charged) ? nowhere : charged, fns, bill);
}

function owns(fn: Fn, param: Location): boolean {
  return fn.params.some(({ location }) => location === param);
}

function inScope(fns: ReadonlyMap<Location, Fn>, from: Location, param: Location): boolean {
  for (let fn = fns.get(from); fn !== undefined; fn = fns.get(fn.parent)) if (owns(fn, param)) return true;
  return false;
}
