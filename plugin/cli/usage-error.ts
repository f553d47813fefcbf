/** The command line is wrong, or names something that is not there. Ends the command with exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
  readonly code:
    | "unknown-command"
    | "unknown-option"
    | "missing-argument"
    | "no-such-file"
    | "no-such-function"
    | "no-typescript"
    | "not-readable"
    | "not-writable";

  constructor(code: UsageError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
