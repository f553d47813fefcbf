// A JSON parser by recursive descent, over a text that it is given as a string.

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

class Parser {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  parse(): Json {
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.fail("the end");
    return value;
  }

  private value(): Json {
    this.space();
    switch (this.text[this.at]) {
      case "{":
        return this.object();
      case "[":
        return this.array();
      case '"':
        return this.string();
      case "t":
        return this.word("true", true);
      case "f":
        return this.word("false", false);
      case "n":
        return this.word("null", null);
      default:
        return this.number();
    }
  }

  private object(): Json {
    const object: { [key: string]: Json } = {};
    this.at++;
    if (this.accept("}")) return object;
    do {
      this.space();
      const key = this.string();
      this.expect(":");
      object[key] = this.value();
    } while (this.accept(","));
    this.expect("}");
    return object;
  }

  private array(): Json {
    const array: Json[] = [];
    this.at++;
    if (this.accept("]")) return array;
    do array.push(this.value());
    while (this.accept(","));
    this.expect("]");
    return array;
  }

  private string(): string {
    if (this.text[this.at] !== '"') this.fail("a string");
    let result = "";
    for (;;) {
      const start = ++this.at;
      while (!isSpecial(this.text.charCodeAt(this.at))) this.at++;
      result += this.text.slice(start, this.at);
      if (this.text[this.at] === '"') break;
      if (this.text[this.at] !== "\\") this.fail("the end of a string");
      result += this.escape();
    }
    this.at++;
    return result;
  }

  private escape(): string {
    const letter = this.text[++this.at] ?? "";
    if (letter !== "u") return ESCAPES.get(letter) ?? this.fail("an escape");
    const digits = this.text.slice(this.at + 1, this.at + 5);
    this.at += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private number(): number {
    const start = this.at;
    while (isNumeric(this.text.charCodeAt(this.at))) this.at++;
    if (start === this.at) this.fail("a value");
    return Number(this.text.slice(start, this.at));
  }

  private word<Value>(word: string, value: Value): Value {
    if (!this.text.startsWith(word, this.at)) this.fail(word);
    this.at += word.length;
    return value;
  }

  private space(): void {
    while (this.text.charCodeAt(this.at) <= 32) this.at++;
  }

  private accept(letter: string): boolean {
    this.space();
    if (this.text[this.at] !== letter) return false;
    this.at++;
    return true;
  }

  private expect(letter: string): void {
    if (!this.accept(letter)) this.fail(letter);
  }

  private fail(wanted: string): never {
    throw new SyntaxError(`Expected ${wanted} at ${this.at}.`);
  }
}

const ESCAPES = new Map(
  [...'"\\/']
    .map((letter) => [letter, letter] as const)
    .concat([
      ["n", "\n"],
      ["t", "\t"],
    ]),
);

/** Quotes, backslashes, and what ends a text too early. */
function isSpecial(code: number): boolean {
  return code === 34 || code === 92 || !(code >= 32);
}

function isNumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 45 || code === 46 || code === 101 || code === 43;
}

function record(id: number): Json {
  return {
    id,
    name: `record "${id}"`,
    tags: ["a\tb", "ü", String(id * id)],
    position: { x: id / 8, y: -id, deep: [[id], [[id % 7]], { empty: {} }] },
    active: id % 3 === 0,
    note: null,
  };
}

const TEXT = JSON.stringify(
  Array.from({ length: 600 }, (_, id) => record(id)),
  null,
  1,
);

/** A number that every leaf has a part in. */
function digest(value: Json): number {
  if (typeof value === "number") return value;
  if (typeof value === "string") return value.length;
  if (typeof value === "boolean") return value ? 3 : 5;
  if (value === null) return 7;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + digest(item), 11);
  return Object.entries(value).reduce((sum, [key, item]) => sum + key.length + digest(item), 13);
}

export function run(): number {
  return digest(new Parser(TEXT).parse());
}
