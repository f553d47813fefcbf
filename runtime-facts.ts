// What the whole-program analysis knows of the runtime's own library, for the build: only calls that may wait are compiled there.
import { join } from "node:path";
import { isFresh } from "./fresh.ts";
import { analyse } from "./plugin/analyse/index.ts";
import { factsPath, writeFacts } from "./plugin/analyse/facts.ts";

const root = import.meta.dirname;
const runtime = join(root, "runtime");

/**
 * What runs on the hub, or only makes or changes objects: it calls functions of the program, which the analysis must take for ones that
 * wait, but which must not (or can't: constructors, listeners, links). If they do, they are told so by a GreenletError.
 */
export const plain = [
  "core/greenlet.ts:Greenlet",
  "core/greenlet.ts:Greenlet#constructor",
  "core/greenlet.ts:Greenlet#frames",
  "core/save.ts:*",
  "green/loop/*.ts:*",
  "green/errors.ts:*",
  "green/deadlock.ts:*",
  "green/view.ts:called*",
  "green/view.ts:green",
  "green/by-hand/park.ts:begin",
  "green/by-hand/park.ts:startLimit",
  "green/by-hand/park.ts:Expiry*",
  "green/green.ts:Green",
  "green/green.ts:Green#constructor",
  "green/green.ts:Green#$configure",
  "green/green.ts:Green#$obey",
  "green/green.ts:abort",
  "green/green.ts:Green#turn",
  "green/green.ts:Green#$end",
  "green/green.ts:Green#$cleanUp",
  "green/green.ts:Green#strike",
  "green/green.ts:Green#throw",
  "green/green.ts:Green#$linkIf",
  "green/green.ts:Green#promise",
  "green/green.ts:toError",
  "green/green.ts:Start*",
  "green/green.ts:apart",
  "green/green.ts:tell",
  "green/timeout.ts:Timeout*",
  "green/timeout.ts:arm*",
  "green/timeout.ts:Alarm*",
  "green/result.ts:AsyncResult#promise",
  "green/events.ts:listen*",
  "green/events.ts:Subscription",
  "green/events.ts:Subscription#$push",
  "green/events.ts:Subscription#$end",
  "green/events.ts:Subscription#return",
  "green/rlock.ts:RLock#release*",
  "green/rlock.ts:RLock#$releaseAll",
  "green/semaphore.ts:Hold*",
  "green/semaphore.ts:*#release",
  "green/condition.ts:Condition#release",
  "green/exchange.ts:Exchange#close",
  "green/queue.ts:Queue",
  "green/queue.ts:LifoQueue",
  "green/queue.ts:PriorityQueue",
  "green/queue.ts:Queue#close",
  "green/queue.ts:Queue#putNowait",
  "green/scope.ts:Scope#spawn",
  "green/scope.ts:Scope#notify",
  "green/scope.ts:Scope#cancel",
  "green/scope.ts:Scope#$fail",
  "green/group.ts:Group",
  "green/group.ts:Group#$enter",
  "green/group.ts:Group#$release",
  "green/group.ts:Group#discard",
  "green/group.ts:Group#notify",
  "green/pool.ts:Pool",
  "green/pool.ts:Pool#$release",
  "green/spawn.ts:kill",
  "green/mapping.ts:Mapping",
  "green/mapping.ts:Mapping#$ended",
  "green/mapping.ts:Mapping#$closeIfDone",
  "green/mapping.ts:Mapping#return",
  "green/ready.ts:ReadyIterator",
  "green/drain.ts:living",
  "green/drain.ts:shutdown*",
];

/** The facts file of the runtime, written anew when it is out of date. @returns its path */
export function runtimeFacts(): string {
  const file = factsPath(runtime);
  if (isFresh(file, "runtime-facts.ts")) return file;
  const options = { types: ["node"], paths: { greenlets: [join(runtime, "core/index.ts")] } };
  const files = ["core/index.ts", "green/index.ts", "green/testing.ts"];
  writeFacts(file, analyse({ root: runtime, files, options }, { library: true, assume: { plain } }));
  return file;
}
