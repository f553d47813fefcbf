const commonjs = "@babel/plugin-transform-modules-commonjs";

export default {
  transform: {
    "\\.ts$": ["babel-jest", { plugins: ["greenlets-plugin/babel", commonjs], presets: ["@babel/preset-typescript"] }],
    "\\.js$": ["babel-jest", { plugins: [commonjs] }],
  },
  // Jest can't require an ES module: the runtime is one.
  transformIgnorePatterns: ["node_modules/(?!greenlets/)"],
};
