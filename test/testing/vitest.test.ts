// A user's project whose own tests use greenlets-plugin/vitest: run by Vitest in a process of its own, from the built packages.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, type Folder } from "../cli/program.ts";
import { root, runNode, type Outcome } from "../command.ts";

const config = `import greenlets from "greenlets-plugin/vite";
export default { plugins: [greenlets()] };
`;

const shop = `import { sleep } from "greenlets/green";
export function price(item: string): number {
  sleep(1);
  return item.length;
}
export const double = (n: number): number => n * 2;
`;

const tests = `import { readFileSync } from "node:fs";
import { compile } from "greenlets-plugin/testing";
import { test } from "greenlets-plugin/vitest";
import { expect } from "vitest";
import { double, price } from "./shop.ts";

const result = compile(readFileSync(new URL("./shop.ts", import.meta.url), "utf8"), { filename: "shop.ts" });

test("waits without async", () => {
  const prices = ["a", "bcd"].map((item) => price(item));
  expect(prices).toEqual([1, 3]);
  expect(double(2)).toBe(4);
});

test("knows what may switch", () => {
  expect(result).toSwitchAt("shop.ts:3");
  expect(result).not.toSwitchAt("shop.ts:4");
  expect(result).toStayPlain("double");
  expect(result).toMapTo([["item.length", "4:10"]]);
});

test("shows the output", () => {
  expect(result).toMatchGreenletSnapshot();
});
`;

function project(files: Record<string, string>): Folder {
  const folder = folderWith({ "package.json": `{ "type": "module" }\n`, "vitest.config.ts": config, ...files });
  mkdirSync(join(folder.path, "node_modules"), { recursive: true });
  for (const [name, target] of [
    ["greenlets", "runtime"],
    ["greenlets-plugin", "plugin"],
    ["vitest", "node_modules/vitest"],
    ["vite", "node_modules/vite"],
  ] as const)
    symlinkSync(join(root, target), join(folder.path, "node_modules", name));
  return folder;
}

function vitest(folder: Folder, ...args: string[]): Outcome {
  return runNode([join(root, "node_modules/vitest/vitest.mjs"), "run", "--no-cache", ...args], {
    cwd: folder.path,
    env: { CI: "1" },
  });
}

describe("greenlets-plugin/vitest", () => {
  test("tests wait, matchers answer, snapshots are written and compared, a changed callee is one line of the review", () => {
    const folder = project({ "shop.ts": shop, "shop.test.ts": tests });
    expect(vitest(folder, "-u").stdout).toMatch(/3 passed/);
    expect(vitest(folder).code).toBe(0);
    const snapshot = "__snapshots__/shop.test.ts.snap";
    const before = folder.read(snapshot);
    expect(before).toContain("price may switch\n  sleep(1)  keeps item");

    writeFileSync(join(folder.path, "shop.ts"), shop.replaceAll("sleep", "idle"));
    const changed = vitest(folder);
    expect(changed.code).toBe(1);
    expect(changed.stdout + changed.stderr).toContain("Snapshot `shows the output 1` mismatched");
    expect(vitest(folder, "-u").code).toBe(0);
    const old = new Set(before.split("\n"));
    const news = folder
      .read(snapshot)
      .split("\n")
      .filter((line) => !old.has(line));
    expect(news.filter((line) => line.includes("keeps"))).toEqual(["  idle(1)  keeps item"]);
  });

  test("a test that leaves a greenlet parked fails, and says which", () => {
    const folder = project({
      "parked.test.ts": `import { Event, sleep, spawn } from "greenlets/green";
import { test } from "greenlets-plugin/vitest";
import { expect } from "vitest";
const never = new Event();
const waitFor = (event: Event): void => { event.wait(); };
test("leaves one behind", () => { spawn(() => waitFor(never)); sleep(1); });
test("throws", () => { expect(1).toBe(2); });
test("is tidy", () => { const task = spawn(() => 7); expect(task.get()).toBe(7); });
`,
    });
    const { stdout, stderr, code } = vitest(folder);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain("The test left a greenlet parked");
    expect(stdout + stderr).toContain("expected 1 to be 2");
    expect(stdout).toMatch(/2 failed \| 1 passed/);
  });
});
