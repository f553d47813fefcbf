// A user's project in a scratch folder, with the built packages in its node_modules, and the test runners to run there.
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { folderWith } from "../cli/program.ts";
import { root, runNode, type Outcome } from "../command.ts";
import { installedJest } from "./jest.ts";

export interface Project {
  path: string;
  read(name: string): string;
  write(name: string, text: string): void;
}

/** A project of these files, and of those of an example. */
export function projectWith(files: Record<string, string>, example?: string): Project {
  const { path, read } = folderWith({ "package.json": `{ "type": "module" }\n`, ...files });
  if (example !== undefined) cpSync(join(root, example), path, { recursive: true });
  link(path, "greenlets", "runtime");
  link(path, "greenlets-plugin", "plugin");
  for (const name of ["vitest", "vite", "@vitest/coverage-v8"]) link(path, name, `node_modules/${name}`);
  return { path, read, write: (name, text) => writeFileSync(join(path, name), text) };
}

function link(folder: string, name: string, target: string): void {
  const at = join(folder, "node_modules", name);
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(join(root, target), at);
}

/** `vitest run …args` */
export function vitest({ path }: Project, ...args: string[]): Outcome {
  return runNode([join(root, "node_modules/vitest/vitest.mjs"), "run", "--no-cache", ...args], inCi(path));
}

/** `jest --ci …args`, for tests that are ES modules; Jest reports on stderr. */
export function jest({ path }: Project, ...args: string[]): Outcome {
  const command = [join(installedJest(), "bin/jest.js"), "--ci", "--no-cache", ...args];
  return runNode(["--experimental-vm-modules", "--no-warnings", ...command], inCi(path));
}

/** `node --test …args FILE` */
export function nodeTest({ path }: Project, file: string, ...args: string[]): Outcome {
  return runNode(["--test", "--test-reporter=tap", ...args, file], inCi(path));
}

function inCi(cwd: string): { cwd: string; env: NodeJS.ProcessEnv } {
  return { cwd, env: { CI: "1" } };
}

/** The lines that a review of a changed file shows: `-` and `+`, each with its line. */
export function review(before: string, after: string): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}
