import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Measurement } from "./harness.ts";
import { columns, contestants, type Column, type Contestant, type Id } from "./plan.ts";

const run = promisify(execFile);
const here = import.meta.dirname;
const PYTHON = process.env["PYTHON"] ?? "/usr/bin/python3";
const LIMIT_MS = 180_000;

/** Everything that was measured of one contestant in one column, a line per process; or why there is nothing. */
export interface Cell {
  id: Id;
  column: string;
  lines: Measurement[];
  failure?: string;
}

export interface Order {
  ids: Id[];
  /** Titles of columns, or names of workloads; all when empty. */
  workloads: string[];
  rounds: number;
  /** Where the compiled programs are. */
  compiled: ReadonlyMap<Id, string>;
  report(text: string): void;
}

/**
 * Runs every contestant in every column, `rounds` times, one process at a time. Rivals in a column run right after each
 * other, and the rounds are hours apart for a fast machine: slow drifts hit all of them alike.
 */
export async function measureAll(order: Order): Promise<Cell[]> {
  const cells = columns
    .filter((column) => wanted(column, order.workloads))
    .flatMap((column) => cellsOf(column, order.ids));
  for (let round = 0; round < order.rounds; round++) for (const cell of cells) await measureOnce(cell, order);
  return cells;
}

function wanted({ title, workload }: Column, workloads: string[]): boolean {
  return workloads.length === 0 || workloads.includes(title) || workloads.includes(workload);
}

function cellsOf(column: Column, ids: Id[]): Cell[] {
  return ids.filter((id) => column.sizes[id] !== undefined).map((id) => ({ id, column: column.title, lines: [] }));
}

async function measureOnce(cell: Cell, { compiled, report }: Order): Promise<void> {
  if (cell.failure !== undefined) return;
  const column = columns.find(({ title }) => title === cell.column)!;
  const contestant: Contestant = contestants[cell.id];
  try {
    const path = compiled.get(cell.id) ?? join(here, contestant.program);
    const [command, ...words] = commandLine(contestant, path, column, column.sizes[cell.id]!);
    const { stdout } = await run(command!, words, { timeout: LIMIT_MS });
    cell.lines.push(JSON.parse(stdout) as Measurement);
    report(stdout.trim());
  } catch (error) {
    cell.failure = reason(error);
    report(`${contestant.name} ${column.title}: ${cell.failure}`);
  }
}

function commandLine({ language }: Contestant, path: string, column: Column, size: number): string[] {
  const words = [column.workload, String(size), ...(column.d === undefined ? [] : [String(column.d)])];
  if (language === "python") return [PYTHON, path, ...words];
  const flags = column.workload === "W5" ? ["--expose-gc", "--max-old-space-size=8000"] : [];
  return [process.execPath, ...flags, path, ...words];
}

/** The line of a child's output that says what went wrong. */
function reason(error: unknown): string {
  const { stderr = "", message } = error as { stderr?: string; message: string };
  const line = stderr.split("\n").find((text) => /error|memory|cannot|wrong/i.test(text));
  return (line ?? message).trim().slice(0, 120);
}

/** Those whose needs are met here: what is installed, and which modules Python has. */
export async function present(peers: boolean): Promise<Id[]> {
  const modules = new Set(peers ? await pythonModules() : []);
  const ids = Object.keys(contestants) as Id[];
  return ids.filter((id) => {
    const { needs } = contestants[id];
    return needs === "nothing" || (needs === "peers" ? peers : modules.has(needs));
  });
}

async function pythonModules(): Promise<string[]> {
  const probe = "from importlib.util import find_spec as f; print(*(m for m in ('greenlet', 'gevent') if f(m)))";
  try {
    return (await run(PYTHON, ["-c", probe])).stdout.trim().split(" ");
  } catch {
    return []; // no Python here: its rows are left out
  }
}
