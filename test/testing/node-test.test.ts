// The text form in snapshots of node:test, from the built package.
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "../cli/program.ts";
import { root, runNode } from "../command.ts";

test("node:test writes it, compares it, and sees a change", () => {
  const folder = folderWith({
    "package.json": `{ "type": "module" }\n`,
    "output.test.js": `import { test } from "node:test";
import { compile, serialize } from "greenlets-plugin/testing";
test("output", (t) => {
  const source = process.env.CHANGED ? "const f = (g) => [h(g)];" : "const f = (g) => [g()];";
  t.assert.snapshot(compile(source, { filename: "f.js" }), { serializers: [serialize] });
});
`,
  });
  mkdirSync(join(folder.path, "node_modules"));
  symlinkSync(join(root, "plugin"), join(folder.path, "node_modules/greenlets-plugin"));
  const run = (env: NodeJS.ProcessEnv, ...args: string[]): number | null =>
    runNode(["--test", ...args, "output.test.js"], { cwd: folder.path, env }).code;
  expect(run({}, "--test-update-snapshots")).toBe(0);
  expect(folder.read("output.test.js.snapshot")).toContain("f may switch\n  g()\n");
  expect(run({})).toBe(0);
  expect(run({ CHANGED: "1" })).toBe(1);
});
