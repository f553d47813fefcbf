// The user's side: examples/testing, a project whose own tests use everything, run by Vitest, Jest and node:test from the built packages.
import { describe, expect, test } from "vitest";
import { greenlets, type Outcome } from "../command.ts";
import { jest, nodeTest, projectWith, review, vitest, type Project } from "./project.ts";

interface Runner {
  name: string;
  run(project: Project, ...args: string[]): Outcome;
  update: string;
  snapshots: string;
  /** What its report shows of the changed line. */
  diff: RegExp;
}

const lines = /-\s+sleep\(1\) {2}keeps item[^]*\+\s+nap\(1\) {2}keeps item/;

const runners: Runner[] = [
  { name: "Vitest", run: vitest, update: "-u", snapshots: "tests/vitest/__snapshots__/shop.test.ts.snap", diff: lines },
  { name: "Jest", run: jest, update: "-u", snapshots: "tests/jest/__snapshots__/shop.test.js.snap", diff: lines },
  {
    name: "node:test",
    run: (project, ...args) => nodeTest(project, "tests/node/shop.test.js", ...args),
    update: "--test-update-snapshots",
    snapshots: "tests/node/shop.test.js.snapshot",
    diff: /nap\(1\) {2}keeps item/,
  },
];

const text = ({ stdout, stderr }: Outcome): string => stdout + stderr;

describe.each(runners)("$name", ({ run, update, snapshots, diff }) => {
  test("every matcher passes; -u writes snapshots and fixtures; a changed callee is one line of the review", () => {
    const project = projectWith({}, "examples/testing");
    expect(run(project, update)).toMatchObject({ code: 0 });
    const before = project.read(snapshots);
    expect(before).toContain("price may switch\n  sleep(1)  keeps item\n");
    expect(project.read("fixtures/basket/trace.txt")).toBe(trace);
    expect(project.read("fixtures/basket/output.js")).toContain("function total$resume");
    expect(project.read("fixtures/refused/error.txt")).toMatch(/^input\.js: A function that may switch can't contain/);

    // Nothing is written without that option.
    for (const [name, was, is] of changes) project.write(name, project.read(name).replace(was, is));
    const changed = run(project);
    expect(changed.code).toBe(1);
    expect(text(changed)).toContain("prints trace.txt as the plain JavaScript it is");
    expect(text(changed)).toContain("compiles to output.js");
    expect(text(changed)).toMatch(diff);
    expect(project.read("fixtures/basket/trace.txt")).toBe("two items [apple, undefined]\nreturned 4\n");
    expect(project.read(snapshots)).toBe(before);

    expect(run(project, update)).toMatchObject({ code: 0 });
    expect(project.read("fixtures/basket/trace.txt")).toBe(trace);
    expect(review(outlineIn(before), outlineIn(project.read(snapshots)))).toEqual([
      "-  sleep(1)  keeps item",
      "+  nap(1)  keeps item",
    ]);
    expect(run(project)).toMatchObject({ code: 0 });
  }, 240_000);
});

const trace = "two items [apple, undefined]\npause(apple) = 1\npause(pear) = 2\nreturned 3\n";

/** A callee that is another one, and two expectations of a fixture that are wrong. */
const changes: [name: string, was: RegExp | string, is: string][] = [
  ["src/shop.ts", /^([^]*){ sleep }([^]*) {2}sleep\(1\)/, "$1{ sleep as nap }$2  nap(1)"],
  ["fixtures/basket/trace.txt", /pause[^]*/, "returned 4\n"],
  ["fixtures/basket/output.js", "result;", "r;"],
];

/** The snapshot that `toMatchGreenletSnapshot` wrote; that of node:test has the output below it. */
function outlineIn(file: string): string {
  return (/exports\[`shows where[^]*?\n`;/.exec(file) ?? /price may switch[^]*?(?=\nimport)/.exec(file))![0];
}

/** A project with facts: `tax`, in a file of its own, is plain until it asks somebody. */
const withFacts = {
  "tsconfig.json": `{ "compilerOptions": { "target": "es2022", "module": "nodenext", "allowImportingTsExtensions": true, "noEmit": true, "types": [] }, "include": ["src"] }\n`,
  "vitest.config.ts": `export default {};\n`,
  "src/total.ts": `import { getCurrent } from "greenlets";
import { tax } from "./tax.ts";
export function total(item: string): number {
  const price = getCurrent().parent!.switch(item) as number;
  return price + tax(price);
}
`,
  "src/tax.ts": `export const tax = (price: number): number => price / 5;\n`,
  "total.test.ts": `import { readFileSync } from "node:fs";
import { compile } from "greenlets-plugin/testing";
import "greenlets-plugin/vitest";
import { expect, test } from "vitest";
const filename = new URL("./src/total.ts", import.meta.url).pathname;
const facts = new URL("./node_modules/.cache/greenlets/facts.json", import.meta.url).pathname;
test("total", () => {
  expect(compile(readFileSync(filename, "utf8"), { filename, facts })).toMatchGreenletSnapshot();
});
`,
};

test("a callee in another file that now may switch is one line of its caller's review", () => {
  const project = projectWith(withFacts);
  const update = (): string => {
    expect(greenlets(["facts"], { cwd: project.path }).code).toBe(0);
    expect(vitest(project, "-u")).toMatchObject({ code: 0 });
    return project.read("__snapshots__/total.test.ts.snap");
  };
  const before = update();
  project.write(
    "src/tax.ts",
    `import { getCurrent } from "greenlets";\nexport const tax = (price: number): number => getCurrent().parent!.switch(price) as number;\n`,
  );
  expect(review(before, update())).toEqual(["+  tax(price)  keeps price"]);
}, 120_000);
