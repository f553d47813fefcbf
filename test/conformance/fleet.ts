/** Worker processes: batches out, results in. A silent worker is ended, its test counts as hung, and a fresh one takes the rest. */
import { fork, type ForkOptions } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Job, Message, Result } from "./worker.ts";

/** How long one test file may take in all its variants and modes, in milliseconds. */
const limit = 30_000;
const batchSize = 250;

const options: ForkOptions = {
  execArgv: ["--expose-gc", "--experimental-vm-modules", "--no-warnings"],
  serialization: "advanced",
};

export interface Watcher {
  readonly finished: (results: readonly Result[]) => void;
  /** `counts`: the test had passed uncompiled. */
  readonly hung: (path: string, reason: string, counts: boolean) => void;
}

export async function runFleet(job: Job, processes: number, watcher: Watcher): Promise<void> {
  const queue = batches(job.paths);
  const lane = async (): Promise<void> => {
    for (let paths = queue.shift(); paths !== undefined; paths = queue.shift()) {
      const rest = await runBatch({ ...job, paths }, watcher);
      if (rest.length > 0) queue.unshift(rest);
    }
  };
  await Promise.all(Array.from({ length: processes }, lane));
}

function batches(paths: readonly string[]): (readonly string[])[] {
  return Array.from({ length: Math.ceil(paths.length / batchSize) }, (_, index) =>
    paths.slice(index * batchSize, (index + 1) * batchSize),
  );
}

/** Resolves with the paths that are left because a test never came back. */
function runBatch(job: Job, watcher: Watcher): Promise<readonly string[]> {
  const worker = fork(fileURLToPath(new URL("worker.ts", import.meta.url)), options);
  const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>();
  let current: string | null = null; // the test being run, for the report of a hung or crashed worker
  let counts = false; // whether that test has passed uncompiled
  let done = false; // whether the worker came to the end of its batch
  const give = (reason: string): void => {
    clearTimeout(timer);
    worker.kill("SIGKILL");
    if (current !== null) watcher.hung(current, reason, counts);
    // A worker that never began (a machine under load) leaves the whole batch.
    resolve(current === null ? (done ? [] : job.paths) : job.paths.slice(job.paths.indexOf(current) + 1));
  };
  const timer = setTimeout(() => give("no result in time"), limit);
  worker.on("exit", (code) => {
    if (current === null && !done && code !== null)
      reject(new Error(`a worker ended with ${code} before its first test`));
    give(`the process ended with ${code}`);
  });
  worker.on("message", (message: Message) => {
    timer.refresh();
    if (message === "finished") [current, done] = [null, true];
    else if ("begun" in message) [current, counts] = [message.begun, message.counts];
    else watcher.finished(message.results);
    if (message === "finished") give("");
  });
  worker.send(job);
  return promise;
}
