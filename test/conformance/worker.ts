/** A process that judges the tests it is sent, one message per test. The parent ends it when a test never returns. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { HarnessLibrary } from "./harness.ts";
import { judge, type Bench, type Verdict, type Way } from "./judge.ts";
import { scenariosOf, type Scenario, type Variant } from "./scenario.ts";
import { loadCompile, translations } from "./translate.ts";

export type Mode = "plain" | "compiled" | "stress";

export interface Job {
  readonly suite: string;
  readonly compiler: string;
  readonly modes: readonly Mode[];
  readonly variants: readonly Variant[];
  /** The file with the runtime's script, or null when nothing is compiled. */
  readonly runtime: string | null;
  readonly paths: readonly string[];
}

/** `verdicts` is empty after a plain verdict that is not a pass: such a test does not count. */
export interface Result {
  readonly path: string;
  readonly variant: Variant;
  readonly plain: Verdict;
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** `counts` is known once the uncompiled run has passed: whatever hangs or crashes before that is not the compiler's. */
export type Message =
  | { readonly begun: string; readonly counts: boolean }
  | { readonly results: readonly Result[] }
  | "finished";

process.on("unhandledRejection", () => undefined);
process.once("message", (job: Job) => void work(job));

async function work(job: Job): Promise<void> {
  const ways = await waysOf(job);
  const bench: Bench = {
    suite: job.suite,
    library: new HarnessLibrary(job.suite),
    runtime: job.runtime === null ? null : new Script(readFileSync(job.runtime, "utf8"), { filename: "greenlets" }),
  };
  for (const path of job.paths) {
    send({ begun: path, counts: false });
    send({ results: await judgeFile(bench, job, path, ways) });
  }
  send("finished");
}

function send(message: Message): void {
  process.send?.(message);
}

async function judgeFile(bench: Bench, job: Job, path: string, ways: ReadonlyMap<string, Way>): Promise<Result[]> {
  const scenarios = scenariosOf(path, readFileSync(join(job.suite, "test", path), "utf8")).filter(({ variant }) =>
    job.variants.includes(variant),
  );
  const results: Result[] = [];
  for (const scenario of scenarios) results.push(await judgeScenario(bench, scenario, ways));
  return results;
}

async function judgeScenario(bench: Bench, scenario: Scenario, ways: ReadonlyMap<string, Way>): Promise<Result> {
  const plain = await judge(bench, scenario, { translate: plainTranslate, greenlet: false });
  const verdicts: Record<string, Verdict> = {};
  send({ begun: scenario.path, counts: plain.kind === "pass" });
  if (plain.kind === "pass") {
    for (const [name, way] of ways) verdicts[name] = await judge(bench, scenario, way);
  }
  return { path: scenario.path, variant: scenario.variant, plain, verdicts };
}

const plainTranslate = { name: "plain", compile: (code: string) => ({ code }) } as const;

async function waysOf({ modes, compiler }: Job): Promise<Map<string, Way>> {
  const ways = new Map<string, Way>();
  if (modes.every((mode) => mode === "plain")) return ways;
  const { compiled, stress } = translations(await loadCompile(compiler));
  if (modes.includes("compiled")) {
    ways.set("compiled", { translate: compiled, greenlet: false });
    ways.set("greenlet", { translate: compiled, greenlet: true });
  }
  if (modes.includes("stress")) ways.set("stress", { translate: stress, greenlet: true });
  return ways;
}
