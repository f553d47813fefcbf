import { expect, test } from "vitest";
import { add, talk } from "../src/main.ts";

test("two talk", () => {
  expect(talk("A", "B")).toBe("who? a b A!3B!3me3a3b");
});

test("what is thrown shows the source", () => {
  let thrown: unknown;
  try {
    talk("A", "stop");
  } catch (error) {
    thrown = error;
  }
  console.log((thrown as Error).stack);
});

test("what is plain", () => console.log(`${add}`));
