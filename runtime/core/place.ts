/** The folder of this package (of its sources: `runtime`), as it stands in stacks; undefined in a bundle that has no URL of its own. */
const own = (import.meta.url as string | undefined)?.replace(/^file:\/\/|core\/[^/]*\.ts$|[^/]*$/g, "");

/** Whether a file, as V8 names it, is part of this package. */
export function isOwnFile(file: string): boolean {
  return own !== undefined && file.replace(/^file:\/\//, "").startsWith(own);
}

/** `at walk (file:///src/walk.ts:3:7)`, `walk@https://…/walk.js:3:7` → the part after the name. */
const POSITION = /(?:\(|@|at )((?:[^()@\s]|\([^()]*\))+:\d+:\d+)\)?$/;

/** Where the code outside of this package is that `error` came from: file, line and column; undefined when unknown. */
export function placeOf(error: Error): string | undefined {
  if (own === undefined) return undefined;
  const line = (error.stack ?? "").split("\n").find((text) => POSITION.test(text) && !text.includes(own));
  return line === undefined ? undefined : POSITION.exec(line)?.[1];
}

/** The innermost builtin in a stack of V8 (`at Array.map (<anonymous>)`): a foreign frame that has a name. */
export function builtinIn(error: Error): string | undefined {
  return /^\s+at (?!Reflect\.)(?:new )?(\S+)(?: \[as \S+\])? \(<anonymous>\)$/m.exec(error.stack ?? "")?.[1];
}
