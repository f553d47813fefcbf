// Every program of docs/semantics.md prints what is shown below it, compiled and in stress mode.
import { readFileSync } from "node:fs";
import { format } from "node:util";
import { describe, expect, test } from "vitest";
import { load, MODES } from "./load.ts";

const page = readFileSync(new URL("../../docs/semantics.md", import.meta.url), "utf8");

interface Program {
  heading: string;
  code: string;
  output: string;
}

function programsOf(markdown: string): Program[] {
  return markdown.split(/^## /m).flatMap((section) => {
    const heading = section.slice(0, section.indexOf("\n"));
    const found = section.matchAll(/```js\n(.*?)```\n\n```text\n(.*?)```/gs);
    return [...found].map(([, code, output]) => ({ heading, code: code!, output: output! }));
  });
}

const programs = programsOf(page);

test("every program has its output", () => {
  expect(programs.length).toBe(page.match(/```js\n/g)?.length);
});

describe.each(MODES)("stress: $stress", (mode) => {
  test.each(programs)("$heading", async ({ code, output }) => {
    const { main } = await load<{ main(console: { log(...values: unknown[]): void }): void }>(
      `import { AsyncLocalStorage } from "node:async_hooks"; export function main(console) {\n${code}\n}`,
      mode,
    );
    const lines: string[] = [];
    main({ log: (...values) => void lines.push(`${format(...values)}\n`) });
    expect(lines.join("")).toBe(output);
  });
});
