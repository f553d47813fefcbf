/** plan — what `greenlets init` would change in a project, and what it leaves to its owner. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withPlugin } from "./add-plugin.ts";
import type { Build, Project } from "./builds.ts";

export interface Change {
  file: string;
  /** Null for a new file. */
  before: string | null;
  after: string;
}

export interface Plan {
  changes: Change[];
  /** What to do by hand, and what is there already: one sentence each. */
  notes: string[];
  /** The example among the changes, to be run once it is there. */
  example: string | null;
}

/** Nothing is written; a file that exists is never replaced, only given a plugin. */
export function planFor(project: Project): Plan {
  const plan: Plan = { changes: [], notes: [], example: null };
  for (const { file, build } of project.configs) configure(project, file, build, plan);
  plan.notes.push(...project.hints);
  if (project.configs.length === 0) withoutBuild(project, plan);
  if (project.missing.length > 0) plan.notes.push(installNote(project));
  return plan;
}

function configure({ folder }: Project, file: string, build: Build, { changes, notes }: Plan): void {
  const before = readFileSync(join(folder, file), "utf8");
  if (/["']greenlets-plugin\//.test(before)) return void notes.push(`${file} has the compile step already.`);
  const after = withPlugin(before, file, build);
  if (after !== null) changes.push({ file, before, after });
  else notes.push(`${file}: ${byHand(build)}`);
}

function byHand({ plugin }: Build): string {
  return "string" in plugin
    ? `add "${plugin.string}" to its plugins, before all others`
    : `add  import greenlets from "${plugin.import}";  and  greenlets()  to its plugins, before all others`;
}

const EXAMPLE = "hello.ts";

function withoutBuild({ folder, hints }: Project, plan: Plan): void {
  if (hints.length === 0)
    plan.notes.push("Without a build: node --import greenlets-plugin/register app.ts, or greenlets run app.ts");
  if (existsSync(join(folder, EXAMPLE))) return;
  plan.changes.push({ file: EXAMPLE, before: null, after: example });
  plan.example = EXAMPLE;
}

function installNote({ missing, installer }: Project): string {
  return `To install: ${missing.map((name) => (name === "greenlets" ? `${installer} greenlets` : `${installer} -D greenlets-plugin`)).join(" && ")}`;
}

const example = `import { Greenlet } from "greenlets";

// A plain function: switch parks the whole call, however deep, and goes on with another one.
function speak(words: string[], other: () => Greenlet): void {
  for (const word of words) {
    console.log(word);
    other().switch();
  }
}

const left: Greenlet = new Greenlet(() => speak(["plain", "can"], () => right));
const right: Greenlet = new Greenlet(() => speak(["functions", "pause"], () => left));
left.switch();
`;
