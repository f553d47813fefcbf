// Our own plugin, on our own programs. Build first: `npm run build`.
export default {
  overrides: [
    {
      test: ["./examples", "./bench"],
      plugins: ["greenlets-plugin/babel"],
      presets: ["@babel/preset-typescript"],
    },
  ],
};
