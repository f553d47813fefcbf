// Writes runtime/dist/greenlets.json: which functions of the runtime may switch, for the analysis of programs that use it.
import { globSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Analysis } from "./plugin/analyse/index.ts";
import type { Manifest } from "./plugin/analyse/manifest.ts";

const root = import.meta.dirname;
const runtime = join(root, "runtime");
const target = join(runtime, "dist/greenlets.json");

/** What a program can import. */
const entries = ["core/index.ts", "green/index.ts"];

export function runtimeManifest(): Manifest {
  const options = { types: ["node"], paths: { greenlets: [join(runtime, "core/index.ts")] } };
  const analysis = new Analysis({ root: runtime, files: entries, options });
  try {
    return analysis.manifest();
  } finally {
    analysis.close();
  }
}

/** True when the manifest is newer than all it is made from. */
function isFresh(): boolean {
  const written = statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(["runtime/{core,green,builtins}/**/*.ts", "plugin/analyse/*.ts", "build-manifest.ts"], {
    cwd: root,
  });
  return sources.every((file) => statSync(join(root, file)).mtimeMs < written);
}

if (import.meta.main && !isFresh()) {
  mkdirSync(join(runtime, "dist"), { recursive: true });
  writeFileSync(target, `${JSON.stringify(runtimeManifest(), null, 2)}\n`);
}
