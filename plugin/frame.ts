/** frame — an error of the parser or the compiler as people read it: the file, the sentence, the lines around the place. */
import { codeFrameColumns } from "@babel/code-frame";
import { CompileError } from "./diagnostics.ts";

interface Place {
  /** From 1. */
  line: number;
  /** From 0. */
  column: number;
}

/** `Unexpected token (2:0)` → `/src/a.ts: Unexpected token. (2:0)\n\n  1 | …`; an error without a place stays as it is. */
export function withFrame(error: unknown, source: string, filename: string): unknown {
  if (error instanceof CompileError) {
    const loc = error.node?.loc;
    if (!loc) return error;
    return framed(error, `${filename}: ${error.message}\n${frameOf(source, loc.start, loc.end)}`, loc.start);
  }
  const { loc, code } = error as { loc?: Place; code?: string };
  if (!(error instanceof SyntaxError) || !loc || !code?.startsWith("BABEL_PARSER")) return error;
  return Object.assign(framed(error, `${filename}: ${error.message}\n\n${frameOf(source, loc)}`, loc), {
    code: "BABEL_PARSE_ERROR",
  });
}

function framed<E extends Error>(error: E, message: string, { line, column }: Place): E {
  error.message = message;
  return Object.assign(error, { loc: { line, column } });
}

/** Underlines what stands on one line; of more, only where it begins. */
function frameOf(source: string, start: Place, end?: Place): string {
  return codeFrameColumns(source, { start, ...(end?.line === start.line && { end }) }, { highlightCode: false });
}
