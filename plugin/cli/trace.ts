import type { Command } from "./command.ts";
import { exitCode } from "./exit.ts";
import { nearest } from "../nearest.ts";
import { displayName, readOnlySource } from "./source.ts";
import { UsageError } from "./usage-error.ts";

const usage = "FILE FUNCTION [--json]";

/** `greenlets trace`: one function after every pass of the compiler. */
export const traceCommand: Command = {
  summary: "Show one function after every pass of the compiler.",
  usage,
  details: `Options
      --json  print [{ pass, text }]
  -h, --help  show this text`,
  options: { json: { type: "boolean" } },
  async run({ values, positionals }) {
    const source = readOnlySource(positionals, `trace ${usage}`);
    const name = positionals[1];
    if (name === undefined) throw new UsageError("missing-argument", `Which function? Usage: greenlets trace ${usage}`);
    const { tracePasses } = await import("../compile.ts");
    const passes = tracePasses(source.text, { filename: displayName(source.path), function: name });
    if (passes.length === 0) throw new UsageError("no-such-function", noSuchFunction(source.name, source.text, name));
    if (values["json"] === true) process.stdout.write(`${JSON.stringify(passes, null, 2)}\n`);
    else process.stdout.write(passes.map(({ pass, text }) => `// after ${pass}\n${text.trimEnd()}\n`).join("\n"));
    return exitCode.done;
  },
};

function noSuchFunction(file: string, text: string, name: string): string {
  const guess = nearest(
    name,
    [...new Set(text.match(/[A-Za-z_$][\w$]*/g))].filter((word) => word !== name),
  );
  return `There is no function \`${name}\` that may switch in ${file}${guess === undefined ? "" : `: did you mean \`${guess}\`?`}`;
}
