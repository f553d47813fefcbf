import { readFile } from "node:fs/promises";
import { defineConfig } from "tsdown";

/** Folders of the runtime whose functions switch: our own compiler makes them resumable. */
const compiledFolders = /[\\/]runtime[\\/](?:builtins|green|node)[\\/].*\.ts$/;

/** Compiles the parts of the runtime that may switch. The compiler is loaded only when such a file is met. */
const ownCompiler = {
  name: "greenlets:own-compiler",
  load: {
    filter: { id: compiledFolders },
    async handler(id: string) {
      const { compile } = await import("./plugin/compile.ts");
      const { code, map } = compile(await readFile(id, "utf8"), { filename: id });
      return { code, map, moduleType: "js" as const };
    },
  },
};

const shared = { format: "esm", fixedExtension: false, hash: false, dts: true, sourcemap: true } as const;

export default defineConfig([
  {
    ...shared,
    cwd: "runtime",
    entry: { index: "core/index.ts", internal: "core/internal.ts" },
    platform: "neutral",
    target: "es2020",
    plugins: [ownCompiler],
  },
  {
    ...shared,
    cwd: "plugin",
    entry: { babel: "babel.ts", cli: "cli/index.ts", "hook-thread": "cli/hook-thread.ts" },
    platform: "node",
    target: "node20.19",
  },
]);
