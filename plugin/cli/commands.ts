import type { Command } from "./command.ts";
import { compileCommand } from "./compile.ts";
import { diffCommand } from "./diff.ts";
import { runCommand } from "./run.ts";
import { traceCommand } from "./trace.ts";

/** Every subcommand, in the order in which `--help` lists them. */
export const commands: ReadonlyMap<string, Command> = new Map([
  ["run", runCommand],
  ["compile", compileCommand],
  ["diff", diffCommand],
  ["trace", traceCommand],
]);
