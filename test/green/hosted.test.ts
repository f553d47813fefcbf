// What is asked from outside of greenlets: the process, the hub, simulations, observers.
import { spawn as startProcess } from "node:child_process";
import { AsyncLocalStorage } from "node:async_hooks";
import { channel } from "node:diagnostics_channel";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { load } from "./load.ts";

const green = await load<typeof import("../../runtime/green/index.ts")>("greenlets/green", "compiled");
const testing = await load<typeof import("../../runtime/green/testing.ts")>("greenlets/green/testing", "compiled");
const bodies = await load<typeof import("./scenarios/hosted.ts")>("test/green/scenarios/hosted.ts", "compiled");
const { drain, hub, run, shutdown, spawn } = green;
const { explore, simulate, simulateAsync } = testing;

type Outcome = { code: number | null; output: string };

/** Runs one of test/green/programs; `onOutput` may send signals. */
function program(name: string, onOutput?: (text: string, kill: (signal: "SIGINT") => void) => void): Promise<Outcome> {
  const child = startProcess(process.execPath, [
    join(import.meta.dirname, "program.ts"),
    `test/green/programs/${name}.ts`,
  ]);
  let output = "";
  return new Promise((resolve) => {
    child.stdout.on("data", (text: Buffer) => {
      output += String(text);
      onOutput?.(String(text), (signal) => child.kill(signal));
    });
    child.stderr.on("data", (text: Buffer) => (output += String(text)));
    child.on("close", (code) => resolve({ code, output }));
  });
}

describe("the process", () => {
  test("E59 a wait that nothing can end is reported with everybody who is parked", async () => {
    const { code, output } = await program("deadlock");
    expect(code).toBe(0);
    expect(output).toMatch(/^Deadlock deadlock\nNothing is left/);
    expect(output).toMatch(/<Green "listener"> waits for Queue, in .*listen/);
    expect(output).toMatch(/<Green "Green-\d+"> waits for Event/);
  });

  test("E59 at the top level of a module, also for a promise; the hub works on", async () => {
    expect(await program("top-level")).toEqual({ code: 0, output: "Deadlock\nDeadlock\nthe hub still works\n" });
  });

  test("E69 the end of the program does not wait for parked greenlets, nor run their finally", async () => {
    expect(await program("end")).toEqual({ code: 0, output: "end\n" });
  });

  test("E67 the first SIGINT shuts down, with finally", async () => {
    const outcome = await program("signal", (text, kill) => text.includes("ready") && kill("SIGINT"));
    expect(outcome).toEqual({ code: 130, output: "ready\ncleaned up\n" });
  });

  test("E67 the second SIGINT ends the program", async () => {
    const outcome = await program("stubborn", (_, kill) => kill("SIGINT"));
    expect(outcome).toEqual({ code: 130, output: "ready\ncleaning up\n" });
  });
});

describe("quiet", () => {
  test("E57, E58 drain waits until nothing happens any more, as often as asked", async () => {
    for (let i = 0; i < 2; i++) {
      const seen: string[] = [];
      spawn(bodies.sleepThen, { args: [5, () => void seen.push("slept")] });
      spawn(bodies.waitForPromiseThen, { args: [200, () => void seen.push("settled")] });
      expect(await run(drain)).toBe(true);
      expect(seen).toEqual(["slept", "settled"]);
      const far = spawn(bodies.sleepThen, { args: [60_000, () => undefined] });
      expect(await run(drain, 5)).toBe(false);
      await run(bodies.kill, far);
      expect(await run(drain)).toBe(true);
    }
  });

  test("E57 a sleep that does not hold the program is not waited for", async () => {
    const green = spawn(bodies.sleepUnheld, { args: [60_000] });
    expect(await run(drain)).toBe(true);
    await run(bodies.kill, green);
  });

  test("shutdown kills everybody, runs finally, and kills who is spawned meanwhile", async () => {
    const seen: string[] = [];
    bodies.startFamily((line) => void seen.push(line));
    await run(bodies.pause);
    expect(await shutdown({ grace: 500 })).toBe(true);
    expect(seen.toSorted()).toEqual(
      ["listener cleaned up", "sleeper cleaned up", "spawned while cleaning up", "timed cleaned up"].toSorted(),
    );
  });

  test("shutdown gives up when the grace is over", async () => {
    const green = spawn(bodies.stubborn, { args: [60_000] });
    await run(bodies.pause);
    expect(await shutdown({ grace: 10 })).toBe(false);
    await run(bodies.kill, green);
  });
});

describe("simulations", () => {
  test("sleeping takes no time", () => {
    const start = performance.now();
    expect(simulate(bodies.sleepForADay)).toBe(86_400_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test("the same seed gives the same schedule, another one another", () => {
    const schedule = (seed: number) => simulate(bodies.interleave, { seed }).join("");
    expect(schedule(1)).toBe(schedule(1));
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8].map(schedule)).size).toBeGreaterThan(1);
  });

  test("E59 a deadlock is thrown where the task waits, and names everybody", () => {
    for (const stuck of Object.values(bodies.stuck))
      expect(() => simulate(stuck)).toThrow(expect.objectContaining({ code: "deadlock" }));
    expect(simulate(bodies.childIsStuck)).toEqual(["deadlock", false]);
    expect(simulate(() => 5)).toBe(5);
  });

  test("promises settle before the clock moves", async () => {
    expect(await simulateAsync(bodies.promisesAndSleeps)).toEqual(["promise", "slept", 60_000]);
  });

  test("explore names the seed of a schedule that fails, and it fails again", () => {
    let seed = 0;
    try {
      explore(bodies.race, { runs: 200 });
    } catch (error) {
      seed = Number(/Seed (\d+)/.exec((error as Error).message)![1]);
    }
    expect(seed).toBeGreaterThan(0);
    expect(() => simulate(bodies.race, { seed })).toThrow(/lost update/);
    explore(bodies.noRace, { runs: 50 });
  });

  test("a simulation inside a greenlet is refused", async () => {
    await expect(run(() => simulate(() => 1))).rejects.toThrow(/event loop of its own/);
  });
});

describe("observers", () => {
  test("E24 channels tell of spawns, waits and ends", async () => {
    const seen: string[] = [];
    const spawned = () => void seen.push("spawn");
    const parked = (message: unknown) => void seen.push(`park ${String((message as { on: unknown }).on)}`);
    const ended = (message: unknown) => void seen.push(`end ${String((message as { error: unknown }).error)}`);
    channel("greenlets.spawn").subscribe(spawned);
    channel("greenlets.park").subscribe(parked);
    channel("greenlets.end").subscribe(ended);
    await run(bodies.pause);
    await run(bodies.fail).catch(() => undefined);
    channel("greenlets.spawn").unsubscribe(spawned);
    channel("greenlets.park").unsubscribe(parked);
    channel("greenlets.end").unsubscribe(ended);
    await run(bodies.pause);
    expect(seen).toEqual(["spawn", "park sleep", "end undefined", "spawn", "end Error: wrong"]);
  });

  test("debug mode keeps the stacks of spawns and waits", async () => {
    hub.debug = true;
    try {
      expect(await run(bodies.stacks)).toEqual([true, true]);
    } finally {
      hub.debug = false;
    }
  });

  test("values of AsyncLocalStorage follow a greenlet, when contexts are kept", async () => {
    const storage = new AsyncLocalStorage<string>();
    const results = await bodies.contexts(storage);
    expect(results).toEqual(["a", "a", "b", "b"]);
  });

  test("the budget lets timers run between busy greenlets", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await run(bodies.spin, 200);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(1);
  });
});
