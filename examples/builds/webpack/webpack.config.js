import greenlets from "greenlets-plugin/webpack";

const shared = {
  mode: "none",
  target: "node22",
  entry: "./src/start.ts",
  devtool: "source-map",
  module: { rules: [{ test: /\.ts$/, loader: "ts-loader", options: { transpileOnly: true } }] },
  // The tsconfig has ts-loader rewrite `./main.ts` to `./main.js`.
  resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
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
