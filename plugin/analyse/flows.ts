/**
 * flows — the ways a value can go, as edges of the graph.
 *
 *   flow   b = a            the value itself
 *   put    b.push(a)        the value goes into another one
 *   get    b = a[0]         the value comes out of another one
 *
 * `into` and `deep` run against the flow: what is put into a copy of a container is put into the container itself.
 */
import { call, deep, give, type GraphNode, into, type Location, nowhere, out } from "./names.ts";

export class Flows {
  /** Pairs: from, to. */
  readonly edges: GraphNode[] = [];

  /** Nodes of `nowhere` are in no edge. */
  edge(from: GraphNode, to: GraphNode): void {
    if (from !== to && from > give(nowhere) && to > give(nowhere)) this.edges.push(from, to);
  }

  /** The value at `from` also is at `to`. */
  flow(from: Location, to: Location): void {
    if (from === nowhere || to === nowhere || from === to) return;
    this.edges.push(call(from), call(to), out(from), out(to), into(to), into(from), deep(to), deep(from));
    this.edges.push(give(from), give(to));
  }

  /** The value at `from` is stored inside the one at `to`. */
  put(from: Location, to: Location): void {
    if (from === nowhere || to === nowhere) return;
    this.edges.push(call(from), into(to), out(from), into(to), deep(to), into(from), deep(to), deep(from));
    this.edges.push(give(from), into(to));
  }

  /** The value at `to` was stored inside the one at `from`. */
  get(from: Location, to: Location): void {
    if (from === nowhere || to === nowhere) return;
    this.edges.push(out(from), call(to), out(from), out(to), into(to), deep(from), deep(to), deep(from));
    this.edges.push(out(from), give(to));
  }

  /** What is inside the value at `from` is also inside the one at `to`: `{ ...from }`. */
  copy(from: Location, to: Location): void {
    if (from === nowhere || to === nowhere) return;
    this.edges.push(out(from), out(to), deep(to), deep(from));
  }

  /** A container is made here: what is put into it can be got out of it. */
  container(location: Location): Location {
    if (location !== nowhere) this.edges.push(into(location), out(location));
    return location;
  }
}
