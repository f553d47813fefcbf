/**
 * edits — what has to be written anew in a text, after its tree was changed.
 *
 *   In     a changed tree, and what it looked like before
 *   Out    places in the source, each with the nodes to print there; in order, none inside another
 *   Keeps  every function, statement and member that nothing happened to
 */
import type { Node, Program } from "@babel/types";
import { eachChild, isFunction } from "../walk.ts";
import type { Snapshot } from "./snapshot.ts";

export interface Edit {
  /** Offsets in the source; equal for an insertion. */
  start: number;
  end: number;
  nodes: Node[];
  kind: "replace" | "before" | "after";
}

/** The edits that turn the old text into the new one; undefined if the file has to be printed as a whole. */
export function findEdits(program: Program, before: Snapshot): Edit[] | undefined {
  const edits: Edit[] = [];
  const search = new Search(before, edits);
  return search.splices(program) ? edits.toSorted((a, b) => a.start - b.start || a.end - b.end) : undefined;
}

/** Lists that may have new members: nothing but the members stands between their members. */
const LISTS: Partial<Record<Node["type"], string>> = { Program: "body", BlockStatement: "body", ClassBody: "body" };

class Search {
  private readonly before: Snapshot;
  private readonly edits: Edit[];

  constructor(before: Snapshot, edits: Edit[]) {
    this.before = before;
    this.edits = edits;
  }

  /** Finds what changed below a node. False, with nothing found, if the node can't stay around it. */
  splices(node: Node): boolean {
    if (this.before.isIntact(node)) return true;
    const growing = LISTS[node.type];
    if (!this.before.keepsItsShape(node, growing)) return false;
    const members = growing === undefined ? undefined : this.before.members(node, growing);
    const mark = this.edits.length;
    let fits = true;
    eachChild(node, (child, key, index) => {
      const isNew = key === growing && !members?.has(child);
      if (!fits || isNew || this.splices(child)) return;
      if (standsAlone(child, node, index))
        this.edits.push({ start: child.start as number, end: child.end as number, nodes: [child], kind: "replace" });
      else fits = false;
    });
    if (!fits) this.edits.length = mark;
    else if (members)
      this.insertions((node as unknown as Record<string, Node[]>)[growing as string] as Node[], members);
    return fits;
  }

  /** Functions follow what they belong to; everything else goes before what uses it. */
  private insertions(list: Node[], members: ReadonlySet<unknown>): void {
    list.forEach((node, index) => {
      if (members.has(node)) return;
      const previous = list.slice(0, index).findLast((one) => members.has(one));
      const next = list.slice(index).find((one) => members.has(one));
      const follows = next === undefined || (previous !== undefined && !isConstant(node));
      const at = (follows ? previous?.end : next.start) as number;
      const last = this.edits.at(-1);
      const kind = follows ? "after" : "before";
      if (last?.kind === kind && last.start === at) last.nodes.push(node);
      else this.edits.push({ start: at, end: at, nodes: [node], kind });
    });
  }
}

const isConstant = (node: Node): boolean => node.type === "VariableDeclaration" || node.type === "ImportDeclaration";

const MEMBERS = new Set(["ObjectMethod", "ObjectProperty"]);

/** True for a node whose text can be replaced without a look at what is around it. */
function standsAlone(node: Node, parent: Node, index: number): boolean {
  if (isFunction(node)) return true;
  if (parent.type === "ObjectExpression") return MEMBERS.has(node.type);
  return index >= 0 && (parent.type in LISTS || parent.type === "SwitchCase" || parent.type === "StaticBlock");
}
