// Bodies for test/green/hosted.test.ts: what is not compiled can't wait.
import type { AsyncLocalStorage } from "node:async_hooks";
import { keepContexts } from "greenlets";
import {
  AsyncResult,
  Event,
  hub,
  joinAll,
  parked,
  Queue,
  run,
  Semaphore,
  sleep,
  spawn,
  wait,
  Channel,
  Green,
  GreenError,
} from "greenlets/green";

export function sleepThen(ms: number, then: () => void): void {
  sleep(ms);
  then();
}

export function waitForPromiseThen(ms: number, then: () => void): void {
  wait(new Promise((resolve) => setTimeout(resolve, ms)));
  then();
}

export function sleepUnheld(ms: number): void {
  sleep(ms, { ref: false });
}

export function pause(): void {
  sleep(1);
}

export function fail(): never {
  throw new Error("wrong");
}

export function kill(green: Green): void {
  green.kill();
}

export function stubborn(ms: number): void {
  try {
    sleep(60_000);
  } finally {
    sleep(ms);
  }
}

export function startFamily(log: (line: string) => void): void {
  const cleaning = (name: string, wait: () => void) =>
    spawn(() => {
      try {
        wait();
      } finally {
        log(`${name} cleaned up`);
      }
    });
  const event = new Event();
  cleaning("sleeper", () => sleep(60_000));
  cleaning("listener", () => event.wait());
  cleaning("timed", () => event.wait(60_000));
  spawn(() => {
    try {
      sleep(60_000);
    } finally {
      spawn(() => {
        try {
          sleep(60_000);
        } finally {
          log("spawned while cleaning up");
        }
      });
      sleep(1);
    }
  });
}

export function sleepForADay(): number {
  const start = hub.now();
  joinAll([spawn(() => sleep(3_600_000)), spawn(() => sleep(86_400_000))]);
  return hub.now() - start;
}

export function interleave(): string[] {
  const seen: string[] = [];
  const worker = (name: string) => {
    for (let i = 0; i < 3; i++) {
      seen.push(name);
      sleep(0);
    }
  };
  joinAll([spawn(() => worker("a")), spawn(() => worker("b")), spawn(() => worker("c"))]);
  return seen;
}

export const stuck: Record<string, () => unknown> = {
  event: () => new Event().wait(),
  queue: () => new Queue().get(),
  peek: () => new Queue().peek(),
  channel: () => new Channel().put(1),
  result: () => new AsyncResult().get(),
  semaphore: () => new Semaphore(0).acquire(),
  join: () => new Green(() => 1).join(),
  get: () => new Green(() => 1).get(),
};

export function childIsStuck(): unknown[] {
  const child = spawn(() => new Event().wait());
  try {
    child.join();
    return [];
  } catch (error) {
    return [(error as GreenError).code, child.ready()];
  }
}

export function promisesAndSleeps(): unknown[] {
  const start = hub.now();
  const seen: unknown[] = [];
  joinAll([
    spawn(() => {
      sleep(60_000);
      seen.push("slept");
    }),
    spawn(() => {
      wait(new Promise((resolve) => setImmediate(resolve)));
      seen.push("promise");
    }),
  ]);
  return [...seen, hub.now() - start];
}

/** Reads, waits, writes: an update is lost when somebody runs in between. */
function increment(counter: { value: number }, yieldFirst: boolean): void {
  if (yieldFirst) sleep(0);
  const { value } = counter;
  if (!yieldFirst) sleep(0);
  counter.value = value + 1;
}

/** Right in the order of arrival, wrong in others: who adds must come after who resets. */
export function race(): void {
  let value = 0;
  joinAll([spawn(() => (value = 0)), spawn(() => value++)]);
  if (value !== 1) throw new Error("lost update");
}

export function noRace(): void {
  const counter = { value: 0 };
  joinAll([spawn(() => increment(counter, true)), spawn(() => increment(counter, true))]);
  if (counter.value !== 2) throw new Error("lost update");
}

export function stacks(): boolean[] {
  const event = new Event();
  const waiter = spawn(() => event.wait());
  sleep(1);
  const [found] = parked().filter(({ greenlet }) => (greenlet as unknown) === waiter);
  waiter.kill();
  return [found!.stack!.includes("hosted.ts"), found!.spawnedAt!.includes("stacks")];
}

export async function contexts(storage: AsyncLocalStorage<string>): Promise<string[]> {
  const seen: string[] = [];
  const body = () => {
    seen.push(storage.getStore()!);
    sleep(5);
    seen.push(storage.getStore()!);
  };
  keepContexts();
  try {
    await Promise.all([storage.run("a", () => run(body)), storage.run("b", () => run(body))]);
  } finally {
    keepContexts(false);
  }
  return seen.toSorted();
}

export function spin(ms: number): void {
  const start = hub.now();
  while (hub.now() - start < ms) sleep(0);
}
