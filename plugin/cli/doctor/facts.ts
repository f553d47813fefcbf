/** facts — whether what the analysis wrote is still true of the files. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { factsPath, factsState, readFacts, type Facts } from "../../analyse/facts.ts";
import { bad, good, notice, type Finding } from "./finding.ts";

export function checkFacts(folder: string): Finding[] {
  const again = "greenlets check writes them again";
  try {
    const facts = readFacts(factsPath(folder));
    if (facts === undefined)
      return [notice("facts", "no facts: every call that is not provably plain counts as one that may switch")];
    const stale = staleFiles(folder, facts);
    const count = Object.keys(facts.files).length;
    if (stale.length === 0) return [good("facts", `the facts of ${count} files are up to date`)];
    return [
      notice(
        "facts",
        `the facts of ${stale.length} of ${count} files are out of date and not used (${stale[0]}${stale.length > 1 ? ", …" : ""}): ${again}`,
      ),
    ];
  } catch (error) {
    return [bad("facts", (error as Error).message)];
  }
}

function staleFiles(folder: string, facts: Facts): string[] {
  return Object.keys(facts.files).filter((path) => {
    const file = join(folder, path);
    return !existsSync(file) || factsState(facts, path, readFileSync(file, "utf8")) !== "fresh";
  });
}
