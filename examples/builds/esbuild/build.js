import { build } from "esbuild";
import greenlets from "greenlets-plugin/esbuild";

for (const [format, extension] of [
  ["esm", ".mjs"],
  ["cjs", ".cjs"],
])
  await build({
    entryPoints: ["src/start.ts"],
    outdir: "dist",
    outExtension: { ".js": extension },
    bundle: true,
    sourcemap: true,
    platform: "node",
    format,
    plugins: [greenlets()],
  });
