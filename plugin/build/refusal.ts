/** What bundlers understand of an error: Vite's overlay and Rollup's report show message, place and frame apart. */
export interface Refusal extends Error {
  code?: string;
  id?: string;
  loc?: { file: string; line: number; column: number };
  frame?: string;
}

/**
 * `/src/a.ts: Unexpected token. (2:0)\n\n  1 | …` → its sentence, its place and its frame, each where a bundler looks for it.
 * Bundlers without a place for a frame get it in the message.
 */
export function refusalOf(error: unknown, id: string, showsFrames: boolean): unknown {
  if (!(error instanceof Error)) return error;
  const { code, loc } = error as Error & { code?: string; loc?: { line: number; column: number } };
  if (code === undefined) return error;
  const [, sentence = error.message, frame] = /^([^]*?)\n+((?:> |  )\s*\d+ \|[^]*)$/.exec(error.message) ?? [];
  const message = showsFrames ? sentence.replace(`${id}: `, "") : error.message;
  const refusal: Refusal = new Error(message, { cause: error });
  // The compiler's own stack would hide the frame.
  refusal.stack = "";
  return Object.assign(refusal, {
    name: "CompileError",
    code,
    id,
    ...(loc && { loc: { file: id, line: loc.line, column: loc.column } }),
    ...(frame && { frame }),
  });
}
