import { factsPath } from "../analyse/facts.ts";
import type { Command } from "./command.ts";
import { exitCode } from "./exit.ts";
import { analyseProject, projectDetails, projectOptions } from "./project-facts.ts";

/** `greenlets facts`: analyse and write the facts; with `--json` also print them. */
export const factsCommand: Command = {
  summary: "Write (or print) what the analysis knows about a project.",
  usage: "[-p TSCONFIG] [--json]",
  details: `Writes the facts to node_modules/.cache/greenlets/facts.json beside the tsconfig and prints their hash: the value for the
plugin's \`facts\` option, which makes per-file caches notice a change in another file.

Options
${projectDetails}
      --json              print the facts themselves
  -h, --help              show this text`,
  options: projectOptions,
  async run(given) {
    const { facts, root } = analyseProject(given);
    process.stdout.write(
      given.values["json"] === true ? `${JSON.stringify(facts, null, 2)}\n` : `${facts.hash}  ${factsPath(root)}\n`,
    );
    return exitCode.done;
  },
};
