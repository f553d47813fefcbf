/** tsc — the TypeScript that a project has installed, whichever version, as a command. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { UsageError } from "../usage-error.ts";

export interface Tsc {
  version: string;
  /** Runs it; resolves with what it printed and whether it was content. */
  run(args: readonly string[]): Promise<{ output: string; content: boolean }>;
  /** True from a version on: `isAtLeast(5, 7)`. */
  isAtLeast(major: number, minor: number): boolean;
}

/** @throws UsageError `no-typescript` */
export function findTsc(root: string): Tsc {
  const manifestPath = locate(root);
  const { version, bin } = JSON.parse(readFileSync(manifestPath, "utf8")) as { version: string; bin: { tsc: string } };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return {
    version,
    run: (args) => run([join(dirname(manifestPath), bin.tsc), ...args], root),
    isAtLeast: (wantedMajor, wantedMinor) => major > wantedMajor || (major === wantedMajor && minor >= wantedMinor),
  };
}

function locate(root: string): string {
  try {
    return createRequire(join(root, "package.json")).resolve("typescript/package.json");
  } catch {
    throw new UsageError(
      "no-typescript",
      `TypeScript is not installed in ${root}, and it emits what is compiled. Install it: npm install --save-dev typescript`,
    );
  }
}

function run(args: string[], cwd: string): Promise<{ output: string; content: boolean }> {
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => void (output += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ output, content: code === 0 }));
  });
}
