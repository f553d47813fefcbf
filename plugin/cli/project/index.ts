import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { styleText } from "node:util";
import { Analysis } from "../../analyse/index.ts";
import { exitCode } from "../exit.ts";
import { printFailure } from "../report.ts";
import { displayName } from "../source.ts";
import { UsageError } from "../usage-error.ts";
import { compileProject, type ProjectJob } from "./compile-project.ts";
import { Progress } from "./progress.ts";
import { watchProject } from "./watch.ts";

export interface ProjectRequest {
  tsconfig: string;
  directory: string;
  stress: boolean;
  maps: boolean;
  library: boolean;
  watch: boolean;
}

/** `greenlets compile -p`: once, or again whenever a source changes. @returns an exit code */
export async function runProject(request: ProjectRequest): Promise<number> {
  const tsconfig = resolve(request.tsconfig);
  if (!existsSync(tsconfig))
    throw new UsageError("no-such-file", `There is no ${tsconfig}. Name the project: -p path/to/tsconfig.json`);
  const progress = new Progress();
  const directory = resolve(request.directory);
  const job: ProjectJob = { ...request, tsconfig, directory, progress, analysis: open(tsconfig, request) };
  if (!request.watch) return report(job);
  await reportOrFail(job);
  return watchProject(job.analysis.root, directory, (paths) => again(job, paths, request));
}

const open = (tsconfig: string, { library }: ProjectRequest): Analysis => new Analysis({ tsconfig }, { library });

/** A change of a text is read into the open project; files that come or go, and options, need a new one. */
async function again(job: ProjectJob, paths: ReadonlySet<string>, request: ProjectRequest): Promise<void> {
  const known = new Set(job.analysis.source.files);
  const isText = [...paths].every((path) => known.has(path) && existsSync(path));
  if (isText) job.analysis.update(new Map([...paths].map((path) => [path, undefined])));
  else {
    job.analysis.close();
    job.analysis = open(job.tsconfig, request);
  }
  await reportOrFail(job);
}

async function reportOrFail(job: ProjectJob): Promise<void> {
  try {
    await report(job);
  } catch (error) {
    job.progress.end();
    printFailure(error, false);
  }
}

async function report(job: ProjectJob): Promise<number> {
  const start = performance.now();
  const { written, complaints } = await compileProject(job).finally(() => job.progress.end());
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(complaints);
  process.stdout.write(
    `${written.length} files → ${displayName(job.directory)} ${styleText("dim", `(${seconds} s)`)}\n`,
  );
  return complaints === "" ? exitCode.done : exitCode.refused;
}
