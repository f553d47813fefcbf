import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { build } from "vite";
import { writeConsumer } from "./consumers.ts";

export const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
];

/** One script with the built runtime and the suite in it. */
async function bundle(suite: string): Promise<string> {
  const entry = writeConsumer(
    "browser.mjs",
    `import * as greenlets from "greenlets"; import { smoke } from ${JSON.stringify(suite)};
     let contexts; try { greenlets.keepContexts(); } catch (error) { contexts = error.message; }
     document.body.textContent = JSON.stringify([contexts, ...smoke(greenlets)]);`,
  );
  const output = await build({
    configFile: false,
    logLevel: "silent",
    root: join(entry, ".."),
    build: { write: false, minify: true, target: "es2020", lib: { entry, formats: ["iife"], name: "suite" } },
  });
  const [{ output: chunks }] = (Array.isArray(output) ? output : [output]) as [{ output: { code?: string }[] }];
  return chunks[0]?.code ?? "";
}

/** What the page shows after it ran the suite: a line of text each. */
export async function runInChromium(suite: string): Promise<string[]> {
  const script = (await bundle(suite)).replaceAll("</script", "<\\/script");
  const page = writeConsumer("page.html", `<!doctype html><body><script>${script}</script></body>`);
  const html = execFileSync(CHROMIUM, [...FLAGS, "--dump-dom", page], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const text = html.slice(html.indexOf("</script>") + 9).match(/\[.*\]/)?.[0] ?? html.match(/<body>(\[.*\])/)?.[1];
  if (text === undefined) throw new Error(`The page shows no result: ${html.slice(0, 500)}`);
  return JSON.parse(text) as string[];
}
