import { sep } from "node:path";
import { styleText } from "node:util";
import { exitCode } from "./exit.ts";
import { UsageError } from "./usage-error.ts";

/** What a refused input looks like to a program: one element of `{ errors: […] }`. The message holds the code frame. */
type Reported = { code: string; message: string; line?: number; column?: number };

/**
 * Prints why a command failed and returns its exit code. People read it on stderr, with code frames; with `--json`, programs
 * read `{ errors: [{ code, message, line?, column? }] }` on stdout.
 */
export function printFailure(error: unknown, json: boolean): number {
  const errors = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  if (json) process.stdout.write(`${JSON.stringify({ errors: errors.map(reported) }, null, 2)}\n`);
  else process.stderr.write(errors.map((each) => `${mark()} ${describeFailure(each)}\n`).join("\n"));
  return errors.some((each) => each instanceof UsageError) ? exitCode.usage : exitCode.refused;
}

/** An error as people read it: the diagnostic with its code frame; for an error of our own making, its stack. */
export function describeFailure(error: unknown): string {
  const { code, message } = reported(error);
  return code === "internal" && error instanceof Error ? (error.stack ?? message) : message;
}

function mark(): string {
  return process.stderr.isTTY ? styleText("red", "greenlets:") : "greenlets:";
}

/** Babel puts an absolute path before its messages; people and programs want the one they gave. */
function reported(error: unknown): Reported {
  if (!(error instanceof Error)) return { code: "internal", message: String(error) };
  const { code, loc } = error as Error & { code?: string; loc?: { line: number; column: number } };
  const message = error.message.replaceAll(process.cwd() + sep, "");
  return { code: code ?? "internal", message, ...(loc && { line: loc.line, column: loc.column + 1 }) };
}
