import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { analyse } from "../plugin/analyse/index.ts";
import { factsPath, writeFacts } from "../plugin/analyse/facts.ts";
import { BODY } from "../plugin/build/compiles.ts";
import { compileUrl } from "../plugin/cli/load.ts";
import { rewrite } from "../plugin/rewrite.ts";
import { machine } from "./machine.ts";

// What a file in which nothing may switch costs where it is built or loaded: with a text that shows it, with facts that say it, and
// with neither. `node bench/plain-files.ts`. Milliseconds a file, the best of many rounds.

const ROUNDS = 40;
const folder = realpathSync(mkdtempSync(join(tmpdir(), "greenlets-plain-")));
const write = (name: string, text: string): string => (writeFileSync(join(folder, name), text), join(folder, name));

/** About 10 KB each. */
const numbers = write(
  "numbers.ts",
  `export const table: number[][] = [\n${"  [1, 2, 3, 4, 5, 6, 7, 8],\n".repeat(360)}];\n`,
);
const shape = `export class Box# {\n  private items: number[] = [];\n  add(left: number, right: number): number {\n    if (left > right) return Math.max(left, right);\n    this.items[0] = left;\n    return left + right;\n  }\n}\n`;
const shapes = write("shapes.ts", Array.from({ length: 45 }, (_, n) => shape.replace("#", String(n))).join(""));
write(
  "tsconfig.json",
  `{ "compilerOptions": { "target": "es2022", "module": "nodenext", "strict": true }, "files": ["numbers.ts", "shapes.ts"] }`,
);
const facts = factsPath(folder);
writeFacts(facts, analyse({ tsconfig: join(folder, "tsconfig.json") }));

function best(work: () => unknown): string {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const result = work();
    least = Math.min(least, performance.now() - start);
    if (result) throw new Error("This file was to be plain.");
  }
  return least.toFixed(3);
}

const build = (file: string, options: { facts?: string }): (() => unknown) => {
  const text = readFileSync(file, "utf8");
  return () => BODY.test(text) && rewrite(text, { filename: file, ...options });
};
const load = (file: string, settings: { facts: string }): (() => unknown) => {
  const url = pathToFileURL(file).href;
  return () => compileUrl(url, "module-typescript", { stress: false, ...settings });
};

const size = (file: string): string => `${(readFileSync(file).length / 1000).toFixed(1)} KB`;
const rows = [
  [`data, no function, ${size(numbers)}`, best(build(numbers, {})), best(load(numbers, { facts: "" }))],
  [`classes, with facts, ${size(shapes)}`, best(build(shapes, { facts })), best(load(shapes, { facts }))],
  [`classes, without facts, ${size(shapes)}`, best(build(shapes, {})), best(load(shapes, { facts: "" }))],
];
console.log(`${machine()}\n\n| a plain file | in a bundler, ms | in the register hook, ms |\n| --- | --: | --: |`);
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
rmSync(folder, { recursive: true });
