import { describe, expect, test } from "vitest";
import type { Row } from "../../plugin/cli/side-by-side.ts";
import { greenlets } from "../command.ts";
import { folderWith } from "./program.ts";

const source = `// a comment
type Step = () => void;
const same = 1;

export function both(step: Step) {
  step();
  return same;
}
`;

describe("greenlets diff", () => {
  test("puts every output line beside the source line it came from", () => {
    const { path } = folderWith({ "both.ts": source });
    const { stdout, code } = greenlets(["diff", "both.ts", "--width", "110"], { cwd: path });
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    expect(lines.every((line) => line.length <= 110)).toBe(true);
    expect(lines.find((line) => line.includes("type Step"))).toMatch(/2 {2}type Step = \(\) => void; +<$/);
    expect(lines.find((line) => line.includes("const same"))).toMatch(/3 {2}const same = 1; +\d+ {2}const same = 1;$/);
    expect(lines.find((line) => line.includes("greenlets/internal"))).toMatch(/^ +> +1 {2}import/);
    // In the fast body, and once more in the resume body.
    expect(lines.filter((line) => /7 {4}return same; +\d+ {4}return same;$/.test(line)).length).toBe(1);
    expect(lines.filter((line) => /7 {4}return same; +\^ +\d+ {4}return same;$/.test(line)).length).toBe(1);
  });

  test("prints rows with --json, in which every line of both stands", () => {
    const { path } = folderWith({ "both.ts": source });
    const { rows } = JSON.parse(greenlets(["diff", "both.ts", "--json"], { cwd: path }).stdout) as { rows: Row[] };
    const output = greenlets(["compile", "both.ts", "--no-maps"], { cwd: path }).stdout.trimEnd().split("\n");
    expect(rows.flatMap((row) => row.output ?? []).map(({ text }) => text)).toEqual(output);
    const shown = rows.filter(({ again }) => !again).flatMap((row) => row.source ?? []);
    expect(shown.map(({ text }) => text)).toEqual(source.trimEnd().split("\n"));
  });

  test("shows an untouched file beside itself", () => {
    const { path } = folderWith({ "plain.js": "const a = 1;\nconst b = 2;\n" });
    const { stdout } = greenlets(["diff", "plain.js", "--width", "60"], { cwd: path });
    expect(stdout.split("\n").map((line) => line.trim().replaceAll(/\s+/g, " "))).toEqual([
      "1 const a = 1; 1 const a = 1;",
      "2 const b = 2; 2 const b = 2;",
      "",
    ]);
  });

  test("wants a width that is a number", () => {
    const { path } = folderWith({ "plain.js": "1;\n" });
    expect(greenlets(["diff", "plain.js", "--width", "wide"], { cwd: path })).toMatchObject({
      stderr: "greenlets: --width takes a number of columns, 40 or more, not `wide`\n",
      code: 2,
    });
  });
});
