import { readFileSync, realpathSync, statSync } from "node:fs";
import { extname, relative, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/** A file named on the command line. */
export type Source = {
  /** As given. */
  name: string;
  /** Absolute, links resolved. */
  path: string;
  text: string;
};

/** Reads a file named on the command line; a UsageError if it is not there, is a folder or can't be read. */
export function readSource(name: string): Source {
  try {
    const path = realpathSync(resolve(name));
    if (statSync(path).isDirectory()) throw new UsageError("no-such-file", `${name} is a folder, not a file`);
    return { name, path, text: readFileSync(path, "utf8") };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      "no-such-file",
      `Can't read ${name}: ${(error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message}`,
    );
  }
}

/** The only file a command takes. */
export function readOnlySource(positionals: readonly string[], usage: string): Source {
  const [name] = positionals;
  if (name === undefined) throw new UsageError("missing-argument", `Which file? Usage: greenlets ${usage}`);
  return readSource(name);
}

const compiledExtensions: Record<string, string> = {
  ".ts": ".js",
  ".tsx": ".js",
  ".jsx": ".js",
  ".mts": ".mjs",
  ".cts": ".cjs",
};

/** The name of the JavaScript that a file compiles to: `a/b.mts` → `a/b.mjs`. */
export function compiledName(path: string): string {
  const extension = extname(path);
  return path.slice(0, path.length - extension.length) + (compiledExtensions[extension] ?? extension);
}

/** A path for people: relative to the working directory if it is below it. */
export function displayName(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") ? path : short;
}
