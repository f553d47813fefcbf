/**
 * register — compiles every module of a program as Node loads it: `node --import greenlets-plugin/register app.ts`
 *
 * Threads that the program starts inherit it. Options come from the command line only through `greenlets run`.
 */
import * as nodeModule from "node:module";

// Before the compiler is loaded: from the second run on, that takes half the time.
nodeModule.enableCompileCache?.();
await import("./cli/register.ts");
