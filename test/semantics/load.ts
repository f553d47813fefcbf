// A program given as text, compiled and imported natively; it sees the same runtime as the test that loads it.
import { createRequire, registerHooks } from "node:module";
import { compile } from "../../plugin/compile.ts";
// Resolves "greenlets" to the sources, for every module that is imported natively.
import "../runtime-sources.ts";

const { importNatively } = createRequire(import.meta.url)(
  "../native-import.ts",
) as typeof import("../native-import.ts");

/** Everything a program can use without importing it. */
const HEADER = `import { atomic, Context, getCurrent, getTrace, Greenlet, GreenletError, GreenletExit, keepContexts, setTrace } from "greenlets";`;

/** Compiled programs by the URLs they are imported under. */
const programs = new Map<string, string>();

registerHooks({
  resolve(specifier, context, next) {
    if (programs.has(specifier)) return { url: specifier, shortCircuit: true };
    // What a program imports is looked for from here.
    return next(
      specifier,
      programs.has(context.parentURL ?? "") ? { ...context, parentURL: import.meta.url } : context,
    );
  },
  load: (url, context, next) =>
    programs.has(url) ? { format: "module", source: programs.get(url)!, shortCircuit: true } : next(url, context),
});

/** The exports of `source` (TypeScript), compiled plainly, for stress, or for development. */
export async function load<Exports>(
  source: string,
  options: { stress?: boolean; dev?: boolean; exitPasses?: boolean } = {},
): Promise<Exports> {
  const { code } = compile(`${HEADER} ${source}`, {
    filename: "program.ts",
    module: "esm",
    sourceMaps: false,
    ...options,
  });
  const url = `program:${programs.size}`;
  programs.set(url, code);
  return (await importNatively(url)) as Exports;
}

/** Both ways a program must behave the same. */
export const MODES = [{ stress: false }, { stress: true }];
