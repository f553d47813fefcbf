/** The exit codes of every command, as `--help` and docs/cli.md list them. */
export const exitCode = {
  /** Everything asked for was done. */
  done: 0,
  /** An input could not be compiled; the report is on stderr. */
  refused: 1,
  /** The command line is wrong: an unknown command or option, a file that is not there. */
  usage: 2,
} as const;

export const exitCodesHelp = `Exit codes
  0  done
  1  an input could not be compiled (the report is on stderr)
  2  wrong usage: an unknown command or option, a file that is not there`;
