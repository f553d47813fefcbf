// Who runs what, and with which sizes: chosen so that one run of a workload takes 20–100 ms on the machine of docs/performance.md.

import type { Mode } from "./compiled.ts";

/** Somebody in the comparison: a program that takes `WORKLOAD N [D]` and prints one line of JSON. */
export interface Contestant {
  name: string;
  /** The program, from this directory; for ours, the source that is compiled first. */
  program: string;
  language: "node" | "python";
  /** How ours is compiled. */
  mode?: Mode;
  /** What it needs: nothing, what `npm run bench -- --peers` installs, or a Python module. */
  needs: "nothing" | "peers" | "greenlet" | "gevent";
}

export const contestants = {
  greenlets: {
    name: "**greenlets**, per file",
    program: "workloads/greenlets.ts",
    language: "node",
    mode: "per-file",
    needs: "nothing",
  },
  typed: {
    name: "**greenlets**, whole program",
    program: "workloads/greenlets.ts",
    language: "node",
    mode: "whole-program",
    needs: "nothing",
  },
  generators: { name: "generators, `yield*`", program: "workloads/generators.ts", language: "node", needs: "nothing" },
  trampoline: {
    name: "generators, trampoline",
    program: "workloads/trampoline.ts",
    language: "node",
    needs: "nothing",
  },
  async: { name: "async/await", program: "workloads/async.ts", language: "node", needs: "nothing" },
  effect: { name: "Effect", program: "workloads/effect.mjs", language: "node", needs: "peers" },
  stopify: { name: "Stopify, best mode", program: "workloads/stopify.mjs", language: "node", needs: "peers" },
  greenlet: {
    name: "greenlet (CPython)",
    program: "workloads/python/greenlet_workloads.py",
    language: "python",
    needs: "greenlet",
  },
  gevent: {
    name: "gevent (CPython)",
    program: "workloads/python/gevent_workloads.py",
    language: "python",
    needs: "gevent",
  },
  green: {
    name: "**greenlets/green**",
    program: "workloads/green.ts",
    language: "node",
    mode: "per-file",
    needs: "nothing",
  },
  plain: { name: "plain calls, no switching", program: "workloads/plain.ts", language: "node", needs: "nothing" },
} satisfies Record<string, Contestant>;

export type Id = keyof typeof contestants;

/** What a column shows of a measurement; the best of all repeats is kept, since noise only ever adds. */
export type Figure = "min" | "ratio" | "heap_bytes" | "rss_bytes" | "wall_ms" | "cpu_ms" | "peak_mb";

export interface Column {
  /** As it is called in tables and with `--workload`. */
  title: string;
  workload: string;
  /** Depth, or the capacity of the channels. */
  d?: number;
  unit: string;
  figures: Figure[];
  /** What one operation is. */
  about: string;
  sizes: Partial<Record<Id, number>>;
}

/** `sizes` in the order of `contestants`; 0: this one can't. */
function sizes(...counts: number[]): Partial<Record<Id, number>> {
  const ids = Object.keys(contestants) as Id[];
  return Object.fromEntries(counts.flatMap((count, i) => (count === 0 ? [] : [[ids[i]!, count]])));
}

const ns = { unit: "ns", figures: ["min"] satisfies Figure[] };

export const columns: Column[] = [
  {
    ...ns,
    title: "W1",
    workload: "W1",
    about: "one switch: parent and child take turns",
    sizes: sizes(1e6, 1e6, 2e6, 2e6, 2e5, 5e4, 1e5, 1e5),
  },
  {
    ...ns,
    title: "W1s",
    workload: "W1s",
    about: "one switch: two children switch to each other",
    sizes: sizes(2e6, 2e6, 2e6, 0, 4e5, 0, 2e5, 2e5),
  },
  {
    ...ns,
    title: "W2/10",
    workload: "W2",
    d: 10,
    about: "one switch, 10 plain calls deep",
    sizes: sizes(1e6, 1e6, 2e5, 2e6, 2e5, 5e4, 1e5, 1e5),
  },
  {
    ...ns,
    title: "W2/100",
    workload: "W2",
    d: 100,
    about: "one switch, 100 plain calls deep",
    sizes: sizes(1e6, 1e6, 2e4, 2e6, 2e5, 5e4, 1e5, 1e5),
  },
  {
    ...ns,
    title: "W2/1000",
    workload: "W2",
    d: 1000,
    about: "one switch, 1,000 plain calls deep",
    sizes: sizes(1e6, 1e6, 2e3, 2e6, 2e5, 5e4, 1e5, 1e5),
  },
  {
    ...ns,
    title: "W3",
    workload: "W3",
    about: "one value out of a recursive walk over a tree of 2^17 − 1 nodes",
    sizes: sizes(17, 17, 17, 17, 17, 15, 15, 16, 0, 0, 17),
  },
  {
    ...ns,
    title: "W4",
    workload: "W4",
    about: "create a greenlet, start it, switch out once, finish",
    sizes: sizes(5e5, 5e5, 5e5, 5e5, 1e5, 2e4, 5e4, 5e3, 5e3),
  },
  {
    title: "W5",
    workload: "W5",
    unit: "bytes",
    figures: ["heap_bytes", "rss_bytes"],
    about: "heap of a parked greenlet, 3 frames deep (and resident memory)",
    sizes: sizes(2e5, 2e5, 2e5, 2e5, 1e5, 1e5, 1e5, 5e4),
  },
  {
    title: "W6",
    workload: "W6",
    unit: "× plain",
    figures: ["ratio"],
    about: "fib(n), every call might switch: ratio to the same function uncompiled, in the same process",
    sizes: sizes(30, 30, 26, 25, 25, 22, 28, 24),
  },
  {
    ...ns,
    title: "W7/16",
    workload: "W7",
    d: 16,
    about: "one item through a pipeline of 5 tasks with channels of 16 items",
    sizes: sizes(2e5, 2e5, 1e5, 1e5, 5e4, 1e4, 5e4, 2e4, 1e4),
  },
  {
    ...ns,
    title: "W7/1",
    workload: "W7",
    d: 1,
    about: "the same with channels of 1 item: 5 switches per item",
    sizes: sizes(1e5, 1e5, 5e4, 5e4, 5e4, 1e4, 1e4, 1e4, 3e3),
  },
  {
    title: "W8",
    workload: "W8",
    unit: "CPU ms",
    figures: ["cpu_ms", "wall_ms", "peak_mb"],
    about: "100,000 tasks that sleep 3 times up to 1 s: CPU time (wall ms, peak MB)",
    sizes: sizes(1e5, 1e5, 1e5, 1e5, 1e5, 1e5, 1e5, 0, 1e5, 1e5),
  },
  {
    ...ns,
    title: "W9",
    workload: "W9",
    d: 100,
    about: "an error through 100 frames that might switch",
    sizes: sizes(2e3, 2e3, 1e3, 1e3, 1e3, 1e3, 5e2, 2e3, 0, 0, 5e3),
  },
  {
    ...ns,
    title: "W9s",
    workload: "W9s",
    d: 100,
    about: "the same after the innermost frame was suspended",
    sizes: sizes(2e3, 2e3, 1e3, 1e3, 1e3, 1e3, 2e2, 2e3),
  },
  {
    ...ns,
    title: "W10/1",
    workload: "W10",
    d: 1,
    about: "spawn a task that ends at once, and get its result",
    sizes: { async: 1e6, green: 1e6, gevent: 1e4 },
  },
  {
    ...ns,
    title: "W10/1000",
    workload: "W10",
    d: 1_000,
    about: "the same, 1,000 at a time",
    sizes: { async: 1e6, green: 1e6, gevent: 1e4 },
  },
  {
    ...ns,
    title: "W10/all",
    workload: "W10",
    d: 1_000_000,
    about: "the same, a million at a time",
    sizes: { async: 1e6, green: 1e6 },
  },
];
