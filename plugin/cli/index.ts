import { parseArgs } from "node:util";
import type { Arguments, Command } from "./command.ts";
import { commands } from "./commands.ts";
import { exitCode } from "./exit.ts";
import { helpFor, helpForAll } from "./help.ts";
import { printFailure } from "./report.ts";
import { nearest } from "../nearest.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

/**
 * The `greenlets` command.
 *
 * In: the arguments after `greenlets`. Out: an exit code (see exit.ts), or undefined when a program was started and owns it.
 * Never throws: every failure is printed on stderr, as JSON on stdout when `--json` is among the arguments.
 */
export async function main(args: string[]): Promise<number | undefined> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") return say(await helpForAll());
  if (name === "--version" || name === "-v") return say(version());
  try {
    const command = await commandNamed(name);
    const given = parse(command, rest);
    if (given.values["help"] === true) return say(helpFor(name, command));
    return await command.run(given);
  } catch (error) {
    return printFailure(error, rest.includes("--json"));
  }
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return exitCode.done;
}

async function commandNamed(name: string): Promise<Command> {
  const load = commands.get(name);
  if (load !== undefined) return load();
  const guess = nearest(name, [...commands.keys()]);
  const hint = guess === undefined ? "`greenlets --help` lists the commands" : `did you mean \`${guess}\`?`;
  throw new UsageError("unknown-command", `There is no command \`${name}\`: ${hint}`);
}

function parse(command: Command, args: string[]): Arguments {
  const options = { ...command.options, help: { type: "boolean", short: "h" } } as const;
  const ours = command.passesArguments ? args.findIndex((arg) => !arg.startsWith("-")) : -1;
  const passed = ours === -1 ? [] : args.slice(ours);
  try {
    const { values, positionals } = parseArgs({
      args: ours === -1 ? args : args.slice(0, ours),
      options,
      allowPositionals: true,
    });
    return { values: values as Arguments["values"], positionals: [...positionals, ...passed] };
  } catch (error) {
    throw optionError(error, Object.keys(options));
  }
}

/** util.parseArgs explains itself well; we add the option that was probably meant. */
function optionError(error: unknown, known: string[]): UsageError {
  const message = error instanceof Error ? error.message : String(error);
  const unknown = /Unknown option '--?([^']+)'/.exec(message)?.[1];
  const guess = unknown === undefined ? undefined : nearest(unknown, known);
  const sentence = unknown === undefined ? message : `There is no option \`--${unknown}\``;
  return new UsageError("unknown-option", guess === undefined ? sentence : `${sentence}: did you mean \`--${guess}\`?`);
}
