import type { Cell } from "./run.ts";
import { columns, contestants, type Column, type Figure, type Id } from "./plan.ts";

/** The best of all repeats in all rounds. Noise only ever adds to a time; sizes hardly differ between rounds. */
export function best(cell: Cell | undefined, figure: Figure): number | undefined {
  const figures = (cell?.lines ?? []).map((line) => line[figure]).filter((value) => typeof value === "number");
  return figures.length === 0 ? undefined : Math.min(...figures);
}

/**
 * Cells → a Markdown table: a row per contestant, a column per workload. Beside each rival's figure stands ours as a share
 * of it: `408 (0.12)` says that we take 0.12 of the rival's 408 ns. Shares above 1 are in bold: there, we lose.
 */
export function table(cells: Cell[]): string {
  const shown = columns.filter(({ title }) => cells.some(({ column }) => column === title));
  const ids = (Object.keys(contestants) as Id[]).filter((id) => cells.some((cell) => cell.id === id));
  const rows = ids.map((id) => [contestants[id].name, ...shown.map((column) => text(cells, column, id))]);
  const head = ["", ...shown.map(({ title, unit }) => `${title}, ${unit}`)];
  return [head, head.map((_, i) => (i === 0 ? "---" : "--:")), ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

function text(cells: Cell[], column: Column, id: Id): string {
  const cell = find(cells, column, id);
  if (cell?.failure !== undefined) return "fails";
  const [figure, ...more] = column.figures;
  const value = best(cell, figure!);
  if (value === undefined)
    return more.length > 0 && best(cell, more[0]!) !== undefined ? `(${short(best(cell, more[0]!)!)})` : "–";
  const others = more.map((other) => best(cell, other)).filter((other) => other !== undefined);
  return [
    short(value),
    others.length > 0 ? ` / ${others.map(short).join(" / ")}` : "",
    share(cells, column, id, value),
  ].join("");
}

function share(cells: Cell[], column: Column, id: Id, value: number): string {
  const ours = best(find(cells, column, "greenlets"), column.figures[0]!);
  if (ours === undefined || id === "greenlets" || id === "typed") return "";
  const ratio = short(ours / value);
  return ours > value ? ` (**${ratio}**)` : ` (${ratio})`;
}

export function find(cells: Cell[], column: { title: string }, id: Id): Cell | undefined {
  return cells.find((cell) => cell.id === id && cell.column === column.title);
}

/** Three digits: 0.123, 12.3, 1,230. */
export function short(value: number): string {
  const digits = value >= 100 ? Math.round(value) : Number(value.toPrecision(value < 1 ? 2 : 3));
  return digits.toLocaleString("en-GB", { maximumFractionDigits: 6 });
}

/** What the columns mean, as a Markdown list. */
export function legend(cells: Cell[]): string {
  const shown = columns.filter(({ title }) => cells.some(({ column }) => column === title));
  return shown.map(({ title, about }) => `- ${title}: ${about}`).join("\n");
}
