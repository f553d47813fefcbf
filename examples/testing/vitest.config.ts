import greenlets from "greenlets-plugin/vite";

export default { plugins: [greenlets()], test: { include: ["tests/vitest/*.test.ts"] } };
