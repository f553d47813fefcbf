// One program through every bundler, also those that have to be installed first; writes the table of docs/builds.md.
//   node test/builds/matrix.ts            needs the network on its first run, and `npm run build` before it
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../command.ts";
import { bundlers, type Bundle, type Bundler, type Format } from "./bundlers.ts";
import { installBundlers, installedBundlers } from "./installed.ts";
import { placeInSource, placesOf, printed, runBundle, writeSampleTo } from "./sample.ts";

const columns = [
  "runs as ES module",
  "runs as CommonJS",
  "stress build runs",
  "map exact to the column",
  "stack trace shows the source",
];
const late = `new RangeError("stopped")`;

/** Where the program is built, once for each cell. */
const samples = realpathSync(mkdtempSync(join(tmpdir(), "greenlets-builds-")));

type Cells = boolean[];
type Build = { folder: string; file: string; bundle: Bundle };

async function cellsOf(bundler: Bundler): Promise<Cells> {
  const build = async (format: Format, stress: boolean): Promise<Build> => {
    const file = `out.${format === "esm" ? "mjs" : "cjs"}`;
    const folder = writeSampleTo(mkdtempSync(join(samples, "sample-")));
    return { folder, file, bundle: await bundler(folder, format, { stress }) };
  };
  const esm = await build("esm", false);
  const others = [await build("cjs", false), await build("esm", true)];
  const { stderr } = run(esm, "stop");
  return [esm, ...others]
    .map((one) => run(one).stdout === `${printed}\n`)
    .concat(mapIsExact(esm.bundle), /ask\.ts:8:37/.test(stderr));
}

function run({ folder, file, bundle: { code, map } }: Build, ...args: string[]): { stdout: string; stderr: string } {
  return runBundle(folder, file, code, map, ...args);
}

function mapIsExact({ code, map }: Bundle): boolean {
  const places = placesOf(late, code, map);
  return places.length === 2 && places.every((place) => place === placeInSource(late));
}

function writeTable(rows: [string, Cells][]): void {
  const page = join(root, "docs/builds.md");
  const line = (cells: string[]): string => `| ${cells.join(" | ")} |`;
  const table = [
    line(["", ...columns]),
    line(["---", ...columns.map(() => "---")]),
    ...rows.map(([name, cells]) => line([name, ...cells.map((cell) => (cell ? "yes" : "**no**"))])),
  ];
  const text = readFileSync(page, "utf8").replace(
    /(<!-- matrix -->\n)[^]*?(\n<!-- \/matrix -->)/,
    (_, open: string, close: string) => `${open}\n${table.join("\n")}\n${close}`,
  );
  writeFileSync(page, text);
  console.log(table.join("\n"));
}

installBundlers();
const rows: [string, Cells][] = [];
for (const [name, bundler] of Object.entries({ ...bundlers, ...installedBundlers }))
  rows.push([name, await cellsOf(bundler)]);
writeTable(rows);
rmSync(samples, { recursive: true });
process.exitCode = rows.every(([, cells]) => cells.every(Boolean)) ? 0 : 1;
