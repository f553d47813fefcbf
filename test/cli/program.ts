// A scratch folder outside of the repository with a program in it.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

export type Folder = { path: string; read(name: string): string };

/** Writes files into a new folder, which goes when the test ends. */
export function folderWith(files: Record<string, string>): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "greenlets-")));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, read: (name) => readFileSync(join(path, name), "utf8") };
}

/** A program that switches: `first`, `second`, `third`, in TypeScript. */
export const switching = `import { Greenlet, getCurrent } from "greenlets";
type Word = string;
function talk(word: Word): Word {
  console.log(word);
  const answer = getCurrent().parent!.switch("second") as Word;
  return answer + "!";
}
const g = new Greenlet(talk);
console.log(g.switch("first"));
console.log(g.switch("third"));
`;
