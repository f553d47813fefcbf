import { styleText } from "node:util";
import { compileFile } from "./compile-file.ts";
import type { Command } from "./command.ts";
import { exitCode } from "./exit.ts";
import { sideBySide, type Line, type Row } from "./side-by-side.ts";
import { readOnlySource } from "./source.ts";
import { UsageError } from "./usage-error.ts";

const usage = "FILE [--stress] [--width COLUMNS] [--json]";

/** `greenlets diff`: source on the left, output on the right. */
export const diffCommand: Command = {
  summary: "Show a file beside what it compiles to.",
  usage,
  details: `Every output line stands beside the source line it came from. Between them: nothing if the two are equal, | if the line
was changed, < if nothing came of it, > if it is new, ^ if its source line stands further up already (a resume body).

Options
      --stress         make every suspension point really suspend and resume
      --width COLUMNS  the width of the whole table (the terminal's, or 160)
      --json           print { file, rows: [{ source, output, again }] }; a line is { number, text } or null
  -h, --help           show this text`,
  options: { stress: { type: "boolean" }, width: { type: "string" }, json: { type: "boolean" } },
  async run({ values, positionals }) {
    const source = readOnlySource(positionals, `diff ${usage}`);
    const width = tableWidth(values["width"] as string | undefined);
    const { code, map } = await compileFile(source, { stress: values["stress"] === true, maps: true });
    const rows = sideBySide(source.text, code, map);
    if (values["json"] === true) process.stdout.write(`${JSON.stringify({ file: source.name, rows }, null, 2)}\n`);
    else process.stdout.write(rows.map((row) => `${printRow(row, width)}\n`).join(""));
    return exitCode.done;
  },
};

function tableWidth(given: string | undefined): number {
  if (given === undefined) return process.stdout.columns ?? 160;
  const width = Number(given);
  if (Number.isInteger(width) && width >= 40) return width;
  throw new UsageError("unknown-option", `--width takes a number of columns, 40 or more, not \`${given}\``);
}

/** `  3   walk(node.left);      |   6   let result = walk(node.left);` */
function printRow(row: Row, width: number): string {
  const side = Math.floor((width - 3) / 2);
  const left = fit(row.source, side);
  const mark = markOf(row);
  const text = `${left.padEnd(side)} ${mark} ${fit(row.output, side)}`.trimEnd();
  if (mark === " ") return text;
  if (!process.stdout.isTTY) return text;
  return mark === "^"
    ? styleText("dim", left.padEnd(side)) + text.slice(side)
    : styleText(mark === "<" ? "dim" : "green", text);
}

function fit(line: Line | null, width: number): string {
  if (line === null) return "";
  const text = `${String(line.number).padStart(4)}  ${line.text.replaceAll("\t", "  ")}`;
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

function markOf({ source, output, again }: Row): " " | "|" | "<" | ">" | "^" {
  if (output === null) return "<";
  if (source === null) return ">";
  if (again) return "^";
  return source.text === output.text ? " " : "|";
}
