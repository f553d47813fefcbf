/**
 * pattern — functions named by a user: `name`, or `path:name`, with `*` for anything.
 *
 *   src/*.ts:Pool#acquire      log      Cache#*
 */
export interface FunctionPattern {
  readonly text: string;
  /** undefined: in any file */
  readonly path: RegExp | undefined;
  readonly name: RegExp;
}

export function parsePattern(text: string): FunctionPattern {
  const colon = text.lastIndexOf(":");
  return { text, path: colon === -1 ? undefined : glob(text.slice(0, colon)), name: glob(text.slice(colon + 1)) };
}

function glob(text: string): RegExp {
  return new RegExp(`^${text.split("*").map(escape).join(".*")}$`);
}

function escape(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{}]/g, "\\$&");
}
