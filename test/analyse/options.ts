import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = join(dirname(fileURLToPath(import.meta.url)), "packages");

/** What every analysed project of these tests has: the language alone, and three small packages. */
export const compilerOptions = {
  lib: ["lib.esnext.d.ts"],
  types: [],
  experimentalDecorators: false,
  paths: {
    greenlets: [join(packages, "greenlets")],
    foreign: [join(packages, "foreign")],
    compiled: [join(packages, "compiled")],
  },
};
