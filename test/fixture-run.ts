// How a fixture runs: its `main(log)` in a greenlet of its own whose parent is main, driven by answering every pause with its number.
import type { Greenlet } from "greenlets";
import { format, formatLine } from "./trace.ts";

/** What every fixture exports. CommonJS, which can't import it, is handed `pause`. */
export type Main = (log: (...values: unknown[]) => void, pause: (value?: unknown) => number) => unknown;

/** `pause("a")`, answered with 1 → `pause(a) = 1`. */
export function pauseLine(value: unknown, answer: number): string {
  return `pause(${format(value)}) = ${answer}`;
}

/** The two modules that a run needs, in the copy that the fixture sees. */
export type Surroundings = { Greenlet: typeof Greenlet; pause: (value?: unknown) => number };

/** Runs a compiled `main` in a fresh greenlet to its end; returns the lines of its trace. */
export function runInGreenlet(main: Main, { Greenlet, pause }: Surroundings): string[] {
  const trace: string[] = [];
  const greenlet = new Greenlet(main as (...args: unknown[]) => unknown);
  const log = (...values: unknown[]): void => void trace.push(formatLine(values));
  return ended(trace, () => {
    let value = greenlet.switch(log, pause);
    for (let answer = 1; !greenlet.dead; answer++) {
      trace.push(pauseLine(value, answer));
      value = greenlet.switch(answer);
    }
    return value;
  });
}

/** Runs `main` as the plain JavaScript it is; `record` tells its `pause` where to log. */
export function runPlain(main: Main, { record, pause }: typeof import("./plain-pause.ts")): string[] {
  const trace: string[] = [];
  record(trace);
  return ended(trace, () => main((...values) => void trace.push(formatLine(values)), pause));
}

/** The last line says how it ended: `returned 3`, or `threw TypeError: …`. */
function ended(trace: string[], run: () => unknown): string[] {
  try {
    const value = run();
    trace.push(`returned ${format(value)}`);
  } catch (error) {
    trace.push(`threw ${format(error)}`);
  }
  return trace;
}
