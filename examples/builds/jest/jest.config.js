export default {
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "\\.ts$": ["babel-jest", { plugins: ["greenlets-plugin/babel"], presets: ["@babel/preset-typescript"] }],
  },
};
