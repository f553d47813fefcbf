import { createInterface } from "node:readline";
import { Recoverable, start, type REPLEval, type REPLServer } from "node:repl";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { exitCode } from "../exit.ts";
import type { Command } from "../command.ts";
import { hasThreadHooks, installHooks } from "../hooks.ts";
import { settingsFor } from "../load-settings.ts";
import { UsageError } from "../usage-error.ts";
import { readInput } from "./input.ts";
import { Roster } from "./roster.ts";
import { Session } from "./session.ts";

/** `greenlets repl`: Node's prompt, where every input may switch and wait. */
export const replCommand: Command = {
  summary: "Type programs that switch.",
  usage: "",
  details: `Node's own prompt; every input, TypeScript or JavaScript, is compiled and runs in a greenlet: statements of the top level may
switch and wait. Variables, functions and classes are kept from input to input, and const may be declared again. What
greenlets and greenlets/green export is there without an import, unless Node has something of that name. \`await\` waits.

Commands, besides Node's own (.help)
  .greenlets  lists the greenlets that are suspended, with the call that each waits in
  .stack N    shows the stack of one of them

  -h, --help  show this text

Ctrl+C ends an input that waits; Ctrl+D leaves.`,
  options: {},
  async run({ positionals }) {
    if (positionals.length > 0)
      throw new UsageError(
        "unknown-option",
        `repl takes no arguments; \`greenlets run ${positionals[0]}\` runs a file`,
      );
    if (hasThreadHooks) installHooks(settingsFor(undefined, false));
    const [core, green] = await Promise.all([import("greenlets"), import("greenlets/green")]);
    provide({ ...green, ...core });
    const session = new Session(green, process.cwd());
    const roster = new Roster(core, (greenlet) => session.owns(greenlet));
    const server = prompt(session);
    server.defineCommand("greenlets", {
      help: "List the greenlets that are suspended",
      action: () => show(server, roster.list()),
    });
    server.defineCommand("stack", {
      help: "Show the stack of a greenlet: .stack N",
      action: (number) => show(server, roster.stack(number)),
    });
    await new Promise((resolve) => server.once("exit", resolve));
    // Greenlets that still wait would keep the process.
    process.exit(exitCode.done);
  },
};

function prompt(session: Session): REPLServer {
  /** What runs now; resolved when the prompt is free. */
  let busy: Promise<void> = Promise.resolve();
  const evaluate: REPLEval = (text, _context, _file, done) => {
    try {
      const module = readInput(text);
      if (module === null) return done(new Recoverable(new SyntaxError("incomplete")), undefined);
      let free: () => void;
      session.run(module, (error, value) => {
        done(withoutPrompt(error), value);
        free();
      });
      busy = new Promise((resolve) => (free = resolve));
    } catch (error) {
      done(refusalOf(error), undefined);
    }
  };
  const input = process.stdin.isTTY ? process.stdin : lineByLine(process.stdin, () => busy);
  const server = start({ prompt: "> ", input, output: process.stdout, eval: evaluate, useGlobal: true });
  server.on("SIGINT", () => session.interrupt());
  process.on("SIGINT", () => session.interrupt());
  return server;
}

/** A script's lines, each when the one before it has run: Node's prompt takes lines as they come. */
function lineByLine(source: Readable, free: () => Promise<void>): Readable {
  const lines = async function* (): AsyncGenerator<string> {
    for await (const line of createInterface({ input: source })) {
      yield `${line}\n`;
      await setImmediate();
      await free();
    }
  };
  return Readable.from(lines(), { highWaterMark: 1 });
}

/** An error of an input, without the frames of the prompt below it: its user did not write them. */
function withoutPrompt(error: unknown): Error | null {
  if (error instanceof Error && typeof error.stack === "string")
    error.stack = error.stack.replace(/\n\s+at [^\n]*\b(?:loop\.js|input-\d+\.ts):[^]*$/, "");
  return error as Error | null;
}

/** The sentence: where in the compiler it was found, and what the input became for it, are of no use here. */
function refusalOf(error: unknown): Error {
  const [message = ""] = (error instanceof Error ? error.message : String(error)).split(/\n[> ] +\d+ \|/);
  const refusal = new SyntaxError(message.replace(/^\S*input-\d+\.ts: /, ""));
  refusal.stack = `SyntaxError: ${refusal.message}`;
  return refusal;
}

function show(server: REPLServer, text: string): void {
  server.output.write(`${text}\n`);
  server.displayPrompt();
}

function provide(names: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(names)) {
    if (name in globalThis) continue;
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}
