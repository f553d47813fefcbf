/** places — where a node stands: under which other one, and at which position of the source. */
import type { Node } from "@babel/types";
import { eachChild } from "./walk.ts";

export interface Parent {
  node: Node;
  key: string;
}

/** Where each node hangs. */
export function parentsOf(root: Node): Map<Node, Parent> {
  const parents = new Map<Node, Parent>();
  const go = (node: Node): void =>
    eachChild(node, (child, key) => {
      parents.set(child, { node, key });
      go(child);
    });
  go(root);
  return parents;
}

/** Whether one node stands inside another, by their positions. */
export const isWithin = (inner: Node, outer: Node): boolean =>
  (outer.start ?? 0) <= (inner.start ?? 0) && (inner.end ?? 0) <= (outer.end ?? -1);

/** Nodes that the compiler made have no position: then it is `otherwise`. */
export const position = (node: Node, end: "start" | "end", otherwise: number): number => node[end] ?? otherwise;
