/**
 * Ten lookups at a time, with a limit for each and for all, in plain functions: a pool, timeouts, a scope.
 *
 *     await run(survey, names, lookUp)
 */
import { Pool, scope, wait, withTimeout } from "greenlets/green";

export type LookUp = (name: string) => Promise<string>;

export interface Survey {
  found: Record<string, string>;
  missing: string[];
}

/** Looks every name up, ten at a time; one that takes longer than 50 ms is missing. */
export function survey(names: readonly string[], lookUp: LookUp): Survey {
  const result: Survey = { found: {}, missing: [] };
  const pool = new Pool(10);
  scope((s) => {
    for (const name of names) s.spawn(() => pool.apply(record, result, name, lookUp));
  });
  return result;
}

function record(result: Survey, name: string, lookUp: LookUp): void {
  const answer = withTimeout(50, () => wait(lookUp(name)), null);
  if (answer === null) result.missing.push(name);
  else result.found[name] = answer;
}
