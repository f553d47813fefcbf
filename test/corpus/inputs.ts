/** What the packages work on: their own texts, and data made by counting. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Inputs } from "./workloads.ts";

export const installed: string = join(import.meta.dirname, ".installed");

const topics = ["parsers", "printers", "queues", "trees", "graphs", "caches"];

function section(index: number): string {
  const topic = topics[index % topics.length];
  return [
    `## ${index}. On *${topic}* and __other things__`,
    `A [link ${index}](https://example.org/${index} "title") and \`code ${index}\`, ~~old~~, https://example.org/${topic}.`,
    `- item ${index}\n  - nested **${topic}**\n  - [x] done\n1. first\n2. second`,
    `| a | b |\n|---|--:|\n| ${index} | ${index * index} |`,
    `\`\`\`js\nconst ${topic} = ${index};\n\`\`\``,
    `> quoted ${topic}\n> again\n\n<b>html</b> &amp; "quotes" -- and ...\n\n---`,
  ].join("\n\n");
}

const text = (name: string): string => readFileSync(join(import.meta.dirname, "inputs", name), "utf8");

export function makeInputs(): Inputs {
  return {
    javascript: readFileSync(join(installed, "node_modules/esprima/dist/esprima.js"), "utf8"),
    typescript: { "program.ts": text("program.txt"), "lib.d.ts": text("lib.txt") },
    markdown: Array.from({ length: 120 }, (_, index) => section(index)).join("\n\n"),
    records: Array.from({ length: 600 }, (_, id) => ({
      id,
      name: `name ${(id * 7919) % 601}`,
      tags: Array.from({ length: id % 4 }, (_tag, index) => `tag${(id + index) % 9}`),
      nested: { price: ((id * 37) % 1000) / 4, note: `line ${id}: "quoted" & <b>` },
    })),
  };
}
