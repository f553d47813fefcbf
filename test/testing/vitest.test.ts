// greenlets-plugin/vitest in a user's project: run by Vitest in a process of its own, from the built packages.
import { describe, expect, test } from "vitest";
import { projectWith, vitest } from "./project.ts";

const config = `import greenlets from "greenlets-plugin/vite";
export default { plugins: [greenlets()] };
`;

describe("test", () => {
  test("fails when it leaves greenlets parked, and says which, on what, where and where they come from", () => {
    const project = projectWith({
      "vitest.config.ts": config,
      "parked.test.ts": `import { Event, sleep, spawn } from "greenlets/green";
import { test } from "greenlets-plugin/vitest";
import { expect } from "vitest";

const never = new Event();
function waitFor(event: Event): void {
  event.wait();
}
function doze(): void {
  sleep(60_000, { ref: false });
}

test("leaves two behind", () => {
  const one = spawn(() => waitFor(never));
  one.name = "waiter";
  spawn(doze).name = "sleeper";
  sleep(1);
});
test("throws", () => { expect(1).toBe(2); });
test("is tidy", () => { const task = spawn(() => 7); expect(task.get()).toBe(7); });
`,
    });
    const { stdout, stderr, code } = vitest(project);
    const report = stdout + stderr;
    expect(code).toBe(1);
    expect(report).toContain("The test left 2 greenlets parked:");
    expect(report).toMatch(
      /waiter.* waits for Event at waitFor \(.*parked\.test\.ts:7:9\); it was spawned at .*parked\.test\.ts:14:15/,
    );
    expect(report).toMatch(
      /sleeper.* waits for sleep at doze \(.*parked\.test\.ts:10:3\); it was spawned at .*parked\.test\.ts:16:3/,
    );
    expect(report).toContain("expected 1 to be 2");
    expect(stdout).toMatch(/2 failed \| 1 passed/);
  }, 120_000);
});
