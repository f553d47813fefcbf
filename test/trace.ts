// The text of a trace: one line per call of `log`, its values separated by spaces. `test/oracle.py` prints the same text
// for the same values of Python, so that traces can be compared byte for byte.

/** The values of one call of `log` → its line. */
export function formatLine(values: readonly unknown[]): string {
  return values.map((value) => format(value)).join(" ");
}

/** Calls `main` with a `log` that collects lines, and returns the trace: a line per call, each ended by a line break. */
export function traceOf(main: (log: (...values: unknown[]) => void) => void): string {
  const lines: string[] = [];
  main((...values) => lines.push(`${formatLine(values)}\n`));
  return lines.join("");
}

/** Strings bare, `none` for undefined and null, `[a, b]`, `{k: v}`, `Name: message` for errors, names for functions. */
export function format(value: unknown, within: readonly object[] = []): string {
  if (value === undefined || value === null) return "none";
  if (typeof value === "function") return value.name || "anonymous";
  if (typeof value !== "object") return String(value);
  if (within.includes(value)) return "(cycle)";
  return formatObject(value, [...within, value]);
}

function formatObject(value: object, within: readonly object[]): string {
  if (Array.isArray(value)) return `[${Array.from(value, (item) => format(item, within)).join(", ")}]`;
  if (value instanceof Error) return formatError(value);
  if (value instanceof Map) return `{${formatEntries([...value], within)}}`;
  if (value instanceof Set) return `{${Array.from(value, (item) => format(item, within)).join(", ")}}`;
  if ("$status" in value) return String(value);
  return `{${formatEntries(Object.entries(value), within)}}`;
}

function formatEntries(entries: readonly (readonly [unknown, unknown])[], within: readonly object[]): string {
  return entries.map(([key, value]) => `${format(key, within)}: ${format(value, within)}`).join(", ");
}

/** A class of errors that gives itself no name is known by the name of the class. */
function formatError({ name, message, constructor }: Error): string {
  const known = name === "Error" ? constructor.name : name;
  return message === "" ? known : `${known}: ${message}`;
}
