import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig } from "tsdown";

const runtime = join(import.meta.dirname, "runtime");

/** Folders of the runtime whose functions switch: our own compiler makes them resumable. */
const compiledFolders = /[\\/]runtime[\\/](?:builtins|green|node)[\\/].*(?<!\.d)\.ts$/;

/** What compiled code imports, where it is part of the runtime itself. */
const ownImports = new Map([
  ["greenlets", join(runtime, "core/index.ts")],
  ["greenlets/internal", join(runtime, "core/internal.ts")],
]);

/** Modules of the built-in versions that only ask the host, so that calling them never leads to a switch. */
const plainModules = ["/natives.ts", "/check.ts", "/define.ts", "/registry.ts", "/element.ts"];

/** Compiles the parts of the runtime that may switch. The compiler is loaded only when such a file is met. */
const ownCompiler = {
  name: "greenlets:own-compiler",
  resolveId: {
    filter: { id: /^greenlets(?:\/internal)?$/ },
    handler: (id: string) => ownImports.get(id),
  },
  load: {
    filter: { id: compiledFolders },
    async handler(id: string) {
      const { compile } = await import("./plugin/compile.ts");
      const own = /[\\/]builtins[\\/]/.test(id) ? { builtins: false, plainImports: plainModules } : {};
      const { code, map } = compile(await readFile(id, "utf8"), { filename: id, module: "esm", ...own });
      return { code, map: map && JSON.stringify(map), moduleType: "js" as const };
    },
  },
};

const shared = { format: "esm", fixedExtension: false, hash: false, dts: true, sourcemap: true } as const;

export default defineConfig([
  {
    ...shared,
    cwd: "runtime",
    entry: {
      index: "core/index.ts",
      internal: "core/internal.ts",
      builtins: "builtins/install.ts",
      green: "green/index.ts",
    },
    platform: "neutral",
    target: "es2020",
    plugins: [ownCompiler],
  },
  {
    ...shared,
    cwd: "plugin",
    entry: {
      analyse: "analyse/index.ts",
      babel: "babel.ts",
      cli: "cli/index.ts",
      facts: "analyse/facts.ts",
      "hook-thread": "cli/hook-thread.ts",
    },
    platform: "node",
    target: "node20.19",
  },
]);
