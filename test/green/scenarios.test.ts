// The scenarios of gevent that are not oracle pairs, and what only this library has: compiled on the real clock, in stress mode on
// a virtual one.
import { describe, test } from "vitest";
import { load } from "./load.ts";
import { patiently } from "./patience.ts";

const files = ["contracts", "greens", "primitives", "worlds", "beyond"];

type Scenarios = Record<string, () => void>;

for (const file of files) {
  const path = `test/green/scenarios/${file}.ts`;
  const { scenarios } = await load<{ scenarios: Scenarios }>(path, "compiled");
  const { run } = await load<typeof import("../../runtime/green/index.ts")>("greenlets/green", "compiled");
  describe(file, () => {
    test.each(Object.keys(scenarios))("%s", (name) => patiently("compiled", () => run(scenarios[name]!)));
  });

  const stressed = (await load<{ scenarios: Scenarios }>(path, "stress")).scenarios;
  const { simulateAsync } = await load<typeof import("../../runtime/green/testing.ts")>(
    "greenlets/green/testing",
    "stress",
  );
  describe(`${file}, in stress mode`, () => {
    test.each(Object.keys(stressed))("%s", (name) => simulateAsync(stressed[name]!));
  });
}
