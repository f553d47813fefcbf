/**
 * session — the one greenlet in which all inputs run, one after the other.
 *
 * One greenlet, not one an input: a greenlet that an input starts has it as its parent, and switches back to it in later inputs.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";
import { compile } from "../../compile.ts";
import { ownRuntime } from "../resolve.ts";

/** What is to be run, and who waits for how it ends. */
interface Job {
  run(): unknown;
  done(error: unknown, value?: unknown): void;
}

type Green = import("greenlets/green").Green;
type Inbox = import("greenlets/green").Queue<Job>;

/** Compiled as it starts: what may switch below it must be compiled, and so must it. */
const LOOP = `exports.loop = function loop(inbox) {
  for (;;) {
    const job = inbox.get();
    try {
      const value = job.run();
      job.done(null, value);
    } catch (error) {
      job.done(error);
    }
  }
};`;

/** The error that ends an input when somebody presses Ctrl+C. */
export class Interrupted extends Error {
  override name = "Interrupted";
}

export class Session {
  readonly #green: typeof import("greenlets/green");
  readonly #require: NodeJS.Require;
  readonly #inbox: Inbox;
  #greenlet: Green;
  /** How many inputs there were, for their names in stacks. */
  #inputs = 0;

  constructor(green: typeof import("greenlets/green"), folder: string) {
    this.#green = green;
    this.#require = requireFrom(folder);
    this.#inbox = new green.Queue<Job>();
    this.#greenlet = this.#start();
  }

  /** Runs a module's `input` in its turn. @throws what the compiler throws */
  run(module: string, done: Job["done"]): void {
    const name = `input-${++this.#inputs}.ts`;
    const { input } = this.#evaluate<{ input(): unknown }>(module, name);
    this.#inbox.put({ run: input, done });
  }

  /** Ends the input that waits. */
  interrupt(): void {
    this.#greenlet.kill(new Interrupted("interrupted"), { block: false });
    if (this.#greenlet.dead) this.#greenlet = this.#start();
  }

  /** True for the greenlet in which the inputs run. */
  owns(greenlet: unknown): boolean {
    return greenlet === this.#greenlet;
  }

  #start(): Green {
    const { loop } = this.#evaluate<{ loop(inbox: Inbox): never }>(LOOP, "loop.js");
    return this.#green.spawn(loop, { args: [this.#inbox], name: "prompt" });
  }

  #evaluate<Exports>(source: string, filename: string): Exports {
    const { code } = compile(source, { filename, module: "commonjs", sourceMaps: false });
    const exports = {};
    const script = new Script(`(function (exports, require) {${code}\n})`, { filename });
    (script.runInThisContext() as (exports: object, require: NodeJS.Require) => void)(exports, this.#require);
    return exports as Exports;
  }
}

/** `require` as in a file of this folder; `greenlets` is found even where it is not installed. */
function requireFrom(folder: string): NodeJS.Require {
  const require = createRequire(join(folder, "repl.cjs"));
  const ours = createRequire(import.meta.url);
  const find = (name: string): unknown => {
    try {
      return require(name);
    } catch (error) {
      if (ownRuntime(name) === undefined) throw error;
      return ours(name);
    }
  };
  // What an ES module exports as its default; CommonJS is its own default.
  const byDefault = (name: string): unknown => {
    const found = find(name);
    return typeof found === "object" && found !== null && "default" in found ? found.default : found;
  };
  return Object.assign(find, require, { default: byDefault });
}
