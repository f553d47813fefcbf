/**
 * lines — offsets as line and column (both from 1), and back.
 */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}

/** The offsets of a line's first character and of its end; undefined when the text has no such line. */
export function lineRange(text: string, line: number): { readonly from: number; readonly to: number } | undefined {
  const lines = text.split("\n");
  if (line < 1 || line > lines.length) return undefined;
  const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return { from, to: from + lines[line - 1]!.length + 1 };
}
