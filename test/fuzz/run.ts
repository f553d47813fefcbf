/**
 * `npm run fuzz -- [--seconds 60] [--seed 1] [--most 20] [--without KIND,KIND] [--reduce SECONDS] [--compiler FILE] [--save FOLDER]`
 *
 * Compares random programs compiled and uncompiled; ends with 1 if any differ, after making them small.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadCompile } from "../conformance/translate.ts";
import { fuzz } from "./fuzz.ts";
import { saveFixture } from "./save.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    without: { type: "string", default: "" },
    most: { type: "string", default: "20" },
    reduce: { type: "string", default: "20" },
    compiler: { type: "string", default: join(import.meta.dirname, "../../plugin/compile.ts") },
    save: { type: "string", default: join(import.meta.dirname, "../../fixtures/fuzz") },
  },
});

process.on("unhandledRejection", () => undefined); // the programs' own

const summary = await fuzz({
  compile: await loadCompile(resolve(values.compiler)),
  seed: Number(values.seed),
  seconds: Number(values.seconds),
  without: values.without.split(","),
  most: Number(values.most),
  budget: { attempts: 1500, milliseconds: 1000 * Number(values.reduce) },
  found: (difference) => console.log(`differs (${difference.way}): ${saveFixture(resolve(values.save), difference)}`),
});
console.log(
  `${summary.programs} programs compared, ${summary.void} void, ${summary.refused} refused, ${summary.differences.length} differ; seeds from ${values.seed}`,
);
process.exitCode = summary.differences.length === 0 ? 0 : 1;
