import * as fc from "fast-check";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCompile } from "../conformance/translate.ts";
import { broken } from "./broken-passes.ts";
import { fuzz, type Summary } from "./fuzz.ts";
import { constructs, programs } from "./grammar.ts";
import { printProgram } from "./print.ts";
import type { Node } from "./tree.ts";

const compile = await loadCompile(join(import.meta.dirname, "../../plugin/compile.ts"));
const budget = { attempts: 60, milliseconds: 10_000 };

describe("the grammar", () => {
  const samples = fc.sample(programs, { seed: 1, numRuns: 300 });

  test("reaches every construct", () => {
    const reached = new Set<string>();
    const visit = (node: Node): void => {
      reached.add(node.kind);
      node.kids.forEach(visit);
    };
    samples.forEach(({ root }) => root.kids.forEach(visit));
    expect(Object.keys(constructs).filter((kind) => !reached.has(kind))).toEqual([]);
  });

  test("prints the same program for the same tree", () => {
    for (const sample of samples.slice(0, 20)) expect(printProgram(sample)).toEqual(printProgram(sample));
  });
});

// That random programs mean the same compiled is its own command, `npm run fuzz`: what it finds depends on how long it runs.

describe("a broken pass is found within a minute", () => {
  test.each(["evaluationOrder", "sharedBinding", "skippedFinally"] as const)(
    "%s",
    { timeout: 120_000 },
    async (mistake) => {
      const summary: Summary = await fuzz({ compile: broken(compile, mistake), seed: 1, seconds: 60, most: 1, budget });
      expect(summary.differences).toHaveLength(1);
    },
  );
});
