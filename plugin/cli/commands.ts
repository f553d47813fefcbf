import type { Command } from "./command.ts";

/** Loads one command. Only the one that is asked for: some bring a type checker with them, and `run` should start fast. */
type Load = () => Promise<Command>;

/** Every subcommand, in the order in which `--help` lists them. */
export const commands: ReadonlyMap<string, Load> = new Map<string, Load>([
  ["init", async () => (await import("./init/index.ts")).initCommand],
  ["run", async () => (await import("./run.ts")).runCommand],
  ["compile", async () => (await import("./compile.ts")).compileCommand],
  ["diff", async () => (await import("./diff.ts")).diffCommand],
  ["check", async () => (await import("./check.ts")).checkCommand],
  ["explain", async () => (await import("./explain.ts")).explainCommand],
  ["facts", async () => (await import("./facts.ts")).factsCommand],
  ["doctor", async () => (await import("./doctor/index.ts")).doctorCommand],
  ["repl", async () => (await import("./repl/index.ts")).replCommand],
  ["trace", async () => (await import("./trace.ts")).traceCommand],
]);

/** All of them, loaded. */
export async function loadCommands(): Promise<[name: string, command: Command][]> {
  return Promise.all([...commands].map(async ([name, load]) => [name, await load()] as [string, Command]));
}
