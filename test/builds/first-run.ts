// From an empty folder to two greenlets talking: two commands on the packed packages; and what `run` costs over plain Node, cold.
//   node test/builds/first-run.ts         needs the network, and `npm run build` before it
import { execSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pack, workshop } from "./matrix/packed.ts";

const folder = join(workshop, "first-run");
const talk = "plain\nfunctions\ncan\npause\n";

type Timed = { seconds: number; output: string };

function timed(command: string): Timed {
  const start = performance.now();
  const output = execSync(command, { cwd: folder, encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "" } });
  return { seconds: (performance.now() - start) / 1000, output };
}

/** The fastest of several: everything else is the machine. */
function fastest(command: string, output: string): number {
  const runs = Array.from({ length: 5 }, () => timed(command));
  if (runs.some((run) => run.output !== output)) throw new Error(`${command} printed ${runs[0]?.output}`);
  return Math.min(...runs.map(({ seconds }) => seconds));
}

mkdirSync(folder);
const tarballs = Object.values(pack());
const install = timed(`npm install --no-audit --no-fund ${tarballs.join(" ")}`);
const init = timed("npx greenlets init --yes");
if (!init.output.endsWith(talk)) throw new Error(`greenlets init printed ${init.output}`);
writeFileSync(
  join(folder, "plain.mjs"),
  `for (const word of ["plain", "functions", "can", "pause"]) console.log(word);\n`,
);
const plain = fastest(`${process.execPath} plain.mjs`, talk);
const run = fastest(`${process.execPath} node_modules/.bin/greenlets run hello.ts`, talk);
console.log(`npm install greenlets greenlets-plugin   ${install.seconds.toFixed(1)} s`);
console.log(`npx greenlets init --yes                 ${init.seconds.toFixed(1)} s`);
console.log(`together                                 ${(install.seconds + init.seconds).toFixed(1)} s`);
console.log(`node plain.mjs                           ${(plain * 1000).toFixed(0)} ms`);
console.log(
  `greenlets run hello.ts                   ${(run * 1000).toFixed(0)} ms, ${((run - plain) * 1000).toFixed(0)} ms more`,
);
