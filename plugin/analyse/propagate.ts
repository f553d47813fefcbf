/**
 * propagate — "may switch" flows along the edges, remembering where it came from.
 *
 *   In     a graph (edges in a fixed order) and the nodes that are true from the start
 *   Out    which nodes are true, and for each the node that made it so
 *   Keeps  breadth first in the order of the edges: reasons are shortest, and the same every time
 */
import type { GraphNode } from "./names.ts";

export interface Reached {
  has(node: GraphNode): boolean;
  /** The node that made this one true; undefined for a root and for a node that is not true. */
  because(node: GraphNode): GraphNode | undefined;
}

/** Edges in compact form: the targets of node n are `targets[offsets[n]]` up to `targets[offsets[n + 1]]`. */
export interface Graph {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

/** @param lists pairs (from, to); the order of the lists and in them is kept */
export function graphOf(size: number, lists: readonly (readonly GraphNode[])[]): Graph {
  const offsets = new Int32Array(size + 2);
  for (const list of lists) for (let i = 0; i < list.length; i += 2) offsets[list[i]! + 2]!++;
  for (let node = 2; node < offsets.length; node++) offsets[node]! += offsets[node - 1]!;
  const targets = new Int32Array(offsets.at(-1)!);
  for (const list of lists) for (let i = 0; i < list.length; i += 2) targets[offsets[list[i]! + 1]!++] = list[i + 1]!;
  return { offsets, targets };
}

export function propagate(graph: Graph, roots: readonly GraphNode[]): Reached {
  const because = new Int32Array(graph.offsets.length).fill(-1);
  const queue: GraphNode[] = [];
  for (const root of roots) if (because[root] === -1) queue.push(reach(because, root, root));
  for (let next = 0; next < queue.length; next++) {
    const node = queue[next]!;
    for (let i = graph.offsets[node]!; i < graph.offsets[node + 1]!; i++) {
      const target = graph.targets[i]!;
      if (because[target] === -1) queue.push(reach(because, target, node));
    }
  }
  return {
    has: (node) => because[node] !== -1,
    because: (node) => (because[node] === -1 || because[node] === node ? undefined : because[node]),
  };
}

function reach(because: Int32Array, node: GraphNode, from: GraphNode): GraphNode {
  because[node] = from;
  return node;
}
