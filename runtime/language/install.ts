import { core } from "../core/core.ts";
import { addPart } from "../core/part.ts";
import * as language from "./language.ts";

// Loaded by compiled modules with expressions that became several statements: adds what those call to `$`.

export type Language = typeof language;

addPart(language);

/** With this part: for other parts that need it. */
export const { $ } = core;
