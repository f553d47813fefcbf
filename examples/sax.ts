// From push to pull: a callback parser becomes an iterator, and not a line of the parser changes.
//   npx greenlets run examples/sax.ts catalogue.xml [COUNT]
import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { iterate } from "./iterate.ts";
import { parseXml } from "./xml-parser.ts";

type XmlEvent =
  | { kind: "open"; name: string; attributes: Record<string, string> }
  | { kind: "text"; text: string }
  | { kind: "close"; name: string };

let bytesRead = 0;

/** The events of a document, read from the disk as they are asked for. */
function events(path: string): IterableIterator<XmlEvent> {
  return iterate((give) => {
    const file = openSync(path, "r");
    try {
      parseXml(reader(file), {
        open: (name, attributes) => give({ kind: "open", name, attributes }),
        text: (text) => give({ kind: "text", text }),
        close: (name) => give({ kind: "close", name }),
      });
    } finally {
      closeSync(file);
      console.log("closed");
    }
  });
}

function reader(file: number): () => string {
  const buffer = Buffer.alloc(64 * 1024);
  const decoder = new StringDecoder("utf8");
  return () => {
    const length = readSync(file, buffer);
    bytesRead += length;
    return length === 0 ? decoder.end() : decoder.write(buffer.subarray(0, length));
  };
}

/** The prices of the first books: the code that pulls is a plain loop with plain variables. */
const [path, count = "Infinity"] = process.argv.slice(2);
let books = 0;
let total = 0;
let inPrice = false;
for (const event of events(path!)) {
  if (event.kind === "open" && event.name === "book") books++;
  if (event.kind === "open") inPrice = event.name === "price";
  if (event.kind === "close") inPrice = false;
  if (event.kind === "text" && inPrice) total += Number(event.text);
  if (event.kind === "close" && event.name === "book" && books >= Number(count)) break;
}
console.log(JSON.stringify({ books, total, bytesRead }));
