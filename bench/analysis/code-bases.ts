// The code bases that the analysis is measured on: real TypeScript of more than 10,000 lines, each with a greenlet program that uses part of it.

export interface CodeBase {
  readonly name: string;
  readonly repository: string;
  readonly commit: string;
  /** Its tsconfig, below the checkout. */
  readonly extends: string;
  readonly sources: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** The greenlet program. It stands at the top of the checkout. */
  readonly program: string;
}

/** A script drives an actor: it parks until the next frame, in the middle of a loop, three calls deep. */
const excalibur = `import { getCurrent, Greenlet } from "greenlets";
import { Actor, Engine, vec } from "./src/engine/index";

function nextFrame(): number {
  return getCurrent().parent!.switch() as number;
}

function walkTo(actor: Actor, x: number, y: number): void {
  const target = vec(x, y);
  while (actor.pos.distance(target) > 1) {
    const elapsed = nextFrame();
    actor.pos = actor.pos.add(target.sub(actor.pos).normalize().scale(elapsed * 0.05));
  }
}

const engine = new Engine({ width: 200, height: 100 });
const guard = new Actor({ pos: vec(0, 0) });
engine.add(guard);
const script = new Greenlet((_elapsed: number) => {
  for (;;) {
    walkTo(guard, 100, 0);
    walkTo(guard, 0, 0);
  }
});
engine.on("preupdate", ({ elapsed }) => void script.switch(elapsed));
void engine.start();
`;

/** The parser's hook for new lines parks, deep inside the parser. */
const yaml = `import { getCurrent, Greenlet } from "greenlets";
import { Composer, LineCounter, Parser } from "./src/index.ts";

function readDocuments(source: string): string[] {
  const lines = new LineCounter();
  const parser = new Parser((offset) => {
    lines.addNewLine(offset);
    getCurrent().parent!.switch(offset);
  });
  const composer = new Composer();
  return composer.compose(parser.parse(source)).map((document) => document.toString());
}

const reader = new Greenlet(() => readDocuments("a: 1\\nb: [2, 3]\\n---\\nc: 4\\n"));
for (let offset = reader.switch(); !reader.dead; offset = reader.switch()) console.log("line at", offset);
`;

/** A token whose pattern is a function that hands every word out as soon as the lexer finds it. */
const chevrotain = `import { getCurrent, Greenlet } from "greenlets";
import { createToken, Lexer } from "./packages/chevrotain/src/api.js";

const word = /[a-z]+/y;

function readWord(text: string, offset: number): RegExpExecArray | null {
  word.lastIndex = offset;
  const found = word.exec(text);
  if (found !== null) getCurrent().parent!.switch(found[0]);
  return found;
}

const Word = createToken({ name: "Word", pattern: readWord, line_breaks: false });
const Blank = createToken({ name: "Blank", pattern: / +/, group: Lexer.SKIPPED });
const lexer = new Lexer([Blank, Word]);
const reader = new Greenlet(() => lexer.tokenize("one two three").tokens.length);
for (let found = reader.switch(); !reader.dead; found = reader.switch()) console.log(found);
`;

/** A calendar that waits for its reader between two lines. */
const dateFns = `import { getCurrent, Greenlet } from "greenlets";
import { addDays, eachWeekOfInterval, format, isWeekend } from "./src/index.ts";

function show(line: string): void {
  getCurrent().parent!.switch(line);
}

function calendar(start: Date, end: Date): void {
  for (const week of eachWeekOfInterval({ start, end })) {
    show(format(week, "'Week of' PPP"));
    for (let n = 0; n < 7; n++) {
      const day = addDays(week, n);
      if (!isWeekend(day)) show(format(day, "EEE d"));
    }
  }
}

const pages = new Greenlet(() => calendar(new Date(2026, 0, 1), new Date(2026, 1, 1)));
for (let line = pages.switch(); !pages.dead; line = pages.switch()) console.log(line);
`;

export const codeBases: readonly CodeBase[] = [
  {
    name: "Excalibur",
    repository: "https://github.com/excaliburjs/Excalibur",
    commit: "932b10d54",
    extends: "src/engine/tsconfig.json",
    sources: ["src/engine/**/*.ts"],
    options: { incremental: false, types: ["node"], strict: false },
    program: excalibur,
  },
  {
    name: "yaml",
    repository: "https://github.com/eemeli/yaml",
    commit: "bf03c0c",
    extends: "tsconfig.json",
    sources: ["src/**/*.ts"],
    options: { rootDir: ".", types: ["node"], isolatedDeclarations: false, allowImportingTsExtensions: true },
    program: yaml,
  },
  {
    name: "Chevrotain",
    repository: "https://github.com/Chevrotain/chevrotain",
    commit: "221fff76",
    extends: "packages/chevrotain/tsconfig.json",
    sources: ["packages/{chevrotain,cst-dts-gen,gast,regexp-to-ast,utils}/src/**/*.ts"],
    options: {
      rootDir: ".",
      composite: false,
      module: "esnext",
      moduleResolution: "bundler",
      types: ["node"],
      ignoreDeprecations: "6.0",
      baseUrl: ".",
      paths: {
        "@chevrotain/types": ["./packages/types/api.d.ts"],
        "@chevrotain/cst-dts-gen": ["./packages/cst-dts-gen/src/api.ts"],
        "@chevrotain/gast": ["./packages/gast/src/api.ts"],
        "@chevrotain/regexp-to-ast": ["./packages/regexp-to-ast/src/api.ts"],
        "@chevrotain/utils": ["./packages/utils/src/api.ts"],
      },
    },
    program: chevrotain,
  },
  {
    name: "date-fns, without its locales",
    repository: "https://github.com/date-fns/date-fns",
    commit: "dd6639830",
    extends: "src/tsconfig.json",
    sources: ["src/index.ts"],
    options: { rootDir: ".", types: ["node"], allowImportingTsExtensions: true, composite: false },
    program: dateFns,
  },
];
