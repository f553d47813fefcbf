import greenlets from "greenlets-plugin/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [greenlets()],
  build: {
    sourcemap: true,
    ssr: true,
    rolldownOptions: {
      input: "src/start.ts",
      output: [
        { format: "es", entryFileNames: "start.mjs" },
        { format: "cjs", entryFileNames: "start.cjs" },
      ],
    },
  },
});
