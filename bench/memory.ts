import { readFileSync } from "node:fs";

/** Bytes in use after a full collection: V8's heap with what it keeps outside, and the process's resident set. */
export function memory(): { heap: number; rss: number } {
  if (globalThis.gc === undefined) throw new Error("Measuring memory needs node --expose-gc.");
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed + external, rss: resident() };
}

/** Bytes resident now. */
export function resident(): number {
  return processStatus("VmRSS");
}

/** The most bytes that were ever resident; what is resident now where the system does not tell. */
export function peakResident(): number {
  return process.platform === "linux" ? processStatus("VmHWM") : process.resourceUsage().maxRSS * 1024;
}

/** `VmRSS:   123 kB` → 125952. */
function processStatus(key: string): number {
  if (process.platform !== "linux") return process.memoryUsage.rss();
  const line = new RegExp(`^${key}:\\s+(\\d+) kB`, "m").exec(readFileSync("/proc/self/status", "utf8"));
  return line === null ? Number.NaN : Number(line[1]) * 1024;
}
