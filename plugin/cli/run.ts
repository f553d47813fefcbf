import { spawn } from "node:child_process";
import { runMain } from "node:module";
import { fileURLToPath } from "node:url";
import type { Command } from "./command.ts";
import { readOnlySource } from "./source.ts";

/** Beside this file's bundle: the hooks for Node versions that run them in a thread of their own. */
const hookThread = new URL("./hook-thread.js", import.meta.url);

const usage = "[--stress] FILE [ARGUMENT…]";

/** `greenlets run`: compiles a program as it loads, and runs it. */
export const runCommand: Command = {
  summary: "Compile a program as it loads, and run it.",
  usage,
  details: `FILE may be TypeScript or JavaScript, an ES module or CommonJS. It is the main module: process.argv and the exit code
are its own, and stack traces show the lines of the source. Dependencies (node_modules) are not compiled. Facts that
\`greenlets check\` wrote for the project are used for every file that has not changed since.

Options
  --stress    make every suspension point really suspend and resume; the program must print the same
  -h, --help  show this text

Options stand before FILE; what follows FILE goes to the program. The exit code is the program's.`,
  options: { stress: { type: "boolean" } },
  passesArguments: true,
  async run({ values, positionals }) {
    const { path } = readOnlySource(positionals, `run ${usage}`);
    const args = positionals.slice(1);
    const stress = values["stress"] === true;
    const { hasThreadHooks, installHooks } = await import("./hooks.ts");
    if (!hasThreadHooks) return runInChild(path, args, stress);
    const { settingsFor } = await import("./load-settings.ts");
    installHooks(settingsFor(path, stress));
    process.argv = [process.execPath, path, ...args];
    // In a tick of its own: what a CommonJS program throws is its own uncaught error, not a failure of this command.
    process.nextTick(() => runMain());
    return undefined;
  },
};

/** Node 20 takes its hooks on the command line only if they have to serve the main module too. */
function runInChild(path: string, args: string[], stress: boolean): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, "--import", fileURLToPath(hookThread), path, ...args], {
    stdio: "inherit",
    env: { ...process.env, GREENLETS_RUN_STRESS: stress ? "1" : "0" },
  });
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, passOn);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      if (signal === null) return resolve(code ?? 1);
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.removeListener(name, passOn);
      process.kill(process.pid, signal);
    });
  });
}
