import greenlets from "greenlets-plugin/rspack";

const swc = {
  test: /\.ts$/,
  loader: "builtin:swc-loader",
  options: { jsc: { parser: { syntax: "typescript" }, target: "es2022" } },
  type: "javascript/auto",
};
const shared = {
  mode: "none",
  target: "node22",
  entry: "./src/start.ts",
  devtool: "source-map",
  module: { rules: [swc] },
};

export default [
  {
    ...shared,
    plugins: [greenlets()],
    experiments: { outputModule: true },
    output: { module: true, filename: "start.mjs", library: { type: "module" } },
  },
  { ...shared, plugins: [greenlets()], output: { filename: "start.cjs", library: { type: "commonjs2" } } },
];
