/**
 * register — compiles every module of a program as Node loads it: `node --import greenlets-plugin/register app.ts`
 *
 * Threads that the program starts inherit it. Options come from the command line only through `greenlets run`.
 */
import * as nodeModule from "node:module";
import { hasThreadHooks, installHooks } from "./cli/hooks.ts";

nodeModule.enableCompileCache?.();
if (hasThreadHooks) installHooks(false);
else await import("./cli/hook-thread.ts");
