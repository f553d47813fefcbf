/** print — one node as text, with the source position of each of its tokens. */
import { generate } from "@babel/generator";
import type { Comment, Node } from "@babel/types";
import { walk } from "../walk.ts";

/** `[column, 0, source line, source column, name?]`, or `[column]` for text that comes from nowhere. */
export type Segment = [number] | [number, number, number, number] | [number, number, number, number, number];

export interface Printed {
  code: string;
  /** One list for each line of the code; lines and columns count from 0. */
  lines: readonly (readonly Segment[])[];
  names: readonly string[];
}

/** Prints a node by itself. Comments outside of it stay where they are, in the text around it. */
export function printNode(node: Node, source: string): Printed {
  if (node.start != null && node.end != null) keepComments(node, node.start, node.end);
  const { code, decodedMap } = generate(node, { sourceMaps: true, sourceFileName: "" }, source);
  const { mappings = [], names = [] } = (decodedMap ?? {}) as { mappings?: Segment[][]; names?: string[] };
  return { code, lines: mappings, names };
}

const SLOTS = ["leadingComments", "trailingComments", "innerComments"] as const;

function keepComments(root: Node, from: number, to: number): void {
  const isInside = ({ start, end }: Comment): boolean => (start ?? from) >= from && (end ?? to) <= to;
  walk(root, (node) => {
    for (const slot of SLOTS) if (node[slot]) node[slot] = node[slot].filter(isInside);
  });
}

/** True where white space at the beginning of a line counts: in a template, or in a string that goes on on the next line. */
export function holdsLines(root: Node): boolean {
  let found = false;
  walk(root, (node) => {
    if (node.type === "TemplateElement") found ||= node.value.raw.includes("\n");
    if (node.type === "StringLiteral" || node.type === "DirectiveLiteral")
      found ||= String(node.extra?.["raw"] ?? "").includes("\n");
    if (node.type === "JSXText") found ||= node.value.includes("\n");
  });
  return found;
}
