import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Command } from "../command.ts";
import { exitCode } from "../exit.ts";
import { runCommand } from "../run.ts";
import { UsageError } from "../usage-error.ts";
import { projectIn, type Project } from "./builds.ts";
import { lineDiff } from "./line-diff.ts";
import { planFor, type Plan } from "./plan.ts";

/** `greenlets init`: puts the compile step into a project's build. */
export const initCommand: Command = {
  summary: "Set a project up: find its build, show what would change, ask.",
  usage: "[--yes] [--json]",
  details: `Looks for the configuration of Vite (and Vitest), Rolldown, Rollup, webpack, Rspack and Babel in this folder, and adds the
compile step to its plugins. Where that can't be done safely, or the build has no such file, it says which lines to add.
A project without a build gets an example, hello.ts, which is run. No file that exists is replaced.

Options
  -y, --yes   change the files without asking
      --json  print { changes: [{ file, before, after }], notes }; change nothing without --yes
  -h, --help  show this text

Without a terminal to ask on, and without --yes, nothing is changed.`,
  options: { yes: { type: "boolean", short: "y" }, json: { type: "boolean" } },
  async run({ values, positionals }) {
    if (positionals.length > 0)
      throw new UsageError("unknown-option", "init takes no arguments: it works in this folder");
    const project = readProject(process.cwd());
    const plan = planFor(project);
    const json = values["json"] === true;
    process.stdout.write(
      json ? `${JSON.stringify({ changes: plan.changes, notes: plan.notes }, null, 2)}\n` : shown(plan),
    );
    if (plan.changes.length === 0 || !(values["yes"] === true || (!json && (await agreed(plan))))) return exitCode.done;
    write(project, plan);
    return plan.example === null || json ? exitCode.done : runExample(plan.example);
  },
};

function readProject(folder: string): Project {
  try {
    return projectIn(folder);
  } catch (error) {
    throw new UsageError("not-readable", `Can't read package.json: ${(error as Error).message}`);
  }
}

function shown({ changes, notes }: Plan): string {
  const diffs = changes.map(({ file, before, after }) =>
    before === null ? `+++ ${file}\n${after.replaceAll(/^(?=.)/gm, "+ ")}` : lineDiff(file, before, after),
  );
  return [...diffs, ...notes.map((note) => `${note}\n`)].join("\n");
}

async function agreed({ changes }: Plan): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stdout.write("\nNothing was changed: greenlets init --yes does it.\n");
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`\nChange ${changes.map(({ file }) => file).join(", ")}? [y/N] `);
  terminal.close();
  return /^y(?:es)?$/i.test(answer.trim());
}

/** New files must still be new, others as they were shown. */
function write({ folder }: Project, { changes }: Plan): void {
  for (const { file, before, after } of changes)
    writeFileSync(join(folder, file), after, { flag: before === null ? "wx" : "w" });
}

function runExample(file: string): Promise<number | undefined> {
  process.stdout.write(`\n$ greenlets run ${file}\n`);
  return runCommand.run({ values: {}, positionals: [file] });
}
