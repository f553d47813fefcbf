/**
 * The compile step in Vite 8: build, dev server, SSR.
 *
 *   // vite.config.ts
 *   plugins: [greenlets()]
 */
import type { UnpluginInstance } from "unplugin";
import { unplugin, type BuildOptions } from "./unplugin.ts";

export type { BuildOptions };

/** @throws OptionsError for an unknown option */
const greenlets: UnpluginInstance<BuildOptions | undefined, false>["vite"] = unplugin.vite;
export default greenlets;
