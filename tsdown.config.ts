import { defineConfig } from "tsdown";
import { compiledParts, compileRuntime, runtimeModules } from "./compile-runtime.ts";
import { runtimeFacts } from "./runtime-facts.ts";

/** Compiles the parts of the runtime that may switch. */
const ownCompiler = {
  name: "greenlets:own-compiler",
  resolveId: {
    filter: { id: /^greenlets(?:\/\w+)?$/ },
    handler(id: string) {
      const source = runtimeModules[id];
      // `import "greenlets/iteration"` is there for what it does.
      return source && { id: source, moduleSideEffects: true };
    },
  },
  load: {
    filter: { id: compiledParts },
    handler(id: string) {
      const { code, map } = compileRuntime(id, runtimeFacts());
      return { code, map: map && JSON.stringify(map), moduleType: "ts" as const };
    },
  },
};

// Files keep their names from build to build and are not removed first: a program that starts during a build finds its packages.
const shared = {
  clean: false,
  format: "esm",
  fixedExtension: false,
  hash: false,
  // What several entries share has names apart from theirs.
  outputOptions: { chunkFileNames: "shared-[name].js" },
  // What is marked @internal is for the other parts of the package.
  dts: { compilerOptions: { stripInternal: true } },
  sourcemap: true,
} as const;

export default defineConfig([
  {
    ...shared,
    cwd: "runtime",
    entry: {
      index: "core/index.ts",
      internal: "core/internal.ts",
      builtins: "builtins/install.ts",
      classes: "classes/install.ts",
      context: "node/exports.ts",
      development: "development/install.ts",
      iteration: "iteration/install.ts",
      language: "language/install.ts",
      green: "green/index.ts",
      "green/testing": "green/testing.ts",
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
      compile: "compile.ts",
      coverage: "testing/coverage/index.ts",
      facts: "analyse/facts.ts",
      fixture: "testing/fixtures/pause.ts",
      "fixture-plain": "testing/fixtures/plain-pause.ts",
      "fixture-thread": "testing/fixtures/thread.ts",
      "hook-thread": "cli/hook-thread.ts",
      register: "register.ts",
      testing: "testing/index.ts",
      vitest: "testing/vitest.ts",
      vite: "build/vite.ts",
      rollup: "build/rollup.ts",
      rolldown: "build/rolldown.ts",
      webpack: "build/webpack.ts",
      rspack: "build/rspack.ts",
      esbuild: "build/esbuild.ts",
      bun: "build/bun.ts",
      lint: "lint/index.ts",
    },
    platform: "node",
    target: "node20.19",
  },
]);
