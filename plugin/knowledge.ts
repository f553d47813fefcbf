/** knowledge — what a facts file says of the file being compiled. */
import { dirname, relative, sep } from "node:path";
import type { Node } from "@babel/types";
import { factsOf, readFacts, type Facts } from "./analyse/facts.ts";
import type { Knowledge } from "./points.ts";

/** Facts files that were read, by their path. One per plugin instance: a new build reads anew. */
export class FactsReader {
  private readonly known = new Map<string, Facts | undefined>();

  /** @returns undefined where there are no facts for this text: the file is then analysed by itself */
  read(factsFile: string, filename: string, text: string): Knowledge | undefined {
    if (factsFile === "") return undefined;
    if (!this.known.has(factsFile)) this.known.set(factsFile, readFacts(factsFile));
    const facts = this.known.get(factsFile);
    // root/node_modules/.cache/greenlets/facts.json
    const root = dirname(dirname(dirname(dirname(factsFile))));
    const answers = facts && factsOf(facts, relative(root, filename).split(sep).join("/"), text);
    return (
      answers && {
        isPoint: (node: Node) =>
          node.start == null || node.end == null ? undefined : answers.isPoint(node.start, node.end),
      }
    );
  }
}
