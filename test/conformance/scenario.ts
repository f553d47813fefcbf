/**
 * A test as it is run: once per language mode, its body inside a function, so that every call in it is compiled.
 *
 *     assert.sameValue(f(), 1);        →   function conformanceBody() {
 *                                            "use strict";
 *                                            assert.sameValue(f(), 1);
 *                                          }
 *                                          function conformanceTest() { return conformanceBody.call(globalThis); }
 *
 * A body that means something else inside a function (it declares a global, say) fails wrapped and uncompiled, and does not count.
 */
import { readMetadata, type Metadata } from "./metadata.ts";

export type Variant = "sloppy" | "strict" | "module";

export interface Scenario {
  readonly path: string;
  readonly variant: Variant;
  readonly source: string;
  readonly metadata: Metadata;
}

export const wrapperName = "conformanceTest";

/** No scenario for what only concerns a parser: `raw` texts and errors of the parse phase. */
export function scenariosOf(path: string, text: string): Scenario[] {
  const metadata = readMetadata(text);
  if (metadata.flags.has("raw") || metadata.negative?.phase === "parse") return [];
  return variantsOf(metadata).map((variant) => ({ path, variant, metadata, source: wrap(text, variant) }));
}

function variantsOf({ flags }: Metadata): Variant[] {
  if (flags.has("module")) return ["module"];
  if (flags.has("onlyStrict")) return ["strict"];
  return flags.has("noStrict") ? ["sloppy"] : ["sloppy", "strict"];
}

function wrap(text: string, variant: Variant): string {
  if (variant === "module") return text;
  const directive = variant === "strict" ? '"use strict";' : "";
  return `function conformanceBody() {${directive}\n${text}\n}\nfunction ${wrapperName}() { return conformanceBody.call(globalThis); }\n`;
}

export function harnessFilesOf({ flags, includes }: Metadata): string[] {
  return ["assert.js", "sta.js", ...(flags.has("async") ? ["doneprintHandle.js"] : []), ...includes];
}
