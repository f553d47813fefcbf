// A callback parser in the style of SAX: it pushes, and it knows nothing of who wants to pull.

export type Handler = {
  open(name: string, attributes: Record<string, string>): void;
  text(text: string): void;
  close(name: string): void;
};

/** Reads XML piece by piece and calls the handler as it goes. `read` returns the next piece, "" at the end. */
export function parseXml(read: () => string, handler: Handler): void {
  let rest = "";
  for (let piece = read(); piece !== ""; piece = read()) {
    rest = parsePieces(rest + piece, handler);
  }
  if (rest.trim() !== "") throw new SyntaxError(`The document ends inside of: ${rest.slice(0, 40)}`);
}

/** Handles every whole tag of a buffer; returns what is left of it. */
function parsePieces(buffer: string, handler: Handler): string {
  let at = 0;
  for (;;) {
    const start = buffer.indexOf("<", at);
    const end = start === -1 ? -1 : endOfTag(buffer, start);
    if (end === -1) return buffer.slice(at);
    if (start > at) handler.text(decode(buffer.slice(at, start)));
    parseTag(buffer.slice(start, end), handler);
    at = end;
  }
}

function endOfTag(buffer: string, start: number): number {
  const closing = buffer.startsWith("<!--", start) ? "-->" : ">";
  const end = buffer.indexOf(closing, start);
  return end === -1 ? -1 : end + closing.length;
}

function parseTag(tag: string, handler: Handler): void {
  if (tag.startsWith("<?") || tag.startsWith("<!")) return;
  if (tag.startsWith("</")) return handler.close(tag.slice(2, -1).trim());
  const name = /^<\s*([^\s/>]+)/.exec(tag)?.[1] ?? "";
  handler.open(name, attributesOf(tag));
  if (tag.endsWith("/>")) handler.close(name);
}

function attributesOf(tag: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, value] of tag.matchAll(/([\w:.-]+)\s*=\s*"([^"]*)"/g)) attributes[name!] = decode(value!);
  return attributes;
}

const entities: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&" };

function decode(text: string): string {
  return text.includes("&") ? text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => entities[entity]!) : text;
}
