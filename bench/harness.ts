import { writeSync } from "node:fs";
import { memory, peakResident, resident } from "./memory.ts";

// What every program of the comparison does with its command line: `WORKLOAD N [D]` in, one line of JSON out.
// A program describes its workloads; this file warms them up, times them and checks that the machine's noise is seen.

/** Timed again and again: `run` performs `operations` operations and throws when its result is wrong. */
export interface Timed {
  operations: number;
  run(): void | Promise<void>;
  /** The same work without anything that can switch: timed alternately, and reported as a ratio. */
  plain?(): void;
}

/** Suspends `count` greenlets and returns whatever keeps them alive. Needs `--expose-gc`. */
export interface Held {
  hold(count: number): unknown;
}

/** Runs for seconds, once: wall time, CPU time and peak memory are reported. */
export interface Once {
  tasks: number;
  once(): Promise<void>;
}

export type Workload = Timed | Held | Once;

/** A program: what it is called in tables, and its workloads, by size `n` and second parameter `d`. */
export type Workloads = Record<string, (n: number, d: number) => Workload>;

export type Measurement = Record<string, string | number>;

const REPEATS = 5;
const WARM_UP_NS = 300e6;

/** Runs the workload that the command line names and prints its line. */
export async function main(peer: string, workloads: Workloads): Promise<void> {
  const [name = "", size = "100000", second = "10"] = process.argv.slice(2);
  const make = workloads[name];
  if (make === undefined)
    throw new Error(`${peer} has no workload ${name}; it has ${Object.keys(workloads).join(", ")}.`);
  const workload = make(Number(size), Number(second));
  const measured = await measure(workload, Number(size));
  const line = {
    peer,
    workload: name,
    n: Number(size),
    d: Number(second),
    runtime: `node ${process.versions.node}`,
    ...measured,
  };
  writeSync(1, `${JSON.stringify(line)}\n`); // at once: some libraries keep the process alive, others end it
}

/** One workload, measured by its kind. */
export function measure(workload: Workload, n: number): Promise<Measurement> | Measurement {
  if ("hold" in workload) return held(workload, n);
  if ("once" in workload) return once(workload);
  return timed(workload);
}

async function timed({ operations, run, plain }: Timed): Promise<Measurement> {
  await warmUp(run);
  plain?.();
  const times: number[] = [];
  const plainTimes: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    times.push((await nanoseconds(run)) / operations);
    if (plain !== undefined) plainTimes.push((await nanoseconds(plain)) / operations);
  }
  const figures = { ns: median(times), min: rounded(Math.min(...times)) };
  if (plain === undefined) return figures;
  return { ...figures, plain_ns: median(plainTimes), ratio: rounded(Math.min(...times) / Math.min(...plainTimes)) };
}

async function warmUp(run: () => void | Promise<void>): Promise<void> {
  const start = now();
  do await run();
  while (now() - start < WARM_UP_NS);
}

/** CPU time of the whole process: what else the machine does is not in it, what V8's other threads do is. */
async function nanoseconds(run: () => void | Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1000;
}

/** Bytes per held item: the growth of the heap and of the resident set while `n` items are made. */
function held({ hold }: Held, n: number): Measurement {
  const few = hold(16);
  const before = memory();
  const start = now();
  const kept = hold(n);
  const time = now() - start;
  const after = memory();
  if (few === kept) throw new Error("hold() must make new items each time.");
  const [heap, rss] = [(after.heap - before.heap) / n, (after.rss - before.rss) / n];
  return { ns: rounded(time / n), heap_bytes: Math.round(heap), rss_bytes: Math.round(rss) };
}

async function once({ tasks, once: run }: Once): Promise<Measurement> {
  const base = resident();
  const cpu = process.cpuUsage();
  const start = now();
  await run();
  const wall = now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const peak = peakResident();
  return {
    ns: rounded(((user + system) * 1000) / tasks),
    cpu_ms: Math.round((user + system) / 1000),
    wall_ms: Math.round(wall / 1e6),
    peak_mb: Math.round(peak / 2 ** 20),
    rss_bytes: Math.round((peak - base) / tasks),
  };
}

function now(): number {
  return Number(process.hrtime.bigint());
}

function median(values: number[]): number {
  return rounded([...values].sort((a, b) => a - b)[values.length >> 1]!);
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
