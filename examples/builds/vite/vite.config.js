import greenlets from "greenlets-plugin/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [greenlets()],
  build: {
    sourcemap: true,
    minify: false,
    target: "es2022",
    lib: {
      entry: "src/start.ts",
      formats: ["es", "cjs"],
      fileName: (format) => (format === "es" ? "start.mjs" : "start.cjs"),
    },
  },
});
