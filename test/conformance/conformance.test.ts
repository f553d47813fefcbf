import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Report } from "./report.ts";
import { readMetadata } from "./metadata.ts";
import { writeSampleSuite } from "./sample-suite.ts";

/** Runs the command on a suite of our own and returns its report. */
async function conformance(...args: string[]): Promise<{ readonly exit: number; readonly report: Report }> {
  const out = mkdtempSync(join(tmpdir(), "conformance-"));
  writeSampleSuite(out);
  const command = [
    join(import.meta.dirname, "run.ts"),
    "--dir",
    out,
    "--jobs",
    "1",
    "--out",
    join(out, "results"),
    ...args,
  ];
  const exit = await new Promise<number>((resolve) =>
    execFile(process.execPath, command, (error) => resolve(Number(error?.code ?? 0))),
  );
  const report: Report = JSON.parse(readFileSync(join(out, "results", "report.json"), "utf8"));
  rmSync(out, { recursive: true });
  return { exit, report };
}

test("what passes wrapped and uncompiled passes in every way", { timeout: 180_000 }, async () => {
  const { exit, report } = await conformance();
  expect(report.regressions).toEqual([]);
  expect(exit).toBe(0);
  // sum, thrown and later in both variants, order, module; global is left out, parse is not run
  expect([report.counted, report.left]).toEqual([8, 1]);
  expect(report.ways).toEqual({
    compiled: { pass: 8, fail: 0, refused: 0 },
    greenlet: { pass: 8, fail: 0, refused: 0 },
    stress: { pass: 8, fail: 0, refused: 0 },
  });
});

test("a compiler that reads an operand too late is caught", { timeout: 180_000 }, async () => {
  const { exit, report } = await conformance("--compiler", join(import.meta.dirname, "broken-compiler.ts"));
  expect(exit).toBe(1);
  expect(new Set(report.regressions.map(({ path }) => path))).toEqual(new Set(["language/order.js"]));
  expect(report.regressions[0]?.message).toContain("expected 11, got 20");
});

test("front matter with lists in either form", () => {
  const metadata = readMetadata(
    "/*---\nflags: [async, onlyStrict]\nincludes:\n  - a.js\n  - b.js\nnegative:\n  phase: runtime\n  type: TypeError\n---*/",
  );
  expect([...metadata.flags]).toEqual(["async", "onlyStrict"]);
  expect(metadata.includes).toEqual(["a.js", "b.js"]);
  expect(metadata.negative).toEqual({ phase: "runtime", type: "TypeError" });
});
