// The two packages as they would be published: packed, then looked at as npm, TypeScript and bundlers will.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { filterProblems } from "@arethetypeswrong/core/problems";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "./command.ts";

type Manifest = {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  scripts?: Record<string, string>;
  exports: Record<string, unknown>;
};

const folder = mkdtempSync(join(tmpdir(), "greenlets-packed-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(["runtime", "plugin"])("%s", (workspace) => {
  const manifest = JSON.parse(readFileSync(join(root, workspace, "package.json"), "utf8")) as Manifest;
  let tarball: Buffer<ArrayBuffer>;
  let files: string[];

  beforeAll(() => {
    const { stdout, stderr, status } = spawnSync(
      "npm",
      ["pack", "--json", "--ignore-scripts", "--pack-destination", folder, "-w", workspace],
      { cwd: root, encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    const packed = JSON.parse(stdout) as Packed[] | Record<string, Packed>;
    const [{ filename, files: listed }] = Object.values(packed) as [Packed];
    tarball = readFileSync(join(folder, filename)) as Buffer<ArrayBuffer>;
    files = listed.map(({ path }) => path);
  });

  test("holds its build, its licence and nothing else", () => {
    expect(files.filter((path) => !/^(?:dist|bin)\//.test(path)).toSorted()).toEqual([
      "LICENSE",
      "README.md",
      "package.json",
    ]);
    const others = files.filter((path) => /^dist\//.test(path) && !/\.(?:js|d\.ts)(?:\.map)?$/.test(path));
    // What may switch, for the analysis of those who use the package.
    expect(others).toEqual(workspace === "runtime" ? ["dist/greenlets.json"] : []);
  });

  test("names that begin with $ are the runtime's own and in none of its types", () => {
    const types = files.filter((path) => path.endsWith(".d.ts"));
    for (const path of types) {
      expect(readFileSync(join(root, workspace, path), "utf8")).not.toMatch(/^\s+(?:readonly )?\$\w+[(:?]/m);
    }
  });

  test("runs nothing when it is installed", () => {
    const hooks = ["preinstall", "install", "postinstall", "prepare"];
    expect(Object.keys(manifest.scripts ?? {}).filter((name) => hooks.includes(name))).toEqual([]);
  });

  test("satisfies publint", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: exactBuffer(tarball) }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("has the right types for ES modules and for bundlers", async () => {
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
    if (analysis.types === false) throw new Error(`${manifest.name} has no types`);
    // The "esm-only" profile: how `require` finds types is left out.
    const problems = (["node16-esm", "bundler"] as const).flatMap((resolutionKind) =>
      filterProblems(analysis, { resolutionKind }),
    );
    expect(problems).toEqual([]);
    expect(Object.keys(analysis.entrypoints).toSorted()).toEqual(Object.keys(manifest.exports).toSorted());
  });
});

type Packed = { filename: string; files: { path: string }[] };

/** publint takes the bytes as a buffer of their own. */
function exactBuffer(bytes: Buffer<ArrayBuffer>): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

test("the runtime depends on nothing, and both packages are released together", () => {
  const [runtime, plugin] = ["runtime", "plugin"].map(
    (name) => JSON.parse(readFileSync(join(root, name, "package.json"), "utf8")) as Manifest,
  ) as [Manifest, Manifest];
  expect(runtime.dependencies).toBeUndefined();
  expect(plugin.version).toBe(runtime.version);
  expect(plugin.dependencies?.["greenlets"]).toBe(runtime.version);
});
