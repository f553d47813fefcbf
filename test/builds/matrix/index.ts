// The program of examples/builds in every build, from packed packages in fresh folders; writes the table of docs/builds.md.
//   node test/builds/matrix/index.ts [ROW…]      needs the network and `npm run build` before it; with rows, only those
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../command.ts";
import { pack } from "./packed.ts";
import { rows, type Cells } from "./rows.ts";

const columns: [keyof Cells, string][] = [
  ["esm", "runs as ES module"],
  ["cjs", "runs as CommonJS"],
  ["map", "map exact to the column"],
  ["stack", "stack trace shows the source"],
  ["plain", "plain file untouched"],
];

const line = (cells: string[]): string => `| ${cells.join(" | ")} |`;
const word = (cell: boolean | null): string => (cell === null ? "–" : cell ? "yes" : "**no**");

/** Rows that were not asked for stay as they are. */
function writeTable(results: [string, Cells][]): void {
  const page = join(root, "docs/builds.md");
  const text = readFileSync(page, "utf8");
  const found = new Map(results.map(([name, cells]) => [name, columns.map(([key]) => word(cells[key]))]));
  const marks = /(<!-- matrix -->\n)([^]*?)(\n<!-- \/matrix -->)/;
  const old = marks.exec(text)?.[2]?.split("\n") ?? [];
  const before = (name: string): string | undefined => old.find((one) => one.startsWith(`| ${name} |`));
  const table = [
    line(["", ...columns.map(([, title]) => title)]),
    line(["---", ...columns.map(() => "---")]),
    ...Object.keys(rows).flatMap((name) => {
      const cells = found.get(name);
      return cells ? line([name, ...cells]) : (before(name) ?? []);
    }),
  ].join("\n");
  writeFileSync(
    page,
    text.replace(marks, (_, open: string, _old: string, close: string) => `${open}\n${table}\n${close}`),
  );
}

const asked = process.argv.slice(2);
const chosen = Object.entries(rows).filter(([name]) => asked.length === 0 || asked.some((one) => name.includes(one)));
const tarballs = pack();
const results: [string, Cells][] = [];
const NOTHING: Cells = { esm: false, cjs: false, map: false, stack: false, plain: false };
for (const [name, row] of chosen) {
  const cells = await Promise.resolve(tarballs)
    .then(row)
    .catch((error: unknown) => (console.error(error), NOTHING));
  results.push([name, cells]);
  console.log(line([name, ...columns.map(([key, title]) => `${title}: ${word(cells[key])}`)]));
}
writeTable(results);
process.exitCode = results.every(([, cells]) => Object.values(cells).every((cell) => cell !== false)) ? 0 : 1;
