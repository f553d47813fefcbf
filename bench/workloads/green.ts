import { joinAll, run, sleep, spawn, type Green } from "greenlets/green";
import { main as report, type Workloads } from "../harness.ts";
import * as shapes from "../shapes.ts";

// What an event loop does, with the library that gives what gevent gives.

function sleepThrice(task: number): void {
  for (let turn = 0; turn < 3; turn++) sleep(shapes.sleepTime(task, turn));
}

function sleepers(n: number): void {
  joinAll(Array.from({ length: n }, (_, task) => spawn(() => sleepThrice(task))));
}

function next(value: number): number {
  return value + 1;
}

/** Spawns `size` at a time and gets what each returns. */
function getAll(n: number, size: number): number {
  let sum = 0;
  for (let i = 0; i < n; i += size) {
    const greens: Green<number>[] = [];
    for (let j = 0; j < size; j++) greens.push(spawn(() => next(i + j)));
    for (const green of greens) sum += green.get();
  }
  return sum;
}

/** Spawns one after the other. */
function getEach(n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += spawn(() => next(i)).get();
  return sum;
}

const workloads: Workloads = {
  W8: (n) => ({ tasks: n, once: () => run(sleepers, n) }),
  W10: (n, size) => ({
    operations: n,
    run: async () => shapes.check(await (size === 1 ? run(getEach, n) : run(getAll, n, size)), shapes.triangle(n) + n),
  }),
};

await report("greenlets/green", workloads);
