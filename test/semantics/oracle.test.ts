// Every scenario of fixtures/greenlet that CPython can tell about prints what CPython printed (`npm run oracle`).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { withLoad, type Mode } from "../../plugin/testing/fixtures/modules.ts";
import { allFixtures, isScenario } from "../fixture-files.ts";
import "../runtime-sources.ts";
import { traceOf } from "../trace.ts";

const { importNatively } = createRequire(import.meta.url)(
  "../native-import.ts",
) as typeof import("../native-import.ts");

interface Scenario {
  main(log: (...values: unknown[]) => void): void;
}

const scenarios = allFixtures().filter((fixture) => fixture.name.startsWith("greenlet/") && isScenario(fixture));

test("at least sixty scenarios are recorded", () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(60);
});

describe.each<Mode>(["compiled", "stressed"])("%s", (mode) => {
  test.each(scenarios)("$name", async (scenario) => {
    const trace = await withLoad(scenario, mode, importNatively, (exports) => traceOf((exports as Scenario).main));
    expect(trace).toBe(readFileSync(join(scenario.folder, "trace.txt"), "utf8"));
  });
});
