/** One package in one mode, in a process of its own: `node measure.ts NAME plain|compiled|stress` prints a line of JSON. */
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compileWhatIsLoaded, runtimeFolder, type Cost } from "./hooks.ts";
import { installed, makeInputs } from "./inputs.ts";

export interface Measurement {
  readonly checksum: string;
  /** The fastest of the timed runs, in milliseconds. */
  readonly run: number;
  readonly cost: Cost;
}

const [name, mode] = process.argv.slice(2) as [string, "plain" | "compiled" | "stress"];
const rounds = mode === "stress" ? 1 : 7;

const cost = mode === "plain" ? { milliseconds: 0, before: 0, after: 0 } : compileWhatIsLoaded(mode === "stress");
const { workloads } = await import("./workloads.ts");
const { Greenlet }: typeof import("../../runtime/core/index.ts") = await import(
  pathToFileURL(join(runtimeFolder, "index.js")).href
);
const require = createRequire(join(installed, "package.json"));
const workload = workloads[name];
if (workload === undefined) throw new Error(`no workload is called ${name}`);
const inputs = makeInputs();
const work = (): string => workload(require, inputs);

let checksum = "";
const times = Array.from({ length: rounds }, () => {
  const start = performance.now();
  const result = mode === "plain" ? work() : new Greenlet(work).switch();
  const time = performance.now() - start;
  checksum = createHash("sha256").update(String(result)).digest("hex").slice(0, 16);
  return time;
});
const measurement: Measurement = { checksum, run: Math.min(...times), cost };
console.log(JSON.stringify(measurement));
