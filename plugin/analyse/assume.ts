/**
 * assume — what the user knows better: functions named by patterns.
 *
 *   In     { switches: ["src/db.ts:query"], plain: ["*#render"] }
 *   Out    the functions meant
 *   Keeps  a pattern that matches nothing is an error: a mistyped assumption would silently assume nothing
 */
import type { Fn, Fragment } from "./fragment.ts";
import { type Assumptions, noAssumptions } from "./link.ts";
import type { Location } from "./names.ts";
import { parsePattern } from "./pattern.ts";

export interface Assume {
  readonly switches?: readonly string[];
  readonly plain?: readonly string[];
}

export class AssumeError extends Error {
  readonly code = "assume-unmatched";
  readonly patterns: readonly string[];
  constructor(patterns: readonly string[]) {
    super(
      `No function matches ${patterns.map((pattern) => `\`${pattern}\``).join(", ")} of \`assume\`. A pattern is a name (\`query\`, \`Pool#acquire\`) or \`path:name\`, with \`*\` for anything.`,
    );
    this.name = "AssumeError";
    this.patterns = patterns;
  }
}

/** @throws AssumeError */
export function resolveAssumptions(
  fragments: readonly Fragment[],
  assume: Assume | undefined,
  relative: (path: string) => string,
): Assumptions {
  if (assume === undefined) return noAssumptions;
  const unmatched: string[] = [];
  const found = (patterns: readonly string[] = []): Set<Location> =>
    new Set(
      patterns.flatMap((pattern) => {
        const ids = matching(fragments, pattern, relative);
        if (ids.length === 0) unmatched.push(pattern);
        return ids;
      }),
    );
  const assumptions = { switches: found(assume.switches), plain: found(assume.plain) };
  if (unmatched.length > 0) throw new AssumeError(unmatched);
  return assumptions;
}

function matching(fragments: readonly Fragment[], pattern: string, relative: (path: string) => string): Location[] {
  const { path, name } = parsePattern(pattern);
  const fits = (fn: Fn): boolean => fn.start >= 0 && name.test(fn.name);
  return fragments
    .filter((fragment) => path === undefined || path.test(relative(fragment.path)))
    .flatMap(({ functions }) => functions.filter(fits).map(({ id }) => id));
}
