import { viewFrames } from "./describe.ts";
import type { Frame } from "./frame.ts";
import type { AnyGreenlet } from "./greenlet.ts";

/** Development builds: where each greenlet was created, as lines of a stack. */
const origins = new WeakMap<AnyGreenlet, string>();

/** Development builds: what waited below each error when it left the activation it was thrown in, as lines of a stack. */
const waiting = new WeakMap<object, string>();

/** Development builds: remembers where `greenlet` was created. */
export function noteOrigin(greenlet: AnyGreenlet): void {
  const lines = (new Error().stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  origins.set(greenlet, lines.join("\n"));
}

/** Development builds: remembers what waits when `error` leaves an activation of `greenlet`. The first time counts. */
export function noteError(error: unknown, greenlet: AnyGreenlet, frame: Frame | null): void {
  if (typeof error !== "object" || error === null || waiting.has(error)) return;
  const lines = viewFrames(frame).map(({ function: name, file, line, column }) => {
    const place = file === undefined ? "<unknown>" : `${file}:${line}:${(column ?? 0) + 1}`;
    return `    at ${name || "<anonymous>"} (${place})`;
  });
  const origin = origins.get(greenlet);
  waiting.set(error, [...lines, ...(origin === undefined ? [] : ["    created", origin])].join("\n"));
}

/**
 * The stack of an error as the program's author sees it: the native frames that were running, then the frames that waited
 * below them in the greenlet, then where the greenlet was created. `error.stack` itself is left alone.
 * Complete in development builds; elsewhere just `error.stack`.
 */
export function logicalStack(error: Error): string {
  const own = (error.stack ?? String(error)).split("\n");
  const below = waiting.get(error);
  if (below === undefined) return own.join("\n");
  return [...own.slice(0, trampolineLine(own)), below].join("\n");
}

/** Where the native stack reaches the trampoline; everything below belongs to whoever switched last. */
function trampolineLine(lines: readonly string[]): number {
  const line = lines.findIndex((text) => /^\s+at run \(.*(trampoline|core)[^/\\]*\)$/.test(text));
  return line === -1 ? lines.length : line;
}
