// `node --import ./cpu-at-exit.ts tsc.js …` ends with a line that says how much processor time it took, in milliseconds.
import { writeSync } from "node:fs";

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  writeSync(2, `\ncpu ${(user + system) / 1000}\n`);
});
