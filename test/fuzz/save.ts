/** A counter-example as a fixture: a program that stands alone, and what it has to print. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Found } from "./fuzz.ts";

export function saveFixture(folder: string, { name, sources, expected, actual, way, throwEvery }: Found): string {
  const target = join(folder, name);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "input.ts"), `// Every ${throwEvery}th answer to pause is thrown.\n${sources.main}`);
  if (sources.library !== null) writeFileSync(join(target, "library.ts"), sources.library);
  writeFileSync(join(target, "trace.txt"), `${expected.join("\n")}\n`);
  writeFileSync(join(target, "actual.txt"), `${way}\n${actual.join("\n")}\n`);
  return target;
}
