/** Runs one program in one way, in a realm of its own, and returns its trace. */
import { Script } from "node:vm";
import { createRealm, type Greenlets, type Realm } from "../conformance/realm.ts";
import { foreign } from "./prelude.ts";
import { showIn } from "./show.ts";

export interface Run {
  readonly library: string | null;
  readonly main: string;
  readonly throwEvery: number;
  /** Whether `pause` switches to the main greenlet and back, or is a plain function. */
  readonly switching: boolean;
}

/** Steps a program may take: turns of loops plus entered functions. Lines are counted too, in case compiled code never ends. */
const fuel = 400;
const longest = 3000;
/** How long the synchronous part may take, in milliseconds. */
const patience = 2000;

export async function execute(runtime: Script, run: Run): Promise<readonly string[]> {
  const realm = createRealm(runtime);
  const trace: string[] = [];
  try {
    start(realm, trace, run);
  } catch (error) {
    trace.push(`ended by ${String((error as Error | null)?.name)}: ${String((error as Error | null)?.message)}`);
  }
  await new Promise((resolve) => setImmediate(resolve));
  return trace;
}

function start(realm: Realm, trace: string[], run: Run): void {
  new Script(`Function.prototype[Symbol.toPrimitive] = () => "fn"`).runInContext(realm.global);
  const hosted = hostFunctions(realm, trace, run);
  const load = (text: string, result: string, known: object = {}): unknown =>
    new Script(
      `(function (require, ${Object.keys({ ...hosted, ...known }).join(", ")}) {${text}\nreturn ${result};\n})`,
      {
        filename: "program.js",
      },
    ).runInContext(realm.global)(realm.require, ...Object.values({ ...hosted, ...known }));
  const uncompiled = load(foreign, "") as object;
  const supply = run.library ? load(run.library, "supply", uncompiled) : undefined;
  const program = load(run.main, "program", { ...uncompiled, supply }) as () => unknown;
  const drive = run.switching ? () => driveGreenlet(realm.greenlets as Greenlets, program, hosted.answer) : program;
  Object.defineProperty(realm.global, "drive", { value: drive, configurable: true });
  new Script("drive()").runInContext(realm.global, { timeout: patience });
}

type Answer = (value: unknown) => unknown;

function hostFunctions({ global, greenlets }: Realm, trace: string[], { throwEvery, switching }: Run) {
  const show = showIn(global);
  let steps = fuel;
  let pauses = 0;
  let silence = 0; // accessors on the stack: below them nothing can switch
  const log = (...values: unknown[]): unknown => {
    if (trace.length > longest) throw new Error("the trace is too long");
    trace.push(values.map(show).join(" "));
    return values[0];
  };
  const answer: Answer = (value) => {
    log("pause", value);
    if (++pauses % throwEvery === 0) throw `thrown ${pauses}`;
    return value;
  };
  const { getCurrent } = greenlets as Greenlets & {
    getCurrent(): { parent: { switch(value: unknown): unknown } | null };
  };
  return {
    kept: new Script("[]").runInContext(global),
    log,
    answer,
    go: () => steps-- > 0,
    out: () => steps-- <= 0,
    quiet: (change: number) => void (silence += change),
    transfer: (value: unknown) => {
      const parent = switching && silence === 0 ? getCurrent().parent : null;
      return parent === null ? answer(value) : parent.switch(value);
    },
  };
}

function driveGreenlet({ Greenlet }: Greenlets, program: () => unknown, answer: Answer): void {
  const greenlet = new Greenlet(program);
  let asked = greenlet.switch();
  while (!greenlet.dead) {
    let reply: unknown;
    try {
      reply = answer(asked);
    } catch (error) {
      asked = greenlet.throw(error);
      continue;
    }
    asked = greenlet.switch(reply);
  }
}
