import greenlets from "greenlets-plugin/rollup";
import esbuild from "rollup-plugin-esbuild";

export default {
  input: "src/start.ts",
  external: /^greenlets/,
  // Any plugin that takes types out will do; it comes after ours.
  plugins: [greenlets(), esbuild({ target: "es2022" })],
  output: [
    { file: "dist/start.mjs", format: "esm", sourcemap: true },
    { file: "dist/start.cjs", format: "cjs", sourcemap: true },
  ],
};
