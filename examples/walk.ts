// A recursive directory walker that hands out one entry at a time; whoever asks decides how far it goes.
//   npx greenlets run examples/walk.ts node_modules [COUNT]
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { iterate } from "./iterate.ts";

type Entry = { path: string; depth: number; folder: boolean };

function walk(folder: string, depth: number, give: (entry: Entry) => void): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    give({ path, depth, folder: entry.isDirectory() });
    if (entry.isDirectory()) walk(path, depth + 1, give);
  }
}

const [root, count = "Infinity"] = process.argv.slice(2);
let files = 0;
let folders = 0;
let deepest = 0;
let largest = { path: "", bytes: 0 };
for (const { path, depth, folder } of iterate<Entry>((give) => walk(root!, 0, give))) {
  if (folder) folders++;
  else files++;
  deepest = Math.max(deepest, depth);
  const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0 };
  if (!folder && size > largest.bytes) largest = { path, bytes: size };
  if (files + folders >= Number(count)) break;
}
console.log(JSON.stringify({ files, folders, deepest, largest }));
