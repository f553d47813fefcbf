/** What `greenlets-plugin/register` does to the process that loads it. */
import { host } from "./host.ts";
import { hasThreadHooks, installHooks } from "./hooks.ts";
import { settingsFor } from "./load-settings.ts";
import { loadBabel } from "./load.ts";

if (host.takes === "javascript" && host.reads !== "javascript") await loadBabel();
const settings = settingsFor(process.argv[1], false);
if ("Bun" in globalThis) (await import("./bun-preload.ts")).preload(settings);
else if (hasThreadHooks) installHooks(settings);
else await import("./hook-thread.ts");
