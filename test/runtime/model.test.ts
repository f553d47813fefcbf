import { expect, test } from "vitest";
import { heapUsed } from "../semantics/garbage.ts";
import { play } from "./play.ts";

// `node test/runtime/play.ts` plays ten million.
test.each([1, 2, 3])("random switches, throws, calls, deaths and births go as the model says (seed %i)", (seed) => {
  expect(play(100_000, seed)).toBeGreaterThan(100);
});

test("the heap stays flat while a game is played", () => {
  play(50_000, 4);
  const before = heapUsed();
  play(200_000, 5);
  expect(heapUsed() - before).toBeLessThan(2_000_000);
});
