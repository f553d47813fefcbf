// The real clock on a busy machine: two greenlets that sleep 20 and 30 ms may wake together, and what they then print is no mistake. So what
// fails is run again, in a world whose clock goes more slowly: there the machine's delays count for less. A mistake stays one.
import { load, type Mode } from "./load.ts";

/** How many real milliseconds one of the world's lasts, one try after the other. */
const SLOWNESS = [1, 5, 20];

/** @returns what `attempt` returns. @throws its error on the slowest clock */
export async function patiently<T>(mode: Mode, attempt: () => Promise<T>): Promise<T> {
  for (const slowness of SLOWNESS) {
    try {
      return await (slowness === 1 ? attempt() : slowly(mode, slowness, attempt));
    } catch (error) {
      if (slowness === SLOWNESS.at(-1)) throw error;
    }
  }
  throw new RangeError("There must be a first try.");
}

async function slowly<T>(mode: Mode, slowness: number, attempt: () => Promise<T>): Promise<T> {
  const { hub, World } = await load<typeof import("../../runtime/green/loop/hub.ts")>(
    "runtime/green/loop/hub.ts",
    mode,
  );
  const { Fifo } = await load<typeof import("../../runtime/green/loop/fifo.ts")>("runtime/green/loop/fifo.ts", mode);
  const { RealHost } = await load<typeof import("../../runtime/green/loop/host.ts")>(
    "runtime/green/loop/host.ts",
    mode,
  );

  class SlowHost extends RealHost {
    override now(): number {
      return super.now() / slowness;
    }

    override $timeout(delay: number, task: () => void): ReturnType<InstanceType<typeof RealHost>["$timeout"]> {
      return super.$timeout(delay * slowness, task);
    }
  }

  const { world } = hub;
  hub.world = new World(new Fifo(), new SlowHost());
  try {
    return await attempt();
  } finally {
    hub.world = world;
  }
}
