// The oracle's `pause`: a plain function that logs and answers as the driver of test/fixture-run.ts does, without any switch.
import { pauseLine } from "./fixture-run.ts";

/** Where the fixture that runs now logs; set by `record` before its `main` is called. */
let lines: string[] = [];
/** How many times it has paused. */
let pauses = 0;

/** From here on, pauses are logged in `trace` and counted from 1. */
export function record(trace: string[]): void {
  lines = trace;
  pauses = 0;
}

export function pause(value?: unknown): number {
  pauses += 1;
  lines.push(pauseLine(value, pauses));
  return pauses;
}

export function later<Value>(value: Value): Value {
  pause(value);
  return value;
}
