import { factsPath } from "../analyse/facts.ts";
import type { Arguments, Command } from "./command.ts";
import { exitCode } from "./exit.ts";
import { compileFile, type Compiled, type FileOptions } from "./compile-file.ts";
import { withInlineMap } from "./inline-map.ts";
import type { AnalysedProject } from "./project-facts.ts";
import { readSource } from "./source.ts";
import { UsageError } from "./usage-error.ts";
import { writeBelow, writeManifest } from "./write.ts";

const usage = "FILE… [-d DIR] [-p TSCONFIG] [--manifest FILE] [--stress] [--no-maps] [--json]";
const projectUsage = "-p TSCONFIG -d DIR [--watch] [--library] [--stress] [--no-maps]";

/** `greenlets compile`: the output of the compile step, printed or written. */
export const compileCommand: Command = {
  summary: "Print what files compile to, or write it.",
  usage: `${usage}\n       greenlets compile ${projectUsage}`,
  details: `A JavaScript file in which nothing may switch comes out byte-identical; from TypeScript, the types go.

Without files, a project is compiled as a whole: JavaScript, maps, declarations, and greenlets.json. Its own TypeScript (5, 6 or 7)
checks it and emits, with the options of its tsconfig.

Options
  -d, --directory DIR  write JavaScript and maps below DIR, in the files' own folders, instead of printing
  -p, --project TSCONFIG
                       ask the types of a project first: only what may switch is compiled
      --library        with -p: exports are called from outside, with callbacks that may switch
      --manifest FILE  with -p: also write the manifest of a package, greenlets.json (implies --library)
  -w, --watch          with a whole project: again whenever one of its files changes
      --stress         make every suspension point really suspend and resume
      --no-maps        no source maps
      --json           print [{ file, output, code, map, changed }], or { errors } if a file is refused
  -h, --help           show this text

Every file is compiled before the first one is written: if one is refused, nothing is written.`,
  options: {
    directory: { type: "string", short: "d" },
    project: { type: "string", short: "p" },
    watch: { type: "boolean", short: "w" },
    library: { type: "boolean" },
    manifest: { type: "string" },
    stress: { type: "boolean" },
    "no-maps": { type: "boolean" },
    json: { type: "boolean" },
  },
  async run({ values, positionals }) {
    if (values["project"] !== undefined && positionals.length === 0) return compileWhole(values);
    if (positionals.length === 0)
      throw new UsageError("missing-argument", `Which files? Usage: greenlets compile ${usage}`);
    const project = await projectOf(values);
    const facts = project === undefined ? "" : factsPath(project.root);
    const options = { stress: values["stress"] === true, maps: values["no-maps"] !== true, facts };
    const compiled = await compileEach(positionals, options);
    const directory = values["directory"] as string | undefined;
    const written = directory === undefined ? compiled : writeBelow(directory, compiled);
    const manifest = values["manifest"];
    if (typeof manifest === "string" && project !== undefined) writeManifest(manifest, project.manifest);
    process.stdout.write(values["json"] === true ? asJson(written) : asText(written));
    return exitCode.done;
  },
};

async function compileWhole(values: Arguments["values"]): Promise<number> {
  const { project, directory } = values;
  if (directory === undefined)
    throw new UsageError("missing-argument", `Where to? Usage: greenlets compile ${projectUsage}`);
  const { runProject } = await import("./project/index.ts");
  return runProject({
    tsconfig: String(project),
    directory: String(directory),
    stress: values["stress"] === true,
    maps: values["no-maps"] !== true,
    library: values["library"] === true,
    watch: values["watch"] === true,
  });
}

/** The project whose types decide. TypeScript is loaded only for this. */
async function projectOf(values: Arguments["values"]): Promise<AnalysedProject | undefined> {
  const hasManifest = values["manifest"] !== undefined;
  if (values["project"] === undefined) {
    if (hasManifest) throw new UsageError("missing-argument", "A manifest needs the types of a project: -p TSCONFIG");
    return undefined;
  }
  const { analyseProject } = await import("./project-facts.ts");
  return analyseProject({ values: { ...values, library: hasManifest || values["library"] === true }, positionals: [] });
}

/** All of them, or an AggregateError with what stopped each one that is refused. */
async function compileEach(names: string[], options: FileOptions): Promise<Compiled[]> {
  const results = await Promise.allSettled(names.map(readSource).map((source) => compileFile(source, options)));
  const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  if (failures.length > 0) throw new AggregateError(failures);
  return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}

function asJson(compiled: Compiled[]): string {
  return `${JSON.stringify(
    compiled.map(({ name, output, code, map, changed }) => ({ file: name, output, code, map, changed })),
    null,
    2,
  )}\n`;
}

/** Written files are listed, others are printed; above each of several stands its name. */
function asText(compiled: Compiled[]): string {
  const parts = compiled.map(({ name, output, code, map, changed }) => {
    if (output !== null) return `${name} → ${output}\n`;
    const text = changed ? withInlineMap(code, map) : code;
    return compiled.length > 1 ? `// ${name}\n${text}` : text;
  });
  return parts.join(compiled.some(({ output }) => output === null) ? "\n" : "");
}
