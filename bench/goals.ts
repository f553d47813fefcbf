import { columns, type Figure, type Id } from "./plan.ts";
import type { Cell } from "./run.ts";
import { best, find, short } from "./table.ts";

/** A bar that we set ourselves: our figure in `column`, divided by `against`, at most `most`. */
interface Goal {
  /** `greenlets` unless said otherwise. */
  who?: Id;
  column: string;
  /** A rival in the same column, another column of ours, or nothing when the figure itself is bounded. */
  against: Id | { ours: string } | null;
  most: number;
  figure?: Figure;
}

export const goals: Goal[] = [
  { column: "W1s", against: "generators", most: 0.9 },
  { column: "W1s", against: "greenlet", most: 0.12 },
  { column: "W1s", against: "stopify", most: 0.1 },
  { column: "W2/1000", against: { ours: "W2/10" }, most: 1.15 },
  { column: "W2/1000", against: "greenlet", most: 0.25 },
  { column: "W3", against: "generators", most: 0.25 },
  { column: "W3", against: "trampoline", most: 0.7 },
  { column: "W4", against: "async", most: 0.25 },
  { column: "W4", against: "stopify", most: 0.2 },
  { column: "W4", against: null, most: 120 },
  { column: "W5", against: null, most: 300 },
  { column: "W6", against: null, most: 1.12 },
  { column: "W7/16", against: "generators", most: 1 },
  { column: "W7/1", against: "generators", most: 1.3 },
  { column: "W7/1", against: "async", most: 1 },
  { column: "W8", against: "async", most: 0.9, figure: "cpu_ms" },
  { column: "W8", against: "async", most: 1.02, figure: "wall_ms" },
  { column: "W8", against: "async", most: 0.8, figure: "peak_mb" },
  { who: "green", column: "W8", against: "async", most: 1.02, figure: "wall_ms" },
  { who: "green", column: "W8", against: "async", most: 1, figure: "peak_mb" },
  { who: "green", column: "W10/1", against: "async", most: 1 },
  { who: "green", column: "W10/1000", against: "async", most: 1 },
  { who: "green", column: "W10/all", against: "async", most: 1 },
  { column: "W9", against: "plain", most: 1.3 },
  { column: "W9s", against: null, most: 12_000 },
];

/** Cells → a Markdown table of the bars, those that are not met first. Bars without both figures are left out. */
export function judge(cells: Cell[]): string {
  const judged = goals.flatMap((goal) => row(cells, goal)).sort((a, b) => Number(a.met) - Number(b.met));
  const rows = judged.map(({ met, words }) => `| ${words.join(" | ")} | ${met ? "yes" : "**no**"} |`);
  return ["| ours | divided by | at most | measured | met |", "|---|---|--:|--:|---|", ...rows].join("\n");
}

function row(cells: Cell[], goal: Goal): { met: boolean; words: string[] }[] {
  const column = columns.find(({ title }) => title === goal.column)!;
  const figure = goal.figure ?? column.figures[0]!;
  const ours = best(find(cells, column, goal.who ?? "greenlets"), figure);
  const { name, value: base } = divisor(cells, goal, figure);
  if (ours === undefined || base === undefined) return [];
  const measured = ours / base;
  const subject = goal.who === undefined ? goal.column : `${goal.who}, ${goal.column}`;
  const what = goal.figure === undefined ? subject : `${subject} ${goal.figure.replace("_", " ")}`;
  return [{ met: measured <= goal.most, words: [what, name, short(goal.most), short(measured)] }];
}

function divisor(
  cells: Cell[],
  { column, against }: Goal,
  figure: Figure,
): { name: string; value: number | undefined } {
  if (against === null) return { name: "–", value: 1 };
  if (typeof against === "object")
    return { name: `ours, ${against.ours}`, value: best(find(cells, { title: against.ours }, "greenlets"), figure) };
  return { name: against, value: best(find(cells, { title: column }, against), figure) };
}
