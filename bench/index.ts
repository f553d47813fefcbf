import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compiled } from "./compiled.ts";
import { judge } from "./goals.ts";
import { machine } from "./machine.ts";
import { columns, contestants, type Contestant, type Id } from "./plan.ts";
import { plot } from "./plot.ts";
import { measureAll, present, type Cell } from "./run.ts";
import { installPeers, versions } from "./setup.ts";
import { legend, table } from "./table.ts";

const USAGE = `npm run bench -- [--peers] [--workload W]… [--rounds N] [--from FILE] [--plot FILE]

Runs our program and the hand-written generators and async functions on every workload, one process at a time, rivals
right after each other, and prints one table.

  --peers        also Effect, Stopify (installed into bench/.installed), and Python's greenlet and gevent where they are
  --workload W   only this one; may be repeated. There are ${columns.map(({ title }) => title).join(", ")}
  --rounds N     how often everything runs (3); the best of all repeats counts
  --from FILE    no run: the table of an earlier one, from bench/.results/last.json for example
  --plot FILE    writes the plot, an SVG
  --help         this text

Exit codes: 0 done, 1 a program of ours failed, 2 wrong usage.
`;

/** Parsed arguments; null when they are wrong, which has then been said. */
function options() {
  try {
    const { values } = parseArgs({
      options: {
        peers: { type: "boolean", default: false },
        workload: { type: "string", multiple: true, default: [] },
        rounds: { type: "string", default: "3" },
        from: { type: "string" },
        plot: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    const unknown = values.workload.find(
      (name) => !columns.some(({ title, workload }) => name === title || name === workload),
    );
    if (unknown !== undefined) throw new Error(`There is no workload ${unknown}.`);
    if (!(Number(values.rounds) >= 1)) throw new Error(`--rounds takes a number from 1, not ${values.rounds}.`);
    return values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    return null;
  }
}

async function measured(workloads: string[], rounds: number, peers: boolean): Promise<Cell[]> {
  if (peers) await installPeers();
  const ids = await present(peers);
  const cells = await measureAll({
    ids,
    workloads,
    rounds,
    compiled: await compiledPrograms(ids),
    report: (text) => process.stderr.write(`${text}\n`),
  });
  await mkdir(join(import.meta.dirname, ".results"), { recursive: true });
  await writeFile(join(import.meta.dirname, ".results/last.json"), JSON.stringify(cells, null, 1));
  return cells;
}

async function compiledPrograms(ids: Id[]): Promise<Map<Id, string>> {
  const paths = new Map<Id, string>();
  for (const id of ids) {
    const { program, mode }: Contestant = contestants[id];
    if (mode !== undefined) paths.set(id, await compiled(program, mode));
  }
  return paths;
}

async function main(): Promise<number> {
  const values = options();
  if (values === null) return 2;
  if (values.help) return (process.stdout.write(USAGE), 0);
  const { from, workload, rounds, peers } = values;
  const cells =
    from === undefined
      ? await measured(workload, Number(rounds), peers)
      : (JSON.parse(await readFile(from, "utf8")) as Cell[]);
  const parts = [
    machine(),
    `- ${(await versions()).join(", ")}`,
    "",
    table(cells),
    "",
    legend(cells),
    "",
    judge(cells),
  ];
  process.stdout.write(`${parts.join("\n")}\n`);
  if (values.plot !== undefined) await writeFile(values.plot, plot(cells));
  return cells.some(({ id, failure }) => id === "greenlets" && failure !== undefined) ? 1 : 0;
}

process.exitCode = await main();
