import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machine } from "./machine.ts";

// What `greenlets run` and `--import greenlets-plugin/register` cost over plain Node, for a program of one file; and what a file in
// which nothing may switch costs where it is loaded. `npm run build && node bench/start.ts`
// CPU time of whole processes (user and system, children included), the best of many, side by side: the first figure of a machine
// under load means little, the smallest one does not.

const ROUNDS = 15;
const root = join(import.meta.dirname, "..");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "greenlets-start-")));

const switching = `import { Greenlet, getCurrent } from "greenlets";
function ask(question: string): string { return getCurrent().parent!.switch(question) as string; }
const greenlet = new Greenlet((word: string) => ask(word) + ask(word));
console.log(greenlet.switch("a"), greenlet.switch("b"), greenlet.switch("c"));
`;
const plain = `function add(left: number, right: number): number { return left + right; }\nconsole.log(add(1, 2));\n`;

/** CPU and wall-clock milliseconds of one process: a shell's `times`, which counts its children. */
function once(args: readonly string[]): [cpu: number, wall: number] {
  const start = performance.now();
  const { stdout, status, stderr } = spawnSync(
    "sh",
    ["-c", `"$0" "$@" >/dev/null && times`, process.execPath, ...args],
    {
      encoding: "utf8",
      cwd: folder,
    },
  );
  if (status !== 0) throw new Error(stderr);
  const wall = performance.now() - start;
  const seconds = [...stdout.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return [seconds.reduce((sum, one) => sum + one, 0) * 1000, wall];
}

const best = (results: readonly [number, number][], index: 0 | 1): number =>
  Math.min(...results.map((one) => one[index]));

const command = join(root, "node_modules/.bin/greenlets");
const register = join(root, "plugin/dist/register.js");
const kinds: [string, readonly string[]][] = [
  ["node plain.mjs", ["plain.mjs"]],
  ["node plain.ts", ["plain.ts"]],
  ["greenlets run plain.ts", [command, "run", "plain.ts"]],
  ["greenlets run switching.ts", [command, "run", "switching.ts"]],
  ["node --import greenlets-plugin/register switching.ts", ["--import", register, "switching.ts"]],
];

writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
writeFileSync(join(folder, "plain.mjs"), plain.replaceAll(": number", ""));
writeFileSync(join(folder, "plain.ts"), plain);
writeFileSync(join(folder, "switching.ts"), switching);
const results = new Map<string, [number, number][]>(kinds.map(([name]) => [name, []]));
for (let round = 0; round < ROUNDS; round++) for (const [name, args] of kinds) results.get(name)!.push(once(args));
rmSync(folder, { recursive: true });

const base = results.get("node plain.mjs")!;
console.log(
  `${machine()}\n\n| | CPU, ms | over plain Node | wall, ms | over plain Node |\n| --- | --: | --: | --: | --: |`,
);
for (const [name, times] of results) {
  const [cpu, wall] = [best(times, 0), best(times, 1)];
  const row = [cpu, cpu - best(base, 0), wall, wall - best(base, 1)].map((figure) => figure.toFixed(0));
  console.log(`| ${name} | ${row.join(" | ")} |`);
}
