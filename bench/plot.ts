import { columns, contestants, type Id } from "./plan.ts";
import type { Cell } from "./run.ts";
import { best, find, short } from "./table.ts";

const PLOTTED = ["W1s", "W2/100", "W3", "W4", "W5", "W6", "W7/1", "W9"];
const BAR = 14;
const LEFT = 190;
const WIDTH = 420;
const RIGHT = 90;
const HEAD = 34;
const GAP = 18;
const DECADES = 5;

/**
 * Cells → an SVG: a group of bars per workload, ours first; the length is the logarithm of the figure divided by the
 * smallest in its group. It takes its colours from the page's scheme.
 */
export function plot(cells: Cell[]): string {
  let y = 8;
  const groups = PLOTTED.flatMap((title) => {
    const bars = barsOf(cells, title);
    if (bars.length < 2) return [];
    const group = groupOf(title, bars, y);
    y += HEAD + bars.length * BAR + GAP;
    return [group];
  });
  return svg(LEFT + WIDTH + RIGHT, y, groups.join("\n"));
}

interface Bar {
  id: Id;
  value: number;
}

function barsOf(cells: Cell[], title: string): Bar[] {
  const column = columns.find((candidate) => candidate.title === title)!;
  return (Object.keys(contestants) as Id[]).flatMap((id) => {
    const value = best(find(cells, column, id), column.figures[0]!);
    return value === undefined || id === "plain" ? [] : [{ id, value }];
  });
}

function groupOf(title: string, bars: Bar[], top: number): string {
  const { about, unit } = columns.find((candidate) => candidate.title === title)!;
  const least = Math.min(...bars.map(({ value }) => value));
  const heading = `<text x="0" y="${top + 14}" class="title">${title}: ${about}, ${unit}</text>`;
  return [heading, ...bars.map((bar, i) => barOf(bar, least, top + HEAD - 8 + i * BAR))].join("\n");
}

function barOf({ id, value }: Bar, least: number, y: number): string {
  const length = 6 + (Math.min(Math.log10(value / least), DECADES) / DECADES) * (WIDTH - 6);
  const kind = id === "greenlets" || id === "typed" ? "ours" : "theirs";
  const name = contestants[id].name.replaceAll(/[*`]/g, "");
  return [
    `<text x="${LEFT - 8}" y="${y + 10}" class="name ${kind}">${name}</text>`,
    `<rect x="${LEFT}" y="${y + 2}" width="${length.toFixed(1)}" height="${BAR - 4}" class="${kind}"/>`,
    `<text x="${(LEFT + length + 6).toFixed(1)}" y="${y + 10}" class="${kind}">${short(value)}</text>`,
  ].join("");
}

function svg(width: number, height: number, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Benchmarks; the same figures are in the table">
<style>
text { font: 11px system-ui, sans-serif; fill: #57606a }
.title { font-weight: 600; fill: #24292f }
.name { text-anchor: end }
text.ours { font-weight: 600; fill: #24292f }
rect.theirs { fill: #b6bec7 }
rect.ours { fill: #1a7f5a }
@media (prefers-color-scheme: dark) {
text { fill: #9198a1 }
.title, text.ours { fill: #f0f6fc }
rect.theirs { fill: #4a525b }
rect.ours { fill: #3fb68b }
}
</style>
${body}
</svg>
`;
}
