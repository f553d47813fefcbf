/**
 * The front matter of a conformance test: the YAML between `/*---` and `---*\/`, of which only four fields matter here.
 * Source: INTERPRETING.md of test262, section "Metadata".
 */
export interface Metadata {
  readonly flags: ReadonlySet<string>;
  readonly includes: readonly string[];
  readonly features: readonly string[];
  readonly negative: { readonly phase: string; readonly type: string } | null;
}

export function readMetadata(source: string): Metadata {
  const yaml = /\/\*---([\s\S]*?)---\*\//.exec(source)?.[1]?.replaceAll("\r", "\n") ?? "";
  return {
    flags: new Set(readList(yaml, "flags")),
    includes: readList(yaml, "includes"),
    features: readList(yaml, "features"),
    negative: readNegative(yaml),
  };
}

/** `flags: [a, b]`, or `flags:` followed by lines of `  - a`. */
function readList(yaml: string, field: string): string[] {
  const inline = new RegExp(`^${field}:\\s*\\[([^\\]]*)\\]`, "m").exec(yaml)?.[1];
  if (inline !== undefined)
    return inline
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== "");
  const block = new RegExp(`^${field}:\\s*\\n((?:\\s+-[^\\n]*\\n?)+)`, "m").exec(yaml)?.[1] ?? "";
  return [...block.matchAll(/^\s+-\s*(\S+)/gm)].map((match) => match[1] as string);
}

function readNegative(yaml: string): Metadata["negative"] {
  const block = /^negative:\s*\n((?:[ \t]+[^\n]*\n?)+)/m.exec(yaml)?.[1];
  if (block === undefined) return null;
  const field = (name: string): string => new RegExp(`^\\s+${name}:\\s*(\\S+)`, "m").exec(block)?.[1] ?? "";
  return { phase: field("phase"), type: field("type") };
}
