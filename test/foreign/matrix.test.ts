import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { load } from "../semantics/load.ts";
import type * as Program from "./program.ts";
import { kept, through, ways } from "./ways.js";

// Every foreign frame × every way in which uncompiled code can treat what it is handed in the middle of a switch × both
// builds. Whatever happens in a cell, the switch below is refused, both `finally` run, and the next switch works.

const source = readFileSync(join(import.meta.dirname, "program.ts"), "utf8").replace(
  /^import .* from "greenlets";$/m,
  "",
);

/** From node_modules, as it is. */
const lodash = createRequire(import.meta.url)("lodash") as { map: Program.Foreign["library"] };

/** Uncompiled: they call the host's own functions. */
const foreign: Program.Foreign = {
  sorted: (list, compare) => list.sort(compare),
  library: lodash.map,
  write: (value) => JSON.stringify(value),
  through,
};

const builds = {
  production: await load<typeof Program>(source),
  development: await load<typeof Program>(source, { dev: true }),
};

type Build = keyof typeof builds;

const cells = Object.keys(builds.production.frames).flatMap((frame) =>
  Object.keys(ways).map((way) => [frame, way] as const),
);

/** What the compiled caller of the foreign frame sees in the end. */
function outcome(build: Build, frame: string, way: string): string {
  // The error is in the promise that the foreign frame returned, unless that frame failed for another reason first.
  const fails = build === "production" && (way === "coerces it" || way === "throws");
  if (frame === "an async function" && !fails) return "returned";
  const isSwallowed = way === "catches what we throw" || way === "swallows it in a promise";
  if (!isSwallowed || (build === "production" && frame !== "a library")) return "foreign-frame";
  // The error was thrown at the switch, and the foreign frame caught it. A promise is no text, whoever made it.
  const isNoText = frame === "a toString" && way === "swallows it in a promise";
  return isNoText ? "TypeError: Cannot convert object to primitive value" : "returned";
}

/** A function that only hands on what its callback returns is not in the way: nothing of it is left to do. */
function isCarriedOut(build: Build, frame: string, way: string): boolean {
  return (
    build === "production" &&
    frame === "an uncompiled function" &&
    (way === "returns it" || way === "catches what we throw")
  );
}

describe.each(Object.keys(builds) as Build[])("%s build", (build) => {
  const { frames, run } = builds[build];

  test.each(cells)("%s: the foreign frame %s", (frame, way) => {
    const before = kept.length;
    const { trace, errors, received } = run(frames[frame]!, ways[way]!, foreign);
    const steps = trace.filter((step) => !step.startsWith("a text of"));
    const end = steps.splice(-2);

    if (isCarriedOut(build, frame, way)) {
      expect([received, steps, end]).toEqual([
        ["a switch below", "a switch afterwards"],
        ["switched", "finally"],
        ["returned", "outer finally"],
      ]);
      return;
    }
    // No cell ends in a wrong value or a hang.
    expect(received).toEqual(["a switch afterwards", "answered 20"]);
    // The error is thrown at the switch, every time; its `catch` and `finally` run.
    expect(steps.length).toBeGreaterThan(0);
    expect(steps).toEqual(Array.from({ length: steps.length / 2 }, () => ["caught at the switch", "finally"]).flat());
    expect(end).toEqual([outcome(build, frame, way), "outer finally"]);
    for (const error of errors.slice(0, steps.length / 2)) {
      expect(error).toMatchObject({
        name: "GreenletError",
        code: "foreign-frame",
        message: expect.stringMatching(/\(at \S+:\d+:\d+\)/),
      });
    }
    // In a development build the switch is refused before the foreign frame gets anything.
    if (build === "development") expect(kept.length).toBe(before);
  });

  test("all switches of a development build are refused where they stand", () => {
    const { errors } = run(frames["an uncompiled function"]!, ways["drops it"]!, foreign);
    const place = /at (program:\d+:\d+):\d+/.exec((errors[0] as Error).message)?.[1];
    expect(place).toBeDefined();
    if (build === "development") expect((errors[0] as Error).stack).toContain(`at switching (${place}`);
  });
});

describe("what else is not compiled", () => {
  const isError = (part: string) =>
    expect.objectContaining({ code: "foreign-frame", message: expect.stringContaining(part) });

  test("the body of a greenlet", async () => {
    const { start } = await load<{ start(body: () => unknown): unknown }>(
      `export function start(body) { return new Greenlet(body).switch(); }
       export function pause() { return getCurrent().parent.switch("paused"); }`,
    );
    const { pause } = await load<{ pause(): unknown }>(
      `export function pause() { return getCurrent().parent.switch("paused"); }`,
    );
    expect(() => start(() => [pause()])).toThrow(isError("not compiled"));
    // And afterwards a compiled one works.
    const { compiled } = await load<{ compiled(): unknown }>(
      `export function compiled() { const greenlet = new Greenlet(() => [getCurrent().parent.switch("paused")]); return [greenlet.switch(), greenlet.switch(1)]; }`,
    );
    expect(compiled()).toEqual(["paused", [1]]);
  });
});
