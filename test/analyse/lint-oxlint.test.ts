import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { expected, lintedProject, marked, pluginFile } from "./linted.ts";

const oxlint = fileURLToPath(new URL("../../node_modules/.bin/oxlint", import.meta.url));

interface Reported {
  readonly diagnostics: readonly {
    readonly code: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

function lint(root: string, file: string, rules: Record<string, string>): string[] {
  const config = join(root, "oxlintrc.json");
  writeFileSync(config, JSON.stringify({ jsPlugins: [pluginFile], categories: { correctness: "off" }, rules }));
  const { stdout } = spawnSync(oxlint, ["-c", config, "--format", "json", file], { encoding: "utf8", cwd: root });
  const { diagnostics } = JSON.parse(stdout) as Reported;
  return diagnostics
    .map(({ code, labels }) => `${/\((.*)\)/.exec(code)![1]}:${labels[0]!.span.line}`)
    .sort((a, b) => Number(a.split(":")[1]) - Number(b.split(":")[1]));
}

describe("the lint plugin in oxlint", () => {
  const { root, file, stale } = lintedProject();
  it("reports lost updates and broken atomic blocks, and nothing else", () => {
    expect(
      lint(root, file, {
        "greenlets/no-shared-write-across-switch": "error",
        "greenlets/no-switch-in-atomic": "error",
        "greenlets/stale-facts": "error",
      }),
    ).toEqual(expected);
  });
  it("marks every call that may switch", () => {
    expect(lint(root, file, { "greenlets/mark-switching-call": "warn" })).toEqual(
      marked.map((line) => `mark-switching-call:${line}`),
    );
  });
  it("says when it is blind, and then says nothing more", () => {
    expect(
      lint(root, stale, { "greenlets/no-shared-write-across-switch": "error", "greenlets/stale-facts": "error" }),
    ).toEqual(["stale-facts:1"]);
  });
});
