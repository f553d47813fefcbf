// What a page gets: the bundle of a small app switches in Chromium; the runtime stays small.
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { describe, expect, test } from "vitest";
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

describe("the runtime's size, minified and gzipped", () => {
  async function sizeOf(entry: string): Promise<number> {
    const bundle = await rolldown({ input: join(root, "runtime/dist", entry), logLevel: "silent" });
    const { output } = await bundle.generate({ format: "esm", minify: true, codeSplitting: false });
    await bundle.close();
    return gzipSync(output[0].code, { level: 9 }).length;
  }

  test.each([
    ["internal.js", 11],
    ["index.js", 11],
  ])("%s is at most %i KB", async (entry, kilobytes) => {
    expect(await sizeOf(entry)).toBeLessThanOrEqual(kilobytes * 1024);
  });
});
