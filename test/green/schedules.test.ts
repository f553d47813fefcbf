// 10,000 random worlds, each under a schedule of its own, on the virtual clock. `SEED=n` runs one of them again.
import { describe, expect, test } from "vitest";
import { load } from "./load.ts";

const { simulate, explore } = await load<typeof import("../../runtime/green/testing.ts")>(
  "greenlets/green/testing",
  "compiled",
);
const { world, twoTakers, ForgetfulSemaphore } = await load<typeof import("./scenarios/world.ts")>(
  "test/green/scenarios/world.ts",
  "compiled",
);
const { Semaphore } = await load<typeof import("../../runtime/green/index.ts")>("greenlets/green", "compiled");

const RUNS = 10_000;
const only = process.env["SEED"];

describe("invariants under random schedules", () => {
  const seeds = only === undefined ? Array.from({ length: RUNS }, (_, index) => index + 1) : [Number(only)];
  test(`${seeds.length} worlds keep them`, () => {
    for (const seed of seeds) {
      try {
        simulate(() => world(seed), { seed });
      } catch (cause) {
        throw new Error(`SEED=${seed}: ${String(cause)}`, { cause });
      }
    }
  });
});

describe("a lost wake-up", () => {
  test("is found when there is one", () => {
    expect(() => explore(() => twoTakers(new ForgetfulSemaphore()), { runs: 500 })).toThrow(/Seed \d+ fails: Deadlock/);
  });

  test("is not found where there is none", () => {
    explore(() => twoTakers(new Semaphore(0)), { runs: 500 });
  });
});
