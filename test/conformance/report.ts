/** What a run says: a table by directory, every regression with its message, what the compiler refuses, by code. */
import { reasonFor } from "./exceptions.ts";
import type { Result } from "./worker.ts";

export interface Regression {
  readonly path: string;
  readonly variant: string;
  readonly way: string;
  readonly message: string;
}

export interface Report {
  /** Scenarios that pass wrapped and uncompiled: only these count. */
  readonly counted: number;
  /** Scenarios that fail even uncompiled. */
  readonly left: number;
  readonly ways: Readonly<Record<string, Tally>>;
  readonly directories: Readonly<Record<string, Readonly<Record<string, Tally>>>>;
  readonly regressions: readonly Regression[];
  /** Failures that are known limits, by their reason. */
  readonly exceptions: Readonly<Record<string, readonly string[]>>;
  readonly refusals: Readonly<Record<string, readonly string[]>>;
}

export interface Tally {
  pass: number;
  fail: number;
  refused: number;
}

export function summarise(results: Iterable<Result>): Report {
  const ways: Record<string, Tally> = {};
  const directories: Record<string, Record<string, Tally>> = {};
  const regressions: Regression[] = [];
  const refusals: Record<string, string[]> = {};
  const exceptions: Record<string, string[]> = {};
  let counted = 0;
  let left = 0;
  for (const { path, variant, plain, verdicts } of results) {
    if (plain.kind === "pass") counted++;
    else left++;
    for (const [way, verdict] of Object.entries(verdicts)) {
      count(ways, way, verdict.kind);
      count((directories[directoryOf(path)] ??= {}), way, verdict.kind);
      if (verdict.kind === "fail") {
        const failure = { path, variant, way, message: verdict.message };
        const reason = reasonFor(failure);
        if (reason === undefined) regressions.push(failure);
        else (exceptions[reason] ??= []).push(`${path} ${variant} ${way}`);
      }
      if (verdict.kind === "refused") (refusals[verdict.code] ??= []).push(`${path} ${variant} ${way}`);
    }
  }
  return { counted, left, ways, directories, regressions, exceptions, refusals };
}

function count(tallies: Record<string, Tally>, way: string, kind: keyof Tally): void {
  (tallies[way] ??= { pass: 0, fail: 0, refused: 0 })[kind]++;
}

/** `language/expressions/call/x.js` → `language/expressions/call` */
function directoryOf(path: string): string {
  return path
    .split("/")
    .slice(0, path.startsWith("built-ins") ? 2 : 3)
    .filter((part) => !part.endsWith(".js"))
    .join("/");
}

/** Regressions whose messages differ only in numbers and quoted values are one cause. */
export function byCause({ regressions }: Report): [cause: string, members: Regression[]][] {
  const causes = Map.groupBy(
    regressions,
    ({ way, message }) => `${way}: ${message.replace(/«[^»]*»|"[^"]*"|'[^']*'|\/\S+|\d+/g, "…").slice(0, 160)}`,
  );
  return [...causes].sort(([, a], [, b]) => b.length - a.length);
}

export function formatTable({ directories, ways }: Report): string {
  const names = Object.keys(ways);
  const head = `| directory | ${names.join(" | ")} |\n|---|${names.map(() => "---:|").join("")}`;
  const row = (title: string, tallies: Readonly<Record<string, Tally>>): string =>
    `| ${title} | ${names.map((name) => formatTally(tallies[name])).join(" | ")} |`;
  const rows = Object.entries(directories)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([directory, tallies]) => row(`\`${directory}\``, tallies));
  return [head, ...rows, row("**all**", ways)].join("\n");
}

function formatTally(tally: Tally | undefined): string {
  if (tally === undefined) return "";
  const { pass, fail, refused } = tally;
  return `${pass} of ${pass + fail}${refused === 0 ? "" : ` (+ ${refused} refused)`}`;
}
