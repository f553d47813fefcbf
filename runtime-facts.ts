// What the whole-program analysis knows of the runtime's own library, for the build: only calls that may wait are compiled there.
import { join } from "node:path";
import { isFresh } from "./fresh.ts";
import { analyse } from "./plugin/analyse/index.ts";
import { factsPath, writeFacts } from "./plugin/analyse/facts.ts";

const root = import.meta.dirname;
/** The folder that the facts are of. */
export const runtime: string = join(root, "runtime");

/**
 * What never waits, though the analysis can't know: it calls functions of the program, or methods by names that others wait in. Said for as few
 * functions as the results need; test/green/plain.test.ts runs all scenarios with them watched.
 */
export const plain = [
  // Looks at frames.
  "core/greenlet.ts:Greenlet#frames",
  // Called while frames are collected: the switch is under way already.
  "core/save.ts:*",
  // The hub's side: called by the host, or only puts something in a queue, a list or the clock. On the hub a switch comes back to it.
  "green/loop/*.ts:*",
  // Text about frames; the host's listener.
  "green/deadlock.ts:*",
  // Makes a proxy, whose handler only looks up methods.
  "green/view.ts:green",
  // Abort the program's signal and queue.
  "green/green.ts:Green#strike",
  "green/green.ts:Green#throw",
  // Makes an error of a class: a constructor of errors that waits is told that nothing can wait there.
  "green/green.ts:toError",
  // A link, called on the hub.
  "green/green.ts:tell",
  // Makes an error, arms or disarms a timer; its `name` and `message` are texts.
  "green/timeout.ts:Timeout*",
  // Listeners, called by what emits.
  "green/events.ts:Subscription#$push",
  "green/events.ts:Subscription#$end",
  // Wakes who waits.
  "green/exchange.ts:Exchange#close",
  // Made without items by the library itself; with items, the call that makes it is a suspension point of the program.
  "green/queue.ts:Queue",
  "green/group.ts:Group",
  // Kills without waiting.
  "green/spawn.ts:kill",
  // Kills without waiting and closes.
  "green/mapping.ts:Mapping#return",
  // Looks into the hub's lists.
  "green/drain.ts:living",
];

/** How the runtime is analysed. */
export const options = { types: ["node"], paths: { greenlets: [join(runtime, "core/index.ts")] } };

/** The facts file of the runtime, written anew when it is out of date. @returns its path */
export function runtimeFacts(): string {
  const file = factsPath(runtime);
  if (isFresh(file, "runtime-facts.ts")) return file;
  const files = ["core/index.ts", "green/index.ts", "green/testing.ts"];
  writeFacts(file, analyse({ root: runtime, files, options }, { library: true, assume: { plain } }));
  return file;
}
