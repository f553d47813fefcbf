/**
 * snapshot — what every node of a tree looked like, so that it shows later which ones are still as they were.
 *
 *   In     a tree as parsed
 *   Out    for each of its nodes: whether it, or anything below it, was changed since
 *   Keeps  the tree: nothing is written on it
 */
import type { Node } from "@babel/types";
import { eachChild } from "../walk.ts";

/** Where a node stands and what is said about it; not what it is. */
const BESIDE = new Set(["start", "end", "loc", "extra", "leadingComments", "trailingComments", "innerComments"]);

/** A field's value: lists are copied, so that a change in place shows. */
type Field = readonly [key: string, value: unknown];

export class Snapshot {
  private readonly fields = new Map<Node, readonly Field[]>();
  private readonly known = new Map<Node, boolean>();

  constructor(root: Node) {
    const go = (node: Node): void => {
      this.fields.set(node, fieldsOf(node));
      eachChild(node, go);
    };
    go(root);
  }

  /** True for a node that is as it was, all the way down. */
  isIntact(node: Node): boolean {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    let intact = this.keepsItsShape(node);
    if (intact) eachChild(node, (child) => void (intact &&= this.isIntact(child)));
    this.known.set(node, intact);
    return intact;
  }

  /** True for a node whose own fields are as they were, whatever happened further down. `growing`: a list that may have new members. */
  keepsItsShape(node: Node, growing?: string): boolean {
    const fields = this.fields.get(node);
    return (
      fields !== undefined &&
      fields.every(([key, before]) => {
        const now = (node as unknown as Record<string, unknown>)[key];
        return key === growing ? isWithin(before as unknown[], now as unknown[]) : isSame(before, now);
      })
    );
  }

  /** The members of a node's list, as they were. */
  members(node: Node, key: string): ReadonlySet<unknown> {
    return new Set(this.fields.get(node)?.find(([name]) => name === key)?.[1] as unknown[]);
  }
}

function fieldsOf(node: Node): Field[] {
  const fields: Field[] = [];
  for (const key in node) {
    if (BESIDE.has(key)) continue;
    const value = (node as unknown as Record<string, unknown>)[key];
    fields.push([key, Array.isArray(value) ? value.slice() : value]);
  }
  return fields;
}

function isSame(before: unknown, now: unknown): boolean {
  if (Array.isArray(before))
    return Array.isArray(now) && before.length === now.length && before.every((one, index) => isSame(one, now[index]));
  return before === now;
}

/** True if every member of the old list is in the new one, in the same order. */
function isWithin(before: unknown[], now: unknown[]): boolean {
  let next = 0;
  for (const one of now) if (next < before.length && one === before[next]) next++;
  return next === before.length;
}
