import type { Command } from "./command.ts";
import { loadCommands } from "./commands.ts";
import { exitCodesHelp } from "./exit.ts";

/** What `greenlets --help` prints. */
export async function helpForAll(): Promise<string> {
  const commands = await loadCommands();
  const width = Math.max(...commands.map(([name]) => name.length));
  const lines = commands.map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    "greenlets: plain functions that can pause",
    "",
    "Usage: greenlets COMMAND [OPTIONS]",
    "",
    "Commands",
    ...lines,
    "",
    "  greenlets COMMAND --help  explains one command",
    "  greenlets --version       prints the version",
    "",
    exitCodesHelp,
  ].join("\n");
}

/** What `greenlets COMMAND --help` prints. */
export function helpFor(name: string, command: Command): string {
  return [
    `Usage: greenlets ${name} ${command.usage}`.trimEnd(),
    "",
    command.summary,
    "",
    command.details,
    "",
    exitCodesHelp,
  ].join("\n");
}
