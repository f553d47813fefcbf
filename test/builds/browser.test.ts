// What a page gets: the bundle of a small app switches in Chromium; the runtime stays small.
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../command.ts";
import { CHROMIUM, FLAGS } from "../smoke/chromium.ts";
import { bundlers } from "./bundlers.ts";
import { printed } from "./sample.ts";
import { writeSample } from "./sample-folder.ts";

// A browser is no part of an installation.
if (existsSync(CHROMIUM)) {
  test.each(Object.entries(bundlers))("a page with a bundle by %s", async (_name, bundle) => {
    const folder = writeSample();
    const { code } = await bundle(folder, "esm");
    const page = join(folder, "page.html");
    writeFileSync(
      page,
      `<!doctype html><body></body><script type="module">${code.replaceAll("</script", "<\\/script")}</script>`,
    );
    const html = execFileSync(CHROMIUM, [...FLAGS, "--dump-dom", page], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    expect(html).toContain(`<body>${printed}</body>`);
  });
}

test("what every compiled program loads of the runtime stays within its size (npm run size)", () => {
  const printed = execFileSync(join(root, "node_modules/.bin/size-limit"), ["--json"], { cwd: root, encoding: "utf8" });
  const sizes = JSON.parse(printed) as { name: string; passed: boolean; size: number }[];
  expect(sizes.length).toBeGreaterThan(1);
  for (const { name, passed, size } of sizes) expect({ name, size, passed }).toMatchObject({ passed: true });
}, 60_000);
