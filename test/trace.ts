// The text of a trace: one line per call of `log`, its values separated by spaces. `test/oracle.py` prints the same text
// for the same values of Python, which has one word for undefined and null, so that traces can be compared byte for byte.
import { lineFormat } from "../plugin/testing/fixtures/format.ts";

/** The values of one call of `log` → its line. */
export const formatLine = lineFormat("none");

/** Calls `main` with a `log` that collects lines, and returns the trace: a line per call, each ended by a line break. */
export function traceOf(main: (log: (...values: unknown[]) => void) => void): string {
  const lines: string[] = [];
  main((...values) => lines.push(`${formatLine(values)}\n`));
  return lines.join("");
}
