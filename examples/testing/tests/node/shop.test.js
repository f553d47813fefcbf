import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { compile, fixtures, serialize } from "greenlets-plugin/testing";

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

test("shows all of its output", (t) => {
  const shop = compile(readFileSync(path("src/shop.ts"), "utf8"), { filename: "shop.ts" });
  t.assert.snapshot(shop, { serializers: [serialize] });
});

fixtures(path("fixtures"), { describe, test });
