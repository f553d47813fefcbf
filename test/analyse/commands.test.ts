import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { factsPath, readFacts } from "../../plugin/analyse/facts.ts";
import { checkCommand } from "../../plugin/cli/check.ts";
import type { Arguments, Command } from "../../plugin/cli/command.ts";
import { explainCommand } from "../../plugin/cli/explain.ts";
import { factsCommand } from "../../plugin/cli/facts.ts";

const packages = join(dirname(fileURLToPath(import.meta.url)), "packages");
const root = mkdtempSync(join(tmpdir(), "greenlets-check-"));
const tsconfig = join(root, "tsconfig.json");

beforeAll(() => {
  cpSync(packages, join(root, "node_modules"), { recursive: true });
  mkdirSync(join(root, "src"));
  const compilerOptions = {
    target: "esnext",
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    lib: ["esnext"],
    types: [],
    noEmit: true,
    allowImportingTsExtensions: true,
  };
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions, include: ["src"] }));
  writeFileSync(
    join(root, "src/db.ts"),
    'import { getCurrent } from "greenlets";\nexport function query() {\n  getCurrent().parent!.switch();\n}\nexport function fetchRow() {\n  query();\n}\nexport function add(a: number) { return a + 1; }\n',
  );
  writeFileSync(
    join(root, "src/report.ts"),
    'import { each } from "foreign";\nimport { atomic } from "greenlets";\nimport { add, fetchRow } from "./db.ts";\nexport function report() {\n  each([1], () => fetchRow());\n  atomic(() => fetchRow());\n  return add(1);\n}\n',
  );
});
afterAll(() => rmSync(root, { recursive: true }));

/** Runs a command as the dispatcher does, and returns what it printed and its exit code. */
async function run(
  command: Command,
  values: Record<string, unknown> = {},
  positionals: string[] = [],
): Promise<{ code: number | undefined; text: string }> {
  const printed: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    const code = await command.run({ values: { project: tsconfig, ...values } as Arguments["values"], positionals });
    return { code, text: printed.join("") };
  } finally {
    write.mockRestore();
  }
}

describe("greenlets check", () => {
  it("prints what is wrong, with places, and a summary; an atomic block that may switch is an error", async () => {
    const { code, text } = await run(checkCommand);
    expect(code).toBe(1);
    expect(text).toMatchInlineSnapshot(`
      "src/report.ts:5:3  warning  foreign-callback  each is not compiled and is given a callback that may switch: (callback of each). A switch inside would be a foreign-frame error.
          each([1], () => fetchRow());

      src/report.ts:6:3  error  atomic-switches  Something inside this atomic block may switch: (callback of atomic).
          atomic(() => fetchRow());

      5 of 8 functions may switch, at 6 suspension points; 37.5 % are plain, 0 of 2 files stay as they are.
      "
    `);
  });
  it("keeps the facts for the compiler", async () => {
    const { text } = await run(checkCommand, { json: true });
    const { hash, summary } = JSON.parse(text) as { hash: string; summary: { points: number } };
    expect(readFacts(factsPath(root))!.hash).toBe(hash);
    expect(summary.points).toBe(6);
  });
  it("takes assumptions, and refuses those that match nothing", async () => {
    const { code } = await run(checkCommand, { plain: ["fetchRow"] });
    expect(code).toBe(0);
    await expect(run(checkCommand, { plain: ["fetchRwo"] })).rejects.toMatchObject({ code: "assume-unmatched" });
  });
  it("says which project is missing", async () => {
    await expect(run(checkCommand, { project: join(root, "none.json") })).rejects.toMatchObject({
      code: "no-such-file",
    });
  });
});

describe("greenlets explain", () => {
  it("prints the chain of a function and of the calls on its line", async () => {
    const { text } = await run(explainCommand, {}, [`${join(root, "src/report.ts")}:5`]);
    expect(text).toMatchInlineSnapshot(`
      "(callback of each) may switch:
        → fetchRow                 src/db.ts:5:8
        → query                    src/db.ts:2:8
        → Greenlet#switch
      \`each([1], () => fetchRow())\` is a suspension point (call):
        → (callback of each)       src/report.ts:5:13
        → fetchRow                 src/db.ts:5:8
        → query                    src/db.ts:2:8
        → Greenlet#switch
      \`fetchRow()\` is a suspension point (call):
        → fetchRow                 src/db.ts:5:8
        → query                    src/db.ts:2:8
        → Greenlet#switch
      "
    `);
  });
  it("says why not", async () => {
    const { text } = await run(explainCommand, { "why-not": true }, [`${join(root, "src/db.ts")}:8`]);
    expect(text).toBe(
      "add is plain: nothing it calls leads to a switch.\nNo call on this line may switch: every function it can reach is plain.\n",
    );
  });
  it("answers for a column, as JSON", async () => {
    const { text } = await run(explainCommand, { json: true }, [`${join(root, "src/db.ts")}:6:3`]);
    expect(JSON.parse(text)).toMatchObject({
      file: "src/db.ts",
      function: { name: "fetchRow", maySwitch: true },
      points: [{ kind: "call", chain: [{ text: "query" }, { text: "Greenlet#switch" }] }],
    });
  });
  it("refuses a place that is not there", async () => {
    await expect(run(explainCommand, {}, ["src/db.ts"])).rejects.toMatchObject({ code: "missing-argument" });
    await expect(run(explainCommand, {}, [`${join(root, "src/db.ts")}:900`])).rejects.toMatchObject({
      code: "missing-argument",
    });
    await expect(run(explainCommand, {}, [`${join(root, "src/none.ts")}:1`])).rejects.toMatchObject({
      code: "no-such-file",
    });
  });
});

describe("greenlets facts", () => {
  it("prints the hash, or everything", async () => {
    const { text } = await run(factsCommand);
    const everything = await run(factsCommand, { json: true });
    const facts = JSON.parse(everything.text) as { hash: string; files: object };
    expect(text.split("  ")[0]).toBe(facts.hash);
    expect(Object.keys(facts.files)).toEqual(["src/db.ts", "src/report.ts"]);
  });
});

const chromium = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

describe("the report page", () => {
  it("shows functions, roots, search and a clicked chain in a real browser", { timeout: 60_000 }, async () => {
    const page = join(root, "report.html");
    await run(checkCommand, { html: page });
    const act =
      'const s = document.getElementById("search"); s.value = "fetch"; s.dispatchEvent(new Event("input")); document.querySelector("#rows button").click();';
    writeFileSync(page, `${readFileSync(page, "utf8")}<script type="module">${act}</script>`);
    const dom = execFileSync(
      chromium,
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        `--user-data-dir=${join(root, "chromium")}`,
        "--virtual-time-budget=3000",
        "--dump-dom",
        `file://${page}`,
      ],
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    );
    expect(dom).toContain("<h1>5 of 8 functions may switch</h1>");
    expect(dom).toMatch(/<ul id="roots"><li>Greenlet#switch: 5<\/li><\/ul>/);
    const chain = /<ol id="chain"[^>]*>(.*?)<\/ol>/s.exec(dom)![1]!;
    expect([...chain.matchAll(/<li>(?:<button[^>]*>)?([^<]*)/g)].map((match) => match[1])).toEqual([
      "fetchRow",
      "query",
      "Greenlet#switch",
    ]);
    const rows = /<tbody id="rows">(.*?)<\/tbody>/s.exec(dom)![1]!;
    expect([...rows.matchAll(/<button[^>]*>([^<]*)/g)].map((match) => match[1])).toEqual(["fetchRow"]);
  });
});
