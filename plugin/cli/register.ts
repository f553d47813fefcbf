/** What `greenlets-plugin/register` does to the process that loads it. */
import { PARTS } from "../../runtime/parts.ts";
import { host } from "./host.ts";
import { hasThreadHooks, installHooks } from "./hooks.ts";
import { settingsFor } from "./load-settings.ts";
import { loadBabel } from "./load.ts";

if (host.takes === "javascript" && host.reads !== "javascript") await loadBabel();
// Deno's `require` loads no ES modules any more once there are hooks, but it finds those that are loaded already.
if ("Deno" in globalThis)
  await Promise.all(
    ["greenlets", ...["internal", "green", ...Object.keys(PARTS)].map((name) => `greenlets/${name}`)].map(
      (specifier) => import(specifier),
    ),
  );
const settings = settingsFor(process.argv[1], false);
if ("Bun" in globalThis) (await import("./bun-preload.ts")).preload(settings);
else if (hasThreadHooks) installHooks(settings);
else await import("./hook-thread.ts");
