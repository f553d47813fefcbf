/** docs/coverage.md names fixtures that exist, and every row has one. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const rows = readFileSync(join(root, "docs/coverage.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| (?!Construct)/.test(line));

describe("docs/coverage.md", () => {
  test.each(rows.map((row) => [row.split("|")[1]?.trim() ?? "", row] as const))("%s", (_construct, row) => {
    const fixtures = [...(row.split("|").at(-2) ?? "").matchAll(/`([\w/-]+)`/g)].map(([, name]) => name as string);
    expect(fixtures.length).toBeGreaterThan(0);
    expect(fixtures.filter((name) => globSync(`fixtures/${name}/input.*`, { cwd: root }).length === 0)).toEqual([]);
  });
});
