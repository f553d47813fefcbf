import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { Analysis } from "../../plugin/analyse/index.ts";
import { snippet, textsOf } from "./claims.ts";
import { compilerOptions } from "./options.ts";

const source = `export function retry(f: () => void) { f(); } function hidden(f: () => void) { f(); } hidden(() => {});
export class Pool { run(f: () => void) { f(); } get() { sw(); } } const listed = (f: () => void) => f(); export { listed };
export const direct = (f: () => void) => { f(); }; export default function (f: () => void) { f(); } export function pure(n: number) { return n; }`;

describe("a package whose callers are not in the project", () => {
  it("callbacks of exported functions may switch, those of others are seen", () => {
    const s = snippet(source, { library: true });
    s.maySwitch("retry", "Pool#run", "listed", "direct", "(anonymous)");
    s.plain("hidden", "pure");
    s.reason("retry", "an argument from outside the project");
  });
  it("in a program all callers are known", () =>
    snippet(source).plain("retry", "Pool#run", "listed", "direct", "(anonymous)"));
  it("the manifest lists what switches by itself, not what only calls its callback", () => {
    const texts = textsOf(source);
    const root = [...texts.keys()][0]!.replace(/\/[^/]*$/, "");
    const analysis = new Analysis(
      { root, files: [...texts.keys()], options: compilerOptions, texts },
      { library: true },
    );
    expect(analysis.manifest()).toEqual({ abi: 1, switches: { "Pool#get": "Greenlet#switch", sw: "Greenlet#switch" } });
    analysis.close();
  });
});

describe("the runtime's own source", () => {
  it("switches at Greenlet#switch, though its body is ordinary code", () => {
    const root = fileURLToPath(new URL("packages/greenlets/src", import.meta.url));
    const analysis = new Analysis({ root, files: ["core.ts"], options: compilerOptions });
    const { functions } = analysis.facts().files["core.ts"]!;
    expect(functions.filter((fn) => fn.maySwitch).map((fn) => fn.name)).toEqual(["Greenlet#switch", "sleep"]);
    expect(analysis.manifest().switches).toEqual({ "Greenlet#switch": "Greenlet#switch", sleep: "Greenlet#switch" });
    analysis.close();
  });
});
