// greenlets-plugin/coverage: what a report says of compiled code, suspended at every call, is what it says of the same code uncompiled.
import { expect, test } from "vitest";
import { projectWith, vitest } from "./project.ts";

/** Istanbul's summary of a file, as far as it is compared. */
type Summary = Record<"lines" | "functions" | "branches" | "statements", { total: number; covered: number }>;

const walk = `import { ask } from "./ask.ts";
export class Walker {
  seen: number[] = [];
  walk(list: number[], loud = ask(0) > 1): string {
    for (const item of list) {
      if (item > 100) {
        this.seen.push(-1);
        continue;
      }
      try {
        this.seen.push(item % 2 === 0 ? ask(item) : ask(item + 1));
        if (item === 2) ask(9);
        else if (item === 77) ask(10);
      } catch (error) {
        this.seen.push(error instanceof TypeError ? 1 : 2);
      } finally {
        ask(1);
      }
    }
    switch (ask(list.length)) {
      case 1:
        this.seen.push(ask(100));
        break;
      case 3:
        this.seen.push(ask(300));
        break;
      default:
        this.seen.push(0);
    }
    let rest = list.length;
    while (rest > 0 && ask(rest) < 10) rest--;
    const late = rest > 5 || ask(0);
    if (late) return "late";
    const shout = (text: string): string => text.toUpperCase();
    return loud ? shout(this.seen.join()) : this.seen.join();
  }
}
export function never(list: number[]): number[] {
  return list.map((item) => ask(item));
}
`;

/** Calls, in a greenlet and outside of one, what gives the same. */
const tests = `import { run } from "greenlets/green";
import { expect, test } from "vitest";
import { Walker } from "./src/walk.ts";
const body = (): string => new Walker().walk([1, 2, 3]);
test("walk", async () => { expect(await run(body)).toBe("2,2,4,300"); });
`;

const plain = `export function ask(rest: number): number {\n  return rest;\n}\n`;
const waiting = `import { sleep } from "greenlets/green";
export function ask(rest: number): number {
  sleep(1);
  return rest;
}
`;

function summaries(plugins: string, provider: string, ask: string): Record<string, Summary> {
  const project = projectWith({
    "src/walk.ts": walk,
    "src/unused.ts": walk.replace("Walker", "Nobody"),
    "src/ask.ts": ask,
    "walk.test.ts": tests,
    "vitest.config.ts": `import greenlets from "greenlets-plugin/vite";
export default { plugins: ${plugins}, test: { coverage: { enabled: true, ${provider}, include: ["src/**"], reporter: ["json-summary"] } } };
`,
  });
  expect(vitest(project)).toMatchObject({ code: 0 });
  const all = JSON.parse(project.read("coverage/coverage-summary.json")) as Record<string, Summary>;
  return Object.fromEntries(["walk", "unused"].map((name) => [name, all[`${project.path}/src/${name}.ts`]!]));
}

test("lines, branches, functions and statements are those of the uncompiled run; so are those of a file that nobody loads", () => {
  const ours = `provider: "custom", customProviderModule: "greenlets-plugin/coverage"`;
  const compiled = summaries("[greenlets()]", ours, waiting);
  expect(compiled).toEqual(summaries("[]", `provider: "v8"`, plain));
  expect(compiled["walk"]).toMatchObject({ functions: { total: 4, covered: 1 }, branches: { total: 22, covered: 14 } });
  expect(compiled["unused"]).toMatchObject({ lines: { covered: 0 } });
}, 120_000);
