import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile, fixtures } from "greenlets-plugin/testing";
import { test } from "greenlets-plugin/vitest";
import { describe, expect, test as plainTest } from "vitest";
import { double, price, total } from "../../src/shop.ts";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const shop = compile(readFileSync(path("src/shop.ts"), "utf8"), { filename: "src/shop.ts" });

test("waits without async", () => {
  expect(["a", "bcd"].map((item) => price(item))).toEqual([1, 3]);
  expect(total(["apple", "pear"])).toBe(11);
  expect(double(2)).toBe(4);
});

test("knows what may switch", () => {
  expect(shop).toSwitchAt("shop.ts:6");
  expect(shop).not.toSwitchAt("shop.ts:7");
  expect(shop).toStayPlain("double");
  expect(shop).not.toStayPlain("total");
});

test("maps back to the source", () => {
  expect(shop).toMapTo([["item.length", "7:10"]]);
});

test("shows where it may switch", () => {
  expect(shop).toMatchGreenletSnapshot();
});

test("shows all of its output", () => {
  expect(shop).toMatchSnapshot();
});

fixtures(path("fixtures"), { describe, test: plainTest, expect });
