// The house is in order: types, lint, format.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./command.ts";

/** What a tool of node_modules/.bin prints; "" if it is content. */
function complaints(tool: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(join(root, "node_modules/.bin", tool), args, {
    cwd: root,
    encoding: "utf8",
  });
  return status === 0 ? "" : stdout + stderr;
}

test("types check", () => {
  expect(complaints("tsc", "--noEmit")).toBe("");
});

test("lint finds nothing", () => {
  expect(complaints("oxlint", "--deny-warnings")).toBe("");
});

test("everything is formatted", () => {
  expect(complaints("oxfmt", "--check")).toBe("");
});
