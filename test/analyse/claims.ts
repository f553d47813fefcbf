/**
 * claims — a snippet, and what must be true of it. Every snippet is analysed by both backends, which must agree to the letter.
 *
 * Files are separated by lines `// file: name.ts`; the first is `main.ts`. Every snippet sees `Greenlet`, `getCurrent` and `sw()`, a function
 * that switches.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { analyse, type AnalyseOptions } from "../../plugin/analyse/index.ts";
import { compilerOptions } from "./options.ts";
import type { Facts, FunctionFact, PointFact } from "../../plugin/analyse/facts.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "project");

const prelude = `import { Greenlet, getCurrent, atomic } from "greenlets";
export function sw(): void { getCurrent().parent!.switch(); }
export { Greenlet, getCurrent, atomic };
`;

const header = 'import { sw, Greenlet, getCurrent, atomic } from "./prelude.ts";\n';

/** The texts of a snippet, by absolute path. */
export function textsOf(snippet: string, first = "main.ts"): Map<string, string> {
  const texts = new Map([[join(root, "prelude.ts"), prelude]]);
  const [main, ...others] = snippet.split(/^\/\/ file: /m);
  texts.set(join(root, first), (first.endsWith("x") || first.endsWith("ts") ? header : "") + main);
  for (const other of others) {
    const [name, ...lines] = other.split("\n");
    texts.set(join(root, name!.trim()), (/\.tsx?$/.test(name!.trim()) ? header : "") + lines.join("\n"));
  }
  return texts;
}

export interface Claims {
  readonly facts: Facts;
  maySwitch(...names: string[]): void;
  plain(...names: string[]): void;
  /** The chain's next link: why `name` may switch. */
  reason(name: string, text: string): void;
  /** The text of the suspension points of a file is exactly this. */
  points(texts: readonly string[], file?: string): void;
  point(text: string, kind?: string): PointFact;
  noPoint(text: string): void;
}

export interface SnippetOptions extends AnalyseOptions {
  readonly first?: string;
  readonly compiler?: Readonly<Record<string, unknown>>;
}

export function snippet(text: string, options: SnippetOptions = {}): Claims {
  const { first = "main.ts", compiler, ...rest } = options;
  const texts = textsOf(text, first);
  const input = { root, files: [...texts.keys()], options: { ...compilerOptions, ...compiler }, texts };
  const facts = analyse(input, rest);
  expect(analyse(input, { ...rest, backend: "native" }).files, "both backends give the same facts").toEqual(
    facts.files,
  );
  return claims(facts, texts, first);
}

function claims(facts: Facts, texts: ReadonlyMap<string, string>, first: string): Claims {
  const functions = Object.entries(facts.files).flatMap(([file, { functions }]) =>
    file === "prelude.ts" ? [] : functions,
  );
  const named = (name: string): FunctionFact => {
    const found = functions.filter((fact) => fact.name === name);
    if (found.length !== 1)
      throw new Error(
        `${found.length} functions are called ${name}; there are ${functions.map((fact) => fact.name).join(", ")}`,
      );
    return found[0]!;
  };
  const pointsOf = (file: string): { text: string; point: PointFact }[] =>
    facts.files[file]!.points.map((point) => ({
      text: texts.get(join(root, file))!.slice(point.start, point.end),
      point,
    }));
  const all = (): { text: string; point: PointFact }[] =>
    Object.keys(facts.files).flatMap((file) => (file === "prelude.ts" ? [] : pointsOf(file)));
  return {
    facts,
    maySwitch: (...names) => names.forEach((name) => expect(named(name).maySwitch, `${name} may switch`).toBe(true)),
    plain: (...names) =>
      names.forEach((name) => expect(named(name), `${name} is plain`).toMatchObject({ maySwitch: false })),
    reason: (name, text) => expect(named(name).reason?.text).toBe(text),
    points: (expected, file = first) => expect(pointsOf(file).map(({ text }) => text)).toEqual(expected),
    point(text, kind) {
      const found = all().find((one) => one.text === text && (kind === undefined || one.point.kind === kind));
      if (found === undefined)
        throw new Error(
          `no point \`${text}\`; there are ${all()
            .map((one) => `${one.point.kind} \`${one.text}\``)
            .join(", ")}`,
        );
      return found.point;
    },
    noPoint: (text) => expect(all().map((one) => one.text)).not.toContain(text),
  };
}
