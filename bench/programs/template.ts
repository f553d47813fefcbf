// A template engine: `{{name}}`, `{{name|filter}}`, `{{#each list}}…{{/each}}`, `{{#if name}}…{{else}}…{{/if}}`. Templates are
// compiled into a tree of closures once and rendered often.

type Data = { [key: string]: unknown };
type Render = (data: Data) => string;
type Filter = (text: string) => string;

const filters: Record<string, Filter> = {
  upper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  quote: (text) => `“${text}”`,
};

class Compiler {
  private at = 0;
  private readonly parts: string[];

  constructor(template: string) {
    this.parts = template.split(/\{\{(.*?)\}\}/);
  }

  /** Up to one of `ends`, which is left to be read; odd parts are tags. */
  block(...ends: string[]): Render {
    const renders: Render[] = [];
    for (; this.at < this.parts.length; this.at++) {
      const part = this.parts[this.at]!;
      if (this.at % 2 === 0) renders.push(() => part);
      else if (ends.includes(part)) break;
      else renders.push(this.tag(part));
    }
    return (data) => renders.map((render) => render(data)).join("");
  }

  private tag(tag: string): Render {
    if (tag.startsWith("#each ")) return this.each(tag.slice(6));
    if (tag.startsWith("#if ")) return this.condition(tag.slice(4));
    return substitution(tag);
  }

  private each(path: string): Render {
    this.at++;
    const body = this.block("/each");
    const list = lookup(path);
    return (data) => {
      let text = "";
      for (const [index, item] of (list(data) as unknown[]).entries()) text += body({ ...data, item, index });
      return text;
    };
  }

  private condition(path: string): Render {
    this.at++;
    const yes = this.block("else", "/if");
    const hasElse = this.parts[this.at] === "else";
    if (hasElse) this.at++;
    const no: Render = hasElse ? this.block("/if") : () => "";
    const test = lookup(path);
    return (data) => (test(data) ? yes(data) : no(data));
  }
}

function substitution(tag: string): Render {
  const [path, ...names] = tag.split("|") as [string, ...string[]];
  const value = lookup(path);
  const chain = names.map((name) => filters[name]!);
  return (data) => chain.reduce((text, filter) => filter(text), escape(String(value(data))));
}

/** `a.b` → how to find it in the data. */
function lookup(path: string): (data: Data) => unknown {
  const keys = path.split(".");
  return (data) => {
    let value: unknown = data;
    for (const key of keys) value = (value as Data | undefined)?.[key];
    return value ?? "";
  };
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escape(text: string): string {
  return text.replace(/[&<>]/g, (letter) => ENTITIES[letter]!);
}

const PAGE = `<h1>{{title|upper}}</h1>
{{#each people}}<p class="{{#if index}}next{{else}}first{{/if}}">{{item.name|trim|quote}} ({{item.age}})
{{#if item.friends}}<ul>{{#each item.friends}}<li>{{index}}: {{item}} of {{title}}</li>{{/each}}</ul>{{/if}}</p>
{{/each}}`;

const DATA: Data = {
  title: "Friends & <foes>",
  people: Array.from({ length: 60 }, (_, i) => ({
    name: ` Person ${i} `,
    age: 20 + (i % 50),
    friends: i % 4 === 0 ? undefined : Array.from({ length: i % 9 }, (_, j) => `<${i}/${j}>`),
  })),
};

export function run(): number {
  const render = new Compiler(PAGE).block();
  let sum = 0;
  for (let i = 0; i < 12; i++) sum = (sum * 31 + checksum(render(DATA))) % 1_000_003;
  return sum;
}

function checksum(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 33 + text.charCodeAt(i)) % 1_000_003;
  return sum;
}
