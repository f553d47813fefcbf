/**
 * page — the facts as one HTML file to look through: who may switch, search, the chain of a function.
 *
 *   In     Facts, and a way to read a file's text
 *   Out    a page that loads nothing else
 *   Keeps  names and paths are data: they reach the page as JSON and are set as text, never as markup
 */
import type { Facts, Reason } from "./facts.ts";
import { positionOf } from "./lines.ts";
import { summaryOf } from "./messages.ts";

interface Row {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly maySwitch: boolean;
  /** The index of the row its reason leads to; -1 when that is a root. */
  readonly next: number;
  /** The root's text, when `next` is -1. */
  readonly root: string;
}

export function reportPage(facts: Facts, read: (file: string) => string): string {
  const { files, functions, maySwitch, points } = summaryOf(facts);
  const title = `${maySwitch} of ${functions} functions may switch`;
  const sentence = `${points} suspension points in ${files} files; the others are plain.`;
  return page(title, sentence, JSON.stringify(rowsOf(facts, read)).replaceAll("<", "\\u003c"));
}

function rowsOf(facts: Facts, read: (file: string) => string): Row[] {
  const places = Object.entries(facts.files).flatMap(([file, { functions }]) =>
    functions.map((fact) => ({ file, fact })),
  );
  const indexes = new Map(
    places.map(({ file, fact }, index) => [keyOf({ file, start: fact.start, end: fact.end }), index]),
  );
  const texts = new Map(Object.keys(facts.files).map((file) => [file, read(file)]));
  return places.map(({ file, fact }) => ({
    name: fact.name,
    file,
    line: positionOf(texts.get(file)!, fact.start).line,
    maySwitch: fact.maySwitch,
    next: fact.reason?.file === undefined ? -1 : (indexes.get(keyOf(fact.reason)) ?? -1),
    root: fact.reason?.file === undefined ? (fact.reason?.text ?? "") : "",
  }));
}

function keyOf({ file, start, end }: Omit<Reason, "text">): string {
  return `${file}:${start}:${end}`;
}

function page(title: string, sentence: string, rows: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}</style>
<main>
  <h1>${title}</h1>
  <p>${sentence}</p>
  <form><input type="search" id="search" placeholder="Function or file" aria-label="Search" autofocus>
  <label><input type="checkbox" id="plain"> show plain functions</label></form>
  <ol id="chain" aria-label="Chain of reasons" hidden></ol>
  <h2>What everything comes from</h2>
  <ul id="roots"></ul>
  <h2>Functions</h2>
  <table><thead><tr><th>Function<th>Place<th>Because of</thead><tbody id="rows"></tbody></table>
  <p id="more" hidden></p>
</main>
<script type="application/json" id="data">${rows}</script>
<script type="module">${script}</script>
</html>
`;
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.1rem; margin-top: 2rem }
input[type=search] { font: inherit; padding: .4rem .6rem; width: min(100%, 28rem) }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884 }
button { font: inherit; border: 0; background: none; color: LinkText; padding: 0; cursor: pointer; text-align: left }
td:nth-child(2), #chain small { opacity: .7 } #chain { border-left: 3px solid #c60; padding: .5rem 0 .5rem 2.5rem } .plain button { opacity: .6 }
`;

const script = `
const rows = JSON.parse(document.getElementById("data").textContent);
const element = (id) => document.getElementById(id);
const shown = 500;

function node(tag, text, ...children) {
  const made = document.createElement(tag);
  made.textContent = text;
  made.append(...children);
  return made;
}

function opener(index) {
  const button = node("button", rows[index].name);
  button.type = "button";
  button.addEventListener("click", () => showChain(index));
  return button;
}

function chainOf(index) {
  const chain = [];
  for (let at = index; at !== -1 && !chain.includes(at); at = rows[at].next) chain.push(at);
  return chain;
}

function showChain(index) {
  const chain = chainOf(index);
  const items = chain.map((at) => node("li", "", opener(at), node("small", " " + rows[at].file + ":" + rows[at].line)));
  const last = rows[chain.at(-1)];
  items.push(node("li", last.maySwitch ? last.root : "plain: nothing it calls leads to a switch"));
  element("chain").replaceChildren(...items);
  element("chain").hidden = false;
}

function because({ next, root, maySwitch }) {
  return maySwitch ? (next === -1 ? root : rows[next].name) : "";
}

function showRows() {
  const wanted = element("search").value.toLowerCase();
  const withPlain = element("plain").checked;
  const found = rows.map((row, index) => index).filter((index) => (withPlain || rows[index].maySwitch) && (rows[index].name + " " + rows[index].file).toLowerCase().includes(wanted));
  element("rows").replaceChildren(...found.slice(0, shown).map((index) => {
    const row = rows[index];
    const line = node("tr", "", node("td", "", opener(index)), node("td", row.file + ":" + row.line), node("td", because(row)));
    if (!row.maySwitch) line.className = "plain";
    return line;
  }));
  element("more").hidden = found.length <= shown;
  element("more").textContent = (found.length - shown) + " more; search to narrow the list";
}

function showRoots() {
  const counts = new Map();
  rows.forEach((row, index) => {
    if (!row.maySwitch) return;
    const root = rows[chainOf(index).at(-1)].root;
    counts.set(root, (counts.get(root) ?? 0) + 1);
  });
  element("roots").replaceChildren(...[...counts].sort((a, b) => b[1] - a[1]).map(([root, count]) => node("li", root + ": " + count)));
}

element("search").addEventListener("input", showRows);
element("plain").addEventListener("change", showRows);
showRoots();
showRows();
`;
