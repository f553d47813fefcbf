/** What a host makes of TypeScript: nothing; JavaScript with types beside it; or all of it, with enums, namespaces and JSX. */
export type Language = "javascript" | "types" | "typescript";

const ORDER: readonly Language[] = ["javascript", "types", "typescript"];

export const can = (most: Language, needed: Language): boolean => ORDER.indexOf(needed) <= ORDER.indexOf(most);

interface Host {
  /** What it reads from a file by itself. */
  reads: Language;
  /** What a hook may hand to it. */
  takes: Language;
}

/**
 * Deno runs what a hook hands out as it is; Bun looks at the map only of code that it leaves as it is. Node takes types out since
 * 22.18 and 23.6.
 */
function thisHost(): Host {
  if ("Bun" in globalThis || "Deno" in globalThis) return { reads: "typescript", takes: "javascript" };
  const language = process.features.typescript ? "types" : "javascript";
  return { reads: language, takes: language };
}

export const host: Host = thisHost();
