import { cpus, release, totalmem, type } from "node:os";

/** What the figures were taken on, as a Markdown list. Times are worth little without it, ratios a good deal. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return [
    `- ${cpus().length} × ${cpu?.model.trim() ?? "an unknown processor"}, ${memory}, ${type()} ${release()}`,
    `- Node ${process.versions.node}, V8 ${process.versions.v8}`,
  ].join("\n");
}
