// Scenarios of gevent: fixtures/green/<case>/trace.txt is what CPython with gevent prints for oracle.py (`node test/oracle.ts`
// records it); input.ts must print the same, compiled and in stress mode, on the real clock and on a virtual one.
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatLine } from "../trace.ts";
import { load, modes, type Mode } from "./load.ts";
import { patiently } from "./patience.ts";

type Main = (log: (...values: unknown[]) => void) => void;

const root = join(import.meta.dirname, "../..");
const cases = globSync("fixtures/green/*/input.ts", { cwd: root })
  .map((input) => dirname(input))
  .toSorted();

test("there are at least 50", () => {
  expect(cases.length).toBeGreaterThanOrEqual(50);
});

describe.each(modes)("%s", (mode) => {
  test.each(cases)("%s prints what gevent prints", async (folder) => {
    const { run } = await load<typeof import("../../runtime/green/index.ts")>("greenlets/green", mode);
    await patiently(mode, async () =>
      expect(await traceOf(folder, mode, (main, log) => run(main, log))).toBe(expected(folder)),
    );
  });

  // It looks at the real clock.
  const simulated = cases.filter((folder) => !folder.includes("E81"));
  test.each(simulated)("%s prints the same in a simulation", async (folder) => {
    const { simulate } = await load<typeof import("../../runtime/green/testing.ts")>("greenlets/green/testing", mode);
    expect(await traceOf(folder, mode, (main, log) => simulate(() => main(log)))).toBe(expected(folder));
  });
});

function expected(folder: string): string {
  return readFileSync(join(root, folder, "trace.txt"), "utf8");
}

async function traceOf(
  folder: string,
  mode: Mode,
  start: (main: Main, log: Parameters<Main>[0]) => unknown,
): Promise<string> {
  const { main } = await load<{ main: Main }>(`${folder}/input.ts`, mode);
  const lines: string[] = [];
  await start(main, (...values) => lines.push(`${formatLine(values)}\n`));
  return lines.join("");
}
