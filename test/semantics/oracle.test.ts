// Every scenario of fixtures/greenlet that CPython can tell about prints what CPython printed (`npm run oracle`).
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allFixtures } from "../fixture-files.ts";
import { importFixture, type Mode } from "../fixture-modules.ts";
import { traceOf } from "../trace.ts";

interface Scenario {
  main(log: (...values: unknown[]) => void): void;
}

const scenarios = allFixtures().filter(
  ({ name, folder }) => name.startsWith("greenlet/") && existsSync(join(folder, "oracle.py")),
);

test("at least sixty scenarios are recorded", () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(60);
});

describe.each<Mode>(["compiled", "stress"])("%s", (mode) => {
  test.each(scenarios)("$name", async ({ folder, input }) => {
    const { main } = await importFixture<Scenario>(input, mode);
    expect(traceOf(main)).toBe(readFileSync(join(folder, "trace.txt"), "utf8"));
  });
});
