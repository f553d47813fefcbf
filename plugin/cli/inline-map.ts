/** Code followed by its source map as a `data:` comment; code without a map stays as it is. */
export function withInlineMap(code: string, map: object | null): string {
  if (map === null) return code;
  const data = Buffer.from(JSON.stringify(map)).toString("base64");
  return `${endLine(code)}//# sourceMappingURL=data:application/json;base64,${data}\n`;
}

/** Code followed by a comment that names its map's file. */
export function withMapFile(code: string, mapFile: string): string {
  return `${endLine(code)}//# sourceMappingURL=${mapFile}\n`;
}

function endLine(code: string): string {
  return code.endsWith("\n") ? code : `${code}\n`;
}
