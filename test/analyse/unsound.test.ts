// Where a value is not what its type says, the analysis is wrong. Then the runtime notices the switch, and refuses it: never a wrong value.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyse } from "../../plugin/analyse/index.ts";
import { factsPath, writeFacts } from "../../plugin/analyse/facts.ts";
import { greenlets } from "../command.ts";
import { projectWith } from "./project-folder.ts";

const prelude = `import { getCurrent } from "greenlets";
export function pause(n: number): number { return getCurrent().parent!.switch(n) as number; }
export interface Counter { next(n: number): number }
export class Plain implements Counter { next(n: number): number { return n + 1; } }
`;

/** Each case declares \`use\`, which is plain by types, and returns what it is to be called with. */
const cases: Readonly<Record<string, string>> = {
  "a cast through unknown": `
    const held = { next: "pause" as unknown } as { next: unknown };
    Reflect.set(held, "next", pause);
    const liar = held as unknown as Plain;
    function use(c: Plain): number { return c.next(1) + 1; }
    export const run = () => use(liar);`,
  "a declaration that lies": `
    declare const host: { read(n: number): number };
    Reflect.set(globalThis, "host", Object.fromEntries([["read", pause]]));
    function use(): number { return host.read(1) + 1; }
    export const run = () => use();`,
  "a prototype that is changed behind the checker's back": `
    Object.defineProperty(Plain.prototype, "next", { value: (n: number) => pause(n), configurable: true });
    function use(c: Plain): number { return c.next(1) + 1; }
    export const run = () => { try { return use(new Plain()); } finally { Object.defineProperty(Plain.prototype, "next", { value: (n: number) => n + 1 }); } };`,
  "a Proxy": `
    const proxy = new Proxy(new Plain(), { get: () => pause });
    function use(c: Plain): number { return c.next(1) + 1; }
    export const run = () => use(proxy);`,
  "an accessor made by Object.defineProperty": `
    const row: { size: number } = { size: 1 };
    Object.defineProperty(row, "size", { get: () => pause(1) });
    function use(r: { size: number }): number { return r.size + 1; }
    export const run = () => use(row);`,
};

/** Two levels of plain callers, a frame that must see its \`finally\`, and everything that comes out. */
const driver = (body: string): string => `import { Greenlet, GreenletError } from "greenlets";
import { type Counter, pause, Plain } from "./prelude.ts";
void [pause, Plain] as unknown as Counter;
${body.replace("export const run", "const run")}
const seen: unknown[] = [];
let value: unknown;
const g = new Greenlet((_n: number) => {
  try { return run(); } finally { seen.push("finally"); }
});
try {
  value = g.switch(0);
  for (let n = 10; !g.dead && n < 20; n++) value = g.switch(n);
} catch (error) {
  value = error instanceof GreenletError ? error.code : "another error";
}
console.log(value, ...seen);
`;

describe("deliberate unsoundness", () => {
  it.each(Object.entries(cases))("%s: the switch is refused", (_, body) => {
    const { path } = projectWith({ "src/prelude.ts": prelude, "src/main.ts": driver(body) });
    const facts = analyse({ tsconfig: join(path, "tsconfig.json") });
    writeFacts(factsPath(path), facts);
    const use = facts.files["src/main.ts"]!.functions.find(({ name }) => name === "use");
    expect(use).toMatchObject({ maySwitch: false });
    expect(greenlets(["run", "src/main.ts"], { cwd: path })).toEqual({
      stdout: "foreign-frame finally\n",
      stderr: "",
      code: 0,
    });
  });
});
