import type { ParseArgsConfig } from "node:util";

/** The values and positionals of one command line, as util.parseArgs returns them. */
export type Arguments = {
  values: Record<string, string | boolean | (string | boolean)[] | undefined>;
  positionals: string[];
};

/** One subcommand of `greenlets`. */
export type Command = {
  /** One line for the list of commands. */
  summary: string;
  /** What follows the command's name: `[--stress] FILE [ARGUMENTS…]`. */
  usage: string;
  /** The body of its `--help`, option by option. */
  details: string;
  options: NonNullable<ParseArgsConfig["options"]>;
  /** True: everything after the first positional belongs to the program that is run, not to us. */
  passesArguments?: boolean;
  /** Returns an exit code; undefined leaves it to the program that was started. */
  run(given: Arguments): Promise<number | undefined>;
};
