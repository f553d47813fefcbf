// What runtime-facts.ts takes for plain never waits: every scenario runs with those functions watched.
import { expect, test } from "vitest";
import { entered, waited } from "./guard.ts";
import { load } from "./load.ts";

const files = ["contracts", "greens", "primitives", "worlds", "beyond"];

test("functions taken for plain are never left with a switch under way", async () => {
  const { simulateAsync } = await load<typeof import("../../runtime/green/testing.ts")>(
    "greenlets/green/testing",
    "guarded",
  );
  for (const file of files) {
    const { scenarios } = await load<{ scenarios: Record<string, () => void> }>(
      `test/green/scenarios/${file}.ts`,
      "guarded",
    );
    for (const scenario of Object.values(scenarios)) await simulateAsync(scenario);
  }
  // A Green that is run in place of a wait may be suspended: whoever called these goes on to `park`, which sees that.
  expect([...waited].sort()).toEqual(["green/loop/join.ts:hasEnded", "green/loop/join.ts:runHere"]);
  expect(entered.size).toBeGreaterThan(50);
});
