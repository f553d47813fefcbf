import { readFileSync } from "node:fs";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import greenlets from "../../plugin/lint/index.ts";
import { expected, lintedProject, marked } from "./linted.ts";

function lint(file: string, rules: Linter.RulesRecord): string[] {
  const linter = new Linter({ cwd: "/" });
  const plugins = { greenlets } as unknown as NonNullable<Linter.Config["plugins"]>;
  const problems = linter.verify(readFileSync(file, "utf8"), [{ files: ["**/*.js"], plugins, rules }], {
    filename: file,
  });
  return problems.map(({ ruleId, line }) => `${ruleId?.replace("greenlets/", "")}:${line}`);
}

describe("the lint plugin in ESLint 10", () => {
  const { file, stale } = lintedProject();
  it("reports lost updates and broken atomic blocks, and nothing else", () => {
    expect(
      lint(file, {
        "greenlets/no-shared-write-across-switch": "error",
        "greenlets/no-switch-in-atomic": "error",
        "greenlets/stale-facts": "error",
      }),
    ).toEqual(expected);
  });
  it("marks every call that may switch", () => {
    expect(lint(file, { "greenlets/mark-switching-call": "warn" })).toEqual(
      marked.map((line) => `mark-switching-call:${line}`),
    );
  });
  it("says when it is blind, and then says nothing more", () => {
    expect(
      lint(stale, { "greenlets/no-shared-write-across-switch": "error", "greenlets/stale-facts": "error" }),
    ).toEqual(["stale-facts:1"]);
  });
});
