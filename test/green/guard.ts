// What the build's analysis takes for plain because somebody said so (runtime-facts.ts), watched: each such function notes when it is
// left with a switch under way that was not there when it was entered.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { parseSync } from "@babel/core";
import { isFunction, traverseFast } from "@babel/types";
import { readFacts } from "../../plugin/analyse/facts.ts";
import { parsePattern } from "../../plugin/analyse/pattern.ts";
import { plain, runtime, runtimeFacts } from "../../runtime-facts.ts";

const patterns = plain.map(parsePattern);
const { files } = readFacts(runtimeFacts())!;

/** `path:name` of each watched function that was entered, and of each that waited. */
export const entered: Set<string> = new Set();
export const waited: Set<string> = new Set();

const key: unique symbol = Symbol.for("greenlets");
const core = () => (globalThis as unknown as { [key]: { $: { state: Int32Array } } })[key];
/** Called by watched code as it is entered. @returns what it calls at its end */
const begin = (name: string): (() => void) => {
  const { state } = core().$;
  const before = state[0];
  entered.add(name);
  return () => {
    if (before === 0 && state[0] !== 0) waited.add(name);
  };
};
Object.defineProperty(globalThis, Symbol.for("greenlets/test/watch"), { value: begin });

type Body = { start: number; end: number; block: boolean };
type Edit = { at: number; put: string };

/**
 * function strike(cause) { … }  →  function strike(cause) { const $end = watch("green.ts:strike"); try { … } finally { $end(); } }
 *
 * @param filename one of the library's
 */
export function guarded(filename: string): string {
  const path = relative(runtime, filename).replaceAll("\\", "/");
  const source = readFileSync(filename, "utf8");
  const bodies = bodiesOf(source);
  const named = (files[path]?.functions ?? []).filter(({ name }) => isPlain(path, name));
  const edits = named.flatMap(({ start, end, name }) => edit(bodies.get(`${start}-${end}`), `${path}:${name}`));
  const last = edits.map((one, index) => ({ ...one, index })).sort((a, b) => b.at - a.at || b.index - a.index);
  return last.reduce((text, { at, put }) => text.slice(0, at) + put + text.slice(at), source);
}

function edit(body: Body | undefined, name: string): Edit[] {
  if (body === undefined) return [];
  const { start, end, block } = body;
  const first = `const $end = globalThis[Symbol.for("greenlets/test/watch")](${JSON.stringify(name)}); try {`;
  const last = "} finally { $end(); }";
  if (block) {
    return [
      { at: start + 1, put: first },
      { at: end - 1, put: last },
    ];
  }
  return [
    { at: start, put: `{ ${first} return (` },
    { at: end, put: `); ${last} }` },
  ];
}

/** The bodies of all functions but generators, by the places of the functions. */
function bodiesOf(source: string): Map<string, Body> {
  const bodies = new Map<string, Body>();
  const { program } = parseSync(source, {
    parserOpts: { plugins: ["typescript"], createParenthesizedExpressions: true },
    configFile: false,
    babelrc: false,
  })!;
  traverseFast(program, (node) => {
    if (!isFunction(node) || node.generator || !node.body) return;
    const body = { start: node.body.start!, end: node.body.end!, block: node.body.type === "BlockStatement" };
    bodies.set(`${node.start}-${node.end}`, body);
  });
  return bodies;
}

function isPlain(path: string, functionName: string): boolean {
  return patterns.some((one) => one.path!.test(path) && one.name.test(functionName));
}
