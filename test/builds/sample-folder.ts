import { folderWith } from "../cli/program.ts";
import { writeSampleTo } from "./sample.ts";

/** The sample in a scratch folder, which goes when the test ends. */
export function writeSample(extra: Record<string, string> = {}): string {
  return writeSampleTo(folderWith({}).path, extra);
}
