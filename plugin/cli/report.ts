import { styleText } from "node:util";
import { exitCode } from "./exit.ts";
import { UsageError } from "./usage-error.ts";

/** What a refused input looks like to a program: one element of `{ errors: […] }`. */
type Reported = { code: string; message: string; frame?: string };

/**
 * Prints why a command failed and returns its exit code. People read it on stderr, with code frames; with `--json`, programs
 * read `{ errors: [{ code, message, frame? }] }` on stdout.
 */
export function printFailure(error: unknown, json: boolean): number {
  const errors = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  if (json) process.stdout.write(`${JSON.stringify({ errors: errors.map(reported) }, null, 2)}\n`);
  else process.stderr.write(errors.map((each) => `${styleText("red", "greenlets:")} ${describeFailure(each)}\n`).join("\n"));
  return errors.some((each) => each instanceof UsageError) ? exitCode.usage : exitCode.refused;
}

/** An error as people read it: the diagnostic with its code frame; for an error of our own making, its stack. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, message } = reported(error);
  return code === "internal" ? (error.stack ?? message) : message;
}

function reported(error: unknown): Reported {
  if (!(error instanceof Error)) return { code: "internal", message: String(error) };
  const { code, frame } = error as Error & { code?: string; frame?: string };
  return { code: code ?? "internal", message: error.message, ...(frame === undefined ? {} : { frame }) };
}
