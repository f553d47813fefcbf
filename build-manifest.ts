// Writes runtime/dist/greenlets.json: which functions of the runtime may switch, for the analysis of programs that use it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isFresh } from "./fresh.ts";
import { options, plain, runtime } from "./runtime-facts.ts";
import { Analysis } from "./plugin/analyse/index.ts";
import type { Manifest } from "./plugin/analyse/manifest.ts";

const target = join(runtime, "dist/greenlets.json");

/** A greenlet runs on a stack of its own, when somebody switches to it: to make one runs nothing of it. */
const keeps = ["Greenlet", "spawn", "spawnLater"];

/** What a program can import. */
const entries = ["core/index.ts", "green/index.ts"];

export function runtimeManifest(): Manifest {
  const analysis = new Analysis({ root: runtime, files: entries, options }, { assume: { plain } });
  try {
    return { ...analysis.manifest(), keeps };
  } finally {
    analysis.close();
  }
}

if (import.meta.main && !isFresh(target, "build-manifest.ts")) {
  mkdirSync(join(runtime, "dist"), { recursive: true });
  writeFileSync(target, `${JSON.stringify(runtimeManifest(), null, 2)}\n`);
}
