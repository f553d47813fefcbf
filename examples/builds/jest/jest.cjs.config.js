export default {
  transform: {
    "\\.ts$": [
      "babel-jest",
      {
        plugins: ["greenlets-plugin/babel", "@babel/plugin-transform-modules-commonjs"],
        presets: ["@babel/preset-typescript"],
      },
    ],
  },
};
