/** The runtime, built from its sources as the package is: as one script for realms, or as modules. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type UserConfig } from "tsdown";
import configs from "../../tsdown.config.ts";

/**
 * The text of a script whose value has all exports of `greenlets` and `greenlets/internal`: every realm gets its own copy, with its
 * own errors and its own builtins. A script needs the directive that modules do without.
 */
export async function bundleRuntime(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), "greenlets-"));
  try {
    await buildRuntime({
      entry: { runtime: join(import.meta.dirname, "runtime-entry.ts") },
      format: "iife",
      globalName: "greenlets",
      treeshake: false,
      outDir,
    });
    return `"use strict";\n${readFileSync(join(outDir, "runtime.iife.js"), "utf8")}\ngreenlets;`;
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

/** `index.js`, `internal.js` and `builtins.js` in `outDir`. */
export async function buildModules(outDir: string): Promise<void> {
  await buildRuntime({ outDir });
}

async function buildRuntime(changes: UserConfig): Promise<void> {
  const [runtime] = configs;
  if (runtime === undefined) throw new Error("tsdown.config.ts names no package");
  const cwd = join(import.meta.dirname, "../../runtime");
  await build({
    ...runtime,
    cwd,
    config: false,
    dts: false,
    sourcemap: false,
    clean: false,
    logLevel: "error",
    ...changes,
  });
}
