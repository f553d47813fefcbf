/**
 * The compile step in Rolldown.
 *
 *   // rolldown.config.js
 *   plugins: [greenlets()]
 */
import type { UnpluginInstance } from "unplugin";
import { unplugin, type BuildOptions } from "./unplugin.ts";

export type { BuildOptions };

/** @throws OptionsError for an unknown option */
const greenlets: UnpluginInstance<BuildOptions | undefined, false>["rolldown"] = unplugin.rolldown;
export default greenlets;
