/**
 * splice — a changed tree as text: what nothing happened to stays byte for byte, the rest is printed in its place.
 *
 *   In     a source, its tree after a change, what the tree looked like before
 *   Out    the new text and its map
 *   Keeps  comments, white space, types and everything else of what did not change
 */
import { generate } from "@babel/generator";
import type { File, Node } from "@babel/types";
import { findEdits, type Edit } from "./edits.ts";
import { holdsLines, printNode } from "./print.ts";
import type { Snapshot } from "./snapshot.ts";
import { SplicedText, type SourceMap } from "./text.ts";

export { Snapshot } from "./snapshot.ts";
export type { SourceMap } from "./text.ts";

export interface Spliced {
  code: string;
  map: SourceMap;
}

/** @param file the name for the source in the map */
export function splice(source: string, tree: File, before: Snapshot, file: string): Spliced {
  const edits = findEdits(tree.program, before);
  if (edits === undefined) return printWhole(source, tree, file);
  const text = new SplicedText(source);
  let kept = 0;
  for (const edit of edits) {
    const at = edit.kind === "after" ? endOfLine(source, edit.end) : edit.start;
    // Two edits behind the same line: the second one follows the first.
    text.keep(kept, Math.max(kept, at));
    kept = Math.max(kept, at, edit.end);
    write(text, edit, source);
  }
  text.keep(kept, source.length);
  return { code: text.toString(), map: text.map(file) };
}

function printWhole(source: string, tree: File, file: string): Spliced {
  const { code, map } = generate(tree, { sourceMaps: true, sourceFileName: file }, source);
  return { code, map: { ...(map as unknown as SourceMap), sourcesContent: [source] } };
}

function write(text: SplicedText, { kind, nodes, start }: Edit, source: string): void {
  const indent = indentAt(source, start);
  for (const node of nodes) {
    const printed = printNode(node, source);
    if (kind === "after") text.add(`\n${indent}`);
    // `a = b` and `(c)` on the next line would be one statement.
    else if (/^[([`+\-/]/.test(printed.code) && isStatement(node)) text.add(";");
    text.write(printed, holdsLines(node) ? "" : indent);
    if (kind === "before") text.add(`\n${indent}`);
  }
  if (kind === "after" && !isLineEnd(source, endOfLine(source, start))) text.add("\n");
}

const isStatement = (node: Node): boolean => /Statement$|Declaration$/.test(node.type);

/** The white space that the line of an offset begins with. */
function indentAt(source: string, offset: number): string {
  const line = source.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(source.slice(line, offset))?.[0] ?? "";
}

/** Behind a comment that ends the line of an offset; the offset itself where anything else follows. */
function endOfLine(source: string, offset: number): number {
  const comment = /[ \t]*\/\/[^\n\r\u2028\u2029]*/y;
  comment.lastIndex = offset;
  return comment.test(source) ? comment.lastIndex : offset;
}

function isLineEnd(source: string, offset: number): boolean {
  const rest = /[ \t\r]*(?:\n|$)/y;
  rest.lastIndex = offset;
  return rest.test(source);
}
