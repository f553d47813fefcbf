import { defineConfig } from "tsdown";

export default defineConfig([
  {
    cwd: "runtime",
    entry: { index: "core/index.ts", internal: "core/internal.ts" },
    platform: "neutral",
    target: "es2020",
    dts: true,
  },
  {
    cwd: "plugin",
    entry: { babel: "babel.ts", cli: "cli/index.ts" },
    platform: "node",
    target: "node20.19",
    dts: true,
  },
]);
