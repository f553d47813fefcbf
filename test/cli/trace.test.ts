import { describe, expect, test } from "vitest";
import { greenlets } from "../command.ts";
import { folderWith } from "./program.ts";

const source = `const plain = (n) => n + 1;
export function twice(step) {
  return step(plain(1)) + step(2);
}
`;

describe("greenlets trace", () => {
  test("prints one function after every pass", () => {
    const { path } = folderWith({ "twice.mjs": source });
    const { stdout, stderr, code } = greenlets(["trace", "twice.mjs", "twice"], { cwd: path });
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    const passes = [...stdout.matchAll(/^\/\/ after (\w+)\n/gm)].map(([, pass]) => pass);
    expect(passes).toEqual(["bindings", "normalise", "liveness", "emit"]);
    const [bindings, , liveness, emit] = stdout.split(/^\/\/ after \w+\n/m).slice(1);
    expect(bindings).toContain("return step(plain(1)) + step(2);");
    expect(liveness).toContain("live: step");
    expect(emit).toContain("function twice$resume(frame");
  });

  test("prints the same as data with --json", () => {
    const { path } = folderWith({ "twice.mjs": source });
    const passes = JSON.parse(greenlets(["trace", "twice.mjs", "twice", "--json"], { cwd: path }).stdout) as object[];
    expect(passes.length).toBe(4);
    expect(passes[0]).toEqual({ pass: "bindings", text: expect.stringContaining("function twice(step)") as string });
  });

  test("knows no function that is not there, or is plain", () => {
    const { path } = folderWith({ "twice.mjs": source });
    const stderrOf = (name: string): string => {
      const { stderr, code } = greenlets(["trace", "twice.mjs", name], { cwd: path });
      expect(code).toBe(2);
      return stderr;
    };
    expect(stderrOf("twiec")).toBe(
      "greenlets: There is no function `twiec` that may switch in twice.mjs: did you mean `twice`?\n",
    );
    expect(stderrOf("plain")).toBe("greenlets: There is no function `plain` that may switch in twice.mjs\n");
    expect(greenlets(["trace", "twice.mjs"], { cwd: path })).toMatchObject({
      stderr: "greenlets: Which function? Usage: greenlets trace FILE FUNCTION [--json]\n",
      code: 2,
    });
  });
});
