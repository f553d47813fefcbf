import greenlets from "greenlets-plugin/rolldown";
import { defineConfig } from "rolldown";

export default defineConfig({
  input: "src/start.ts",
  platform: "node",
  plugins: [greenlets()],
  output: [
    { file: "dist/start.mjs", format: "esm", sourcemap: true },
    { file: "dist/start.cjs", format: "cjs", sourcemap: true },
  ],
});
