import greenlets from "greenlets-plugin/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({ plugins: [greenlets()] });
