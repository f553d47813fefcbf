/**
 * `node bench/analysis/plain.ts [--rounds N]`
 *
 * Programs that compute, with a greenlet that hands out their results in the same file. Their hot functions are plain by types. As written, with the
 * facts of the whole program, and compiled by itself, in turns in one process; the best turn of each counts.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { factsOptions, factsPath, writeFacts } from "../../plugin/analyse/facts.ts";
import { analyse } from "../../plugin/analyse/index.ts";
import { compile } from "../../plugin/compile.ts";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "100" } } });
const here = import.meta.dirname;
const folder = join(here, "../.compiled/plain");
const programs = ["btree", "chess", "interpreter", "json", "raytracer", "template"];

/** A greenlet that hands out one result after the other. */
const driver = `
import { getCurrent, Greenlet } from "greenlets";
function serve(): never {
  for (;;) getCurrent().parent!.switch(run());
}
const server = new Greenlet(serve);
export const next = (): unknown => server.switch();
`;

type Program = { next(): unknown };

async function load(name: string, mode: string, code: string): Promise<Program> {
  const path = join(folder, `${name}.${mode}.mjs`);
  writeFileSync(path, code);
  return (await import(pathToFileURL(path).href)) as Program;
}

/** As written (twice, which shows the noise), with the facts of the whole program, compiled by itself. */
async function versions(name: string): Promise<Program[]> {
  const filename = join(folder, `${name}.ts`);
  const source = readFileSync(filename, "utf8");
  const written = withDriver(stripTypeScriptTypes(readFileSync(join(here, `../programs/${name}.ts`), "utf8")));
  const whole = compile(source, { filename, sourceMaps: false, ...factsOptions(folder) }).code;
  return [
    await load(name, "as-written", written),
    await load(name, "as-written-again", written),
    await load(name, "whole-program", whole),
    await load(name, "per-file", compile(source, { filename, sourceMaps: false }).code),
  ];
}

/** As written, the greenlet that hands out the results could not switch. */
const withDriver = (code: string): string => `${code}\nexport const next = () => run();\n`;

function bestOf(modes: readonly Program[], rounds: number): number[] {
  const best = modes.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < modes.length; turn++) {
      const index = (round + turn) % modes.length;
      const { next } = modes[index]!;
      const start = process.hrtime.bigint();
      next();
      best[index] = Math.min(best[index]!, Number(process.hrtime.bigint() - start) / 1e6);
    }
  }
  return best;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const name of programs)
  writeFileSync(join(folder, `${name}.ts`), readFileSync(join(here, `../programs/${name}.ts`), "utf8") + driver);
const files = programs.map((name) => join(folder, `${name}.ts`));
const facts = analyse({ root: folder, files });
writeFacts(factsPath(folder), facts);
console.log("| | as written | the same again | whole program | per file | functions left plain by types |");
console.log("|---|--:|--:|--:|--:|--:|");
for (const name of programs) {
  const [written, ...others] = bestOf(await versions(name), Number(values.rounds));
  const ratios = others.map((ms) => `${(ms / written!).toFixed(2)} ×`);
  const { functions } = facts.files[`${name}.ts`]!;
  const plain = functions.filter(({ maySwitch }) => !maySwitch).length;
  console.log(`| ${[name, `${written!.toFixed(2)} ms`, ...ratios, `${plain} of ${functions.length}`].join(" | ")} |`);
}
