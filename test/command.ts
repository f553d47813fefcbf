// Runs the `greenlets` command as a user does: from node_modules/.bin, in a process of its own.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The repository. */
export const root = join(import.meta.dirname, "..");

export type Outcome = { stdout: string; stderr: string; code: number | null };

/** `greenlets …args`, without colours. */
export function greenlets(
  args: readonly string[],
  { cwd = root, env = {} }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Outcome {
  return runNode([join(root, "node_modules/.bin/greenlets"), ...args], { cwd, env });
}

/** `node …args`, with the Node that runs the tests. */
export function runNode(
  args: readonly string[],
  { cwd = root, env = {}, node = process.execPath }: { cwd?: string; env?: NodeJS.ProcessEnv; node?: string } = {},
): Outcome {
  const { stdout, stderr, status, error } = spawnSync(node, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, NODE_OPTIONS: "", ...env },
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return { stdout, stderr, code: status };
}
