import { styleText } from "node:util";
import type { Command } from "../command.ts";
import { exitCode } from "../exit.ts";
import { hasThreadHooks } from "../hooks.ts";
import { UsageError } from "../usage-error.ts";
import { checkBuild } from "./build.ts";
import { checkFacts } from "./facts.ts";
import { bad, good, notice, type Finding } from "./finding.ts";
import { checkPackages } from "./packages.ts";

/** `greenlets doctor`: what is wrong with a project's setup. */
export const doctorCommand: Command = {
  summary: "Look for what is wrong with a project's setup.",
  usage: "[--json]",
  details: `Looks at the project in this folder: the versions of Node and of both packages, copies of the runtime and whether they take
what this compiler emits (its ABI), dependencies that may have to be compiled, the compile step in the build and its place
among Babel's plugins, and facts that are out of date.

Options
      --json  print [{ state, about, text }]; state is good, notice or bad
  -h, --help  show this text

Exit code 1 when something is bad.`,
  options: { json: { type: "boolean" } },
  async run({ values, positionals }) {
    if (positionals.length > 0)
      throw new UsageError("unknown-option", "doctor takes no arguments: it looks at this folder");
    const findings = await examine(process.cwd());
    process.stdout.write(
      values["json"] === true ? `${JSON.stringify(findings, null, 2)}\n` : findings.map(printed).join(""),
    );
    return findings.some(({ state }) => state === "bad") ? exitCode.refused : exitCode.done;
  },
};

async function examine(folder: string): Promise<Finding[]> {
  return [checkNode(), ...(await checkPackages(folder)), ...checkBuild(folder), ...checkFacts(folder)];
}

function checkNode(): Finding {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) return bad("Node", `Node ${node} is too old: 20.19 or later`);
  return hasThreadHooks
    ? good("Node", `Node ${node}`)
    : notice("Node", `Node ${node}: run and register can't compile CommonJS before 22.15`);
}

const marks = { good: ["✓", "green"], notice: ["•", "yellow"], bad: ["✗", "red"] } as const;

function printed({ state, text }: Finding): string {
  const [mark, colour] = marks[state];
  return `${process.stdout.isTTY ? styleText(colour, mark) : mark} ${text}\n`;
}
