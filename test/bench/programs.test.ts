// The programs that are measured compute the same however they are compiled.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { compile, type CompileOptions } from "../../plugin/compile.ts";
import { root } from "../command.ts";

const bench = join(root, "bench");
const folder = mkdtempSync(join(bench, ".compiled-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Compiled into a folder as deep as its own, so that its imports hold. */
function compiled(file: string, options: Partial<CompileOptions> = {}): string {
  const filename = join(bench, file);
  const output = join(folder, `${basename(file, ".ts")}${JSON.stringify(options).replaceAll(/\W/g, "")}.mjs`);
  writeFileSync(output, compile(readFileSync(filename, "utf8"), { filename, ...options }).code);
  return output;
}

function node(...words: string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", cwd: root });
  return stdout + stderr.replaceAll(/^.*Warning.*\n/gm, "");
}

/** What `run()` of a program returns, in a process of its own. */
function checksum(path: string): number {
  return Number(
    node(
      "--input-type=module",
      "-e",
      `const { run } = await import(${JSON.stringify(pathToFileURL(path).href)}); console.log(run());`,
    ),
  );
}

const expected: Record<string, number> = {
  btree: 883529,
  chess: 97862,
  interpreter: 377455,
  json: 310995.5,
  raytracer: 757203,
  template: 363215,
};

test("there is an expected result for every program", () => {
  expect(readdirSync(join(bench, "programs"))).toEqual(Object.keys(expected).map((name) => `${name}.ts`));
});

test.each(Object.entries(expected))("%s", (name, sum) => {
  expect(checksum(compiled(`programs/${name}.ts`))).toBe(sum);
  expect(checksum(compiled(`programs/${name}.ts`, { stress: true }))).toBe(sum);
});

const greenlets = compiled("workloads/greenlets.ts");

test.each([
  "W1 100",
  "W1s 100",
  "W2 100 50",
  "W3 6",
  "W4 100",
  "W6 10",
  "W7 100 16",
  "W7 100 1",
  "W9 10 10",
  "W9s 10 10",
  "ring 100 10",
])("%s", (words) => {
  const line = JSON.parse(node(greenlets, ...words.split(" "))) as { workload: string; min: number };
  expect(line.workload).toBe(words.split(" ")[0]);
  expect(line.min).toBeGreaterThan(0);
});

test("a workload that is not there is named", () => {
  expect(node(greenlets, "W0")).toContain("greenlets has no workload W0; it has W1, W1s, W2");
});
