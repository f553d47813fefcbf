/** docs/corpus.md: one row for each package. */
import type { Measurement } from "./measure.ts";

export interface Row {
  readonly name: string;
  readonly version: string;
  readonly plain: Measurement | string;
  readonly compiled: Measurement | string;
  readonly stress: Measurement | string;
  readonly problem: string | null;
}

const head = `# Packages compiled whole

Packages from the registry, compiled file by file without any knowledge of what may switch: every call that is not provably plain is a
suspension point. The same work is done uncompiled, compiled inside a greenlet, and in a stress build in which every suspension point
really suspends; the results are compared by checksum. \`npm run corpus -- --write\` makes this table.

Run is the time of the work, compiled ÷ uncompiled, the best of seven runs each in a process of its own; size is the text without
compression; compile is the time for all files that the package loads.

| package | result | run, ms | run, × | size, kB | size, × | compile, s |
|---|---|--:|--:|--:|--:|--:|
`;

export function writeTable(rows: readonly Row[]): string {
  return `${head}${rows.map(formatRow).join("\n")}\n`;
}

export function formatRow({ name, version, plain, compiled, stress, problem }: Row): string {
  const result = problem ?? `equal (${checksumOf(stress)})`;
  if (typeof plain === "string" || typeof compiled === "string") return `| ${name} ${version} | ${result} | | | | | |`;
  const { before, after, milliseconds } = compiled.cost;
  const cells = [
    plain.run.toFixed(1),
    (compiled.run / plain.run).toFixed(2),
    (before / 1000).toFixed(0),
    (after / before).toFixed(2),
    (milliseconds / 1000).toFixed(1),
  ];
  return `| ${name} ${version} | ${result} | ${cells.join(" | ")} |`;
}

const checksumOf = (measurement: Measurement | string): string =>
  typeof measurement === "string" ? "" : `\`${measurement.checksum.slice(0, 8)}\``;
