// A program of three files for every bundler, and what is asked of what they make of it.
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { root, runNode, type Outcome } from "../command.ts";

const ask = `import { getCurrent } from "greenlets";

type Answer = { text: string };

export function ask(question: string): string {
  if (question === "") throw new RangeError("no question");
  const answer = getCurrent().parent!.switch(question) as Answer;
  if (answer.text === "stop") throw new RangeError("stopped");
  return answer.text;
}
`;

export const plain = `export   function add(left:number,right:number):number{return left+right}\n`;

const main = `import { Greenlet } from "greenlets";
import { ask } from "./ask.ts";
import { add } from "./plain.ts";

const talk = new Greenlet((words: string[]) => words.map((word) => ask(word)).join(add(1, 2).toString()));
const said: unknown[] = [talk.switch(["a", "b"]), talk.switch({ text: "A" })];
if (globalThis.process?.argv.includes("stop")) talk.switch({ text: "stop" });
else said.push(talk.switch({ text: "B" }));
const line = said.join(" ");
if (typeof document === "undefined") console.log(line);
else document.body.textContent = line;
`;

export const printed = "a b A3B";

/** Where a text stands in ask.ts: line from 1, column from 0. */
export function placeInSource(text: string): string {
  const before = ask.slice(0, ask.indexOf(text)).split("\n");
  return `ask.ts:${before.length}:${before.at(-1)!.length}`;
}

/** Writes the sample into a folder, where it finds the packages as they are built. */
export function writeSampleTo(folder: string, extra: Record<string, string> = {}): string {
  const files = {
    "package.json": `{ "type": "module" }\n`,
    "src/main.ts": main,
    "src/ask.ts": ask,
    "src/plain.ts": plain,
    ...extra,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const link = join(folder, "node_modules/greenlets");
  mkdirSync(dirname(link), { recursive: true });
  if (!existsSync(link)) symlinkSync(join(root, "runtime"), link);
  return folder;
}

/** Every place that the source map gives for a text of the output. */
export function placesOf(text: string, code: string, map: object | string): string[] {
  const trace = new TraceMap(map as never);
  const places: string[] = [];
  for (let at = code.indexOf(text); at >= 0; at = code.indexOf(text, at + 1)) {
    const before = code.slice(0, at).split("\n");
    const { source, line, column } = originalPositionFor(trace, { line: before.length, column: before.at(-1)!.length });
    places.push(`${source?.split("/").at(-1)}:${line}:${column}`);
  }
  return places;
}

/** Runs a bundle in Node, with its map. */
export function runBundle(folder: string, name: string, code: string, map: string, ...args: string[]): Outcome {
  writeFileSync(join(folder, name), `${code}\n//# sourceMappingURL=${name}.map\n`);
  writeFileSync(join(folder, `${name}.map`), map);
  return runNode(["--enable-source-maps", join(folder, name), ...args], { cwd: folder });
}
