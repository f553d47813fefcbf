// From an empty folder to two greenlets talking: two commands, on the packed packages. Prints what each took.
//   node test/builds/quick-start.ts            needs the network and `npm run build` before it
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pack, workshop } from "./matrix/packed.ts";

const program = `import { Greenlet, getCurrent } from "greenlets";

function ask(question: string): string {
  return getCurrent().parent!.switch(question) as string;
}
const answers: Greenlet<[string]> = new Greenlet((question) => {
  for (;;) question = ask(\`\${question}, he says\`);
});
const asks = new Greenlet(() => [ask("Who are you"), ask("And then")].join(" / "));
let question = asks.switch() as string;
while (!asks.dead) question = asks.switch(answers.switch(question)) as string;
console.log(question);
`;

const { greenlets, "greenlets-plugin": plugin } = pack() as { greenlets: string; "greenlets-plugin": string };
const folder = mkdtempSync(join(workshop, "empty-"));
// What the reader types: npm install greenlets greenlets-plugin && npx greenlets run talk.ts
const commands = [
  ["npm", "install", "--no-audit", "--no-fund", greenlets, plugin],
  ["npx", "greenlets", "run", "talk.ts"],
];
writeFileSync(join(folder, "talk.ts"), program);
const start = performance.now();
let output = "";
for (const [command, ...args] of commands as [string, ...string[]][]) {
  const begin = performance.now();
  const { stdout, status } = spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  console.log(
    `${((performance.now() - begin) / 1000).toFixed(1)} s  ${command} ${args.map((arg) => arg.replace(/.*\//, "")).join(" ")}`,
  );
  if (status !== 0) process.exit(1);
  output = stdout;
}
const seconds = (performance.now() - start) / 1000;
console.log(`${seconds.toFixed(1)} s  in all: ${output.trim()}`);
process.exitCode = output === "Who are you, he says / And then, he says\n" && seconds < 60 ? 0 : 1;
