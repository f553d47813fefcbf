/** watch — which greenlets a test leaves behind, and where they wait. */
import { channel } from "node:diagnostics_channel";
import { getCurrent, type AnyGreenlet } from "greenlets";
import { isOwn } from "../own-folders.ts";

/** A greenlet that has not ended. */
interface Alive {
  /** The test that started it; null when a callback of the host did. */
  test: object | null;
  /** What it waits for, in words; undefined before its first wait. */
  on: string | undefined;
  spawnedAt: string;
  waitsAt: string | undefined;
}

/** Every greenlet of greenlets/green that was started since `watchGreenlets` and has not ended. */
const alive = new Map<AnyGreenlet, Alive>();
/** The test that each greenlet belongs to: its starter's. */
const testOf = new WeakMap<AnyGreenlet, object>();

/** The test whose greenlet is being started; null at all other times. */
let starting: object | null = null;

/** Follows all greenlets from here on: their starts, waits and ends. To be called once. */
export function watchGreenlets(): void {
  channel("greenlets.spawn").subscribe((message) => started((message as { green: AnyGreenlet }).green));
  channel("greenlets.end").subscribe((message) => void alive.delete((message as { green: AnyGreenlet }).green));
  channel("greenlets.park").subscribe((message) => {
    const { greenlet, on } = message as { greenlet: AnyGreenlet; on: unknown };
    const known = alive.get(greenlet);
    if (known) Object.assign(known, { on: words(on), waitsAt: place(new Error()) });
  });
}

function started(green: AnyGreenlet): void {
  const test = starting ?? testOf.get(getCurrent()) ?? null;
  if (test !== null) testOf.set(green, test);
  alive.set(green, { test, on: undefined, spawnedAt: place(new Error()), waitsAt: undefined });
}

/** Starts the greenlet of a test: those that it starts belong to the test as well. */
export function startFor<Result>(test: object, start: () => Result): Result {
  starting = test;
  try {
    return start();
  } finally {
    starting = null;
  }
}

/**
 * Those that were started since `before` (a snapshot by `living`) for a test, or for nobody, and are still there.
 * @returns a line each: its name, what it waits for, in which functions, where it was started
 */
export function leftBehind(test: object, before: ReadonlySet<AnyGreenlet>): string[] {
  return [...alive].flatMap(([greenlet, known]) =>
    before.has(greenlet) || (known.test !== null && known.test !== test) ? [] : [line(greenlet, known)],
  );
}

export function living(): Set<AnyGreenlet> {
  return new Set(alive.keys());
}

function line(greenlet: AnyGreenlet, { on, spawnedAt, waitsAt }: Alive): string {
  const waits = on === undefined ? "has not started" : `waits for ${on} at ${waitsAt}`;
  return `  ${greenlet} ${waits}; it was spawned at ${spawnedAt}`;
}

/** `price (/src/shop.ts:3:3)`: the innermost function of the program, below those of packages and of Node. */
function place(error: Error): string {
  const frames = (error.stack ?? "").split("\n").flatMap((line) => /^\s+at (.*)$/.exec(line)?.[1] ?? []);
  return frames.find((frame) => !isForeign(frame)) ?? "an unknown place";
}

function isForeign(frame: string): boolean {
  const [, file = ""] = /(?:file:\/\/)?(\/[^()]*|[A-Za-z]:[^()]*|node:[^()]*):\d+:\d+\)?$/.exec(frame) ?? [];
  return file === "" || file.startsWith("node:") || file.includes("node_modules") || isOwn(file);
}

function words(on: unknown): string {
  return typeof on === "object" && on !== null && !("switch" in on) ? on.constructor.name : String(on);
}
