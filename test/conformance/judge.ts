/** One scenario in one way: a fresh realm, the harness, the test, and what came of it. */
import { join } from "node:path";
import { Script } from "node:vm";
import type { HarnessLibrary } from "./harness.ts";
import { ModuleLoader } from "./modules.ts";
import { createRealm, loadHarness, type Realm } from "./realm.ts";
import { harnessFilesOf, wrapperName, type Scenario } from "./scenario.ts";
import { CompileFailure, type Translate } from "./translate.ts";

/** `refused` is the compiler's own coded error; `fail` says how. */
export type Verdict =
  | { readonly kind: "pass" }
  | { readonly kind: "fail"; readonly message: string }
  | { readonly kind: "refused"; readonly code: string };

export interface Way {
  readonly translate: Translate;
  /** Whether the test runs inside a greenlet, or on the host's stack. */
  readonly greenlet: boolean;
}

export interface Bench {
  readonly suite: string;
  readonly library: HarnessLibrary;
  readonly runtime: Script | null;
}

/** How long an asynchronous test may stay silent, in milliseconds. */
const patience = 2000;

export async function judge(bench: Bench, scenario: Scenario, way: Way): Promise<Verdict> {
  try {
    const outcome = await outcomeOf(bench, scenario, way);
    return outcome?.thrown instanceof CompileFailure ? refusal(outcome.thrown) : compareOutcome(scenario, outcome);
  } catch (error) {
    return error instanceof CompileFailure ? refusal(error) : { kind: "fail", message: describe(error) };
  }
}

function refusal({ code, message }: CompileFailure): Verdict {
  return code === "crash"
    ? { kind: "fail", message: `the compiler failed: ${message.slice(0, 300)}` }
    : { kind: "refused", code };
}

/** What the test threw, or null: a value thrown is boxed, because a test may throw null. */
type Outcome = { readonly thrown: unknown } | null;

async function outcomeOf(bench: Bench, scenario: Scenario, way: Way): Promise<Outcome> {
  const realm = createRealm(way.translate.name === "plain" ? null : bench.runtime);
  loadHarness(realm, bench.library, harnessFilesOf(scenario.metadata), way.translate);
  const start = prepare(bench, scenario, way, realm);
  const outcome = await attempt(start);
  if (outcome !== null) return outcome;
  return scenario.metadata.flags.has("async") ? await waitForPrint(realm) : checkQuiet(realm);
}

async function attempt(start: () => unknown): Promise<Outcome> {
  try {
    const result = start();
    if (result instanceof Promise) await result;
    return null;
  } catch (thrown) {
    return { thrown };
  }
}

/** Compiles now, so that a compiler's error is not taken for the test's; the returned function runs the test. */
function prepare(bench: Bench, scenario: Scenario, way: Way, realm: Realm): () => unknown {
  const filename = join(bench.suite, "test", scenario.path);
  const loader = new ModuleLoader(realm, way.translate);
  if (scenario.variant === "module") return () => loader.run(filename, scenario.source);
  const { code } = way.translate.compile(scenario.source, filename, "script");
  return () => start(code, filename, loader, realm, way.greenlet);
}

function start(code: string, filename: string, loader: ModuleLoader, realm: Realm, greenlet: boolean): void {
  const script = new Script(`(function (require) {${code}\nreturn ${wrapperName};\n})`, {
    filename,
    importModuleDynamically: (specifier, _referrer, attributes) =>
      loader.import(specifier, filename, attributes as Record<string, string>),
  });
  const body: () => unknown = script.runInContext(realm.global)(realm.require);
  if (greenlet) runInGreenlet(realm, body);
  else body();
}

function runInGreenlet({ greenlets }: Realm, body: () => unknown): void {
  if (greenlets === null) throw new Error("no runtime in this realm");
  const greenlet = new greenlets.Greenlet(body);
  greenlet.switch();
  if (!greenlet.dead) throw new Error("the greenlet is still parked");
}

/** A pending switch after the end of a test would be delivered to whoever comes next. */
function checkQuiet({ greenlets }: Realm): Outcome {
  if (greenlets === null || greenlets.$.state[0] === 0) return null;
  return { thrown: new Error("a switch is still pending") };
}

async function waitForPrint(realm: Realm): Promise<Outcome> {
  const end = Date.now() + patience;
  for (let turn = 0; realm.printed.length === 0; turn++) {
    if (Date.now() > end) return { thrown: new Error("$DONE was never called") };
    await new Promise((resolve) => (turn < 20 ? setImmediate(resolve) : setTimeout(resolve, 10)));
  }
  const failure = realm.printed.find((line) => line.startsWith("Test262:AsyncTestFailure"));
  return failure === undefined ? checkQuiet(realm) : { thrown: new Error(failure) };
}

function compareOutcome({ metadata: { negative } }: Scenario, outcome: Outcome): Verdict {
  if (negative === null)
    return outcome === null ? { kind: "pass" } : { kind: "fail", message: describe(outcome.thrown) };
  if (outcome === null) return { kind: "fail", message: `expected ${negative.type}, nothing was thrown` };
  const name = (outcome.thrown as { constructor?: { name?: unknown } } | null)?.constructor?.name;
  return name === negative.type
    ? { kind: "pass" }
    : { kind: "fail", message: `expected ${negative.type}: ${describe(outcome.thrown)}` };
}

function describe(thrown: unknown): string {
  try {
    const { name, message } = thrown as { name: unknown; message: unknown };
    return name === undefined && message === undefined
      ? `thrown: ${String(thrown)}`
      : `${String(name)}: ${String(message)}`.slice(0, 400);
  } catch {
    return "thrown: a value that cannot be shown";
  }
}
