/**
 * register — compiles every module of a program as Node loads it: `node --import greenlets-plugin/register app.ts`
 *
 * Threads that the program starts inherit it. Options come from the command line only through `greenlets run`.
 */
import * as nodeModule from "node:module";
import { host } from "./cli/host.ts";
import { hasThreadHooks, installHooks } from "./cli/hooks.ts";
import { settingsFor } from "./cli/load-settings.ts";
import { loadBabel } from "./cli/load.ts";

nodeModule.enableCompileCache?.();
if (host.takes === "javascript" && host.reads !== "javascript") await loadBabel();
const settings = settingsFor(process.argv[1], false);
if ("Bun" in globalThis) (await import("./cli/bun-preload.ts")).preload(settings);
else if (hasThreadHooks) installHooks(settings);
else await import("./cli/hook-thread.ts");
