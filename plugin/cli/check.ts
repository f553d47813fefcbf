import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { positionOf } from "../analyse/lines.ts";
import { type Diagnostic, diagnosticsOf, type Summary, summaryOf } from "../analyse/messages.ts";
import { reportPage } from "../analyse/page.ts";
import type { Command } from "./command.ts";
import { exitCode } from "./exit.ts";
import { analyseProject, type AnalysedProject, projectDetails, projectOptions } from "./project-facts.ts";

/** `greenlets check`: analyse a project, say what is wrong with it, and keep the facts for the compiler. */
export const checkCommand: Command = {
  summary: "Analyse a project: what may switch, and what would go wrong.",
  usage: "[-p TSCONFIG] [--html FILE] [--json]",
  details: `Finds the functions that may switch, reports callbacks given to code that is not compiled and atomic blocks that may
switch, and writes the facts the compiler reads (node_modules/.cache/greenlets/facts.json beside the tsconfig).

Options
${projectDetails}
      --html FILE         write a page to look through: functions, reasons, search
      --json              print { summary, diagnostics, hash }
  -h, --help              show this text

Exit code 1 when an atomic block may switch, or a pattern matches nothing.`,
  options: { ...projectOptions, html: { type: "string" } },
  async run(given) {
    const project = analyseProject(given);
    const diagnostics = diagnosticsOf(project.facts);
    const { html, json } = given.values;
    if (typeof html === "string")
      writeFileSync(
        resolve(html),
        reportPage(project.facts, (file) => project.text(file)),
      );
    const summary = summaryOf(project.facts);
    if (json === true)
      process.stdout.write(`${JSON.stringify({ summary, diagnostics, hash: project.facts.hash }, null, 2)}\n`);
    else process.stdout.write(printed(project, diagnostics, summary));
    return diagnostics.some(({ code }) => code === "atomic-switches") ? exitCode.refused : exitCode.done;
  },
};

function printed(project: AnalysedProject, diagnostics: readonly Diagnostic[], summary: Summary): string {
  return [...diagnostics.map((one) => printedDiagnostic(project, one)), printedSummary(summary), ""].join("\n");
}

/** `src/report.ts:12:3  warning  foreign-callback  …` and the line it is about. */
function printedDiagnostic(project: AnalysedProject, { file, start, code, message }: Diagnostic): string {
  const text = project.text(file);
  const { line, column } = positionOf(text, start);
  const severity = code === "atomic-switches" ? "error" : "warning";
  return `${file}:${line}:${column}  ${severity}  ${code}  ${message}.\n    ${(text.split("\n")[line - 1] ?? "").trim()}\n`;
}

function printedSummary({ files, untouchedFiles, functions, maySwitch, points }: Summary): string {
  const share = functions === 0 ? 100 : (100 * (functions - maySwitch)) / functions;
  return `${maySwitch} of ${functions} functions may switch, at ${points} suspension points; ${share.toFixed(1)} % are plain, ${untouchedFiles} of ${files} files stay as they are.`;
}
