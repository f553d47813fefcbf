/**
 * Deterministic work for each package of the corpus: text in, text out. Compiled together with the package, so that every frame
 * of a run can be suspended.
 */

/** A function of a package, whatever it takes. */
type Call = (...values: unknown[]) => unknown;
type Module = Readonly<Record<string, Call>>;

export interface Inputs {
  /** JavaScript of about 230 kB. */
  readonly javascript: string;
  /** Markdown, made of headings, lists, tables, code and links. */
  readonly markdown: string;
  /** A TypeScript program with errors of its types, by the names of its files. */
  readonly typescript: Readonly<Record<string, string>>;
  /** Records for formats of data. */
  readonly records: readonly Entry[];
}

export interface Entry {
  readonly id: number;
  readonly name: string;
  readonly tags: readonly string[];
  readonly nested: { readonly price: number; readonly note: string };
}

export type Workload = (load: (name: string) => unknown, inputs: Inputs) => string;

const json = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "bigint" ? `${inner}n` : inner instanceof RegExp ? String(inner) : inner,
  );

export const workloads: Readonly<Record<string, Workload>> = {
  acorn(load, { javascript }) {
    const { parse } = load("acorn") as Module;
    return json(parse!(javascript, { ecmaVersion: "latest", locations: true }));
  },
  esprima(load, { javascript }) {
    const { parseScript } = load("esprima") as Module;
    return json(parseScript!(javascript, { range: true, comment: true }));
  },
  meriyah(load, { javascript }) {
    const { parseScript } = load("meriyah") as Module;
    return json(parseScript!(javascript, { ranges: true }));
  },
  astring(load, { javascript }) {
    const { parse } = load("acorn") as Module;
    const { generate } = load("astring") as Module;
    return String(generate!(parse!(javascript, { ecmaVersion: "latest" })));
  },
  escodegen(load, { javascript }) {
    const { parseScript } = load("esprima") as Module;
    const { generate } = load("escodegen") as Module;
    return String(generate!(parseScript!(javascript)));
  },
  terser(load, { javascript }) {
    const { minify_sync } = load("terser") as Module;
    return json(minify_sync!(javascript, { compress: { passes: 1 }, mangle: true }));
  },
  marked(load, { markdown }) {
    const { parse } = load("marked") as Module;
    return String(parse!(markdown));
  },
  "markdown-it"(load, { markdown }) {
    const loaded = load("markdown-it") as Call & { default?: Call };
    const create = (loaded.default ?? loaded) as Call;
    const renderer = create({ html: true, linkify: true, typographer: true }) as Module;
    return String(renderer["render"]!(markdown));
  },
  commonmark(load, { markdown }) {
    const { Parser, HtmlRenderer } = load("commonmark") as Readonly<Record<string, new () => Module>>;
    const tree = new Parser!()["parse"]!(markdown);
    return String(new HtmlRenderer!()["render"]!(tree));
  },
  handlebars(load, { records }) {
    const { create } = load("handlebars") as Module;
    const engine = create!() as Module;
    engine["registerHelper"]!("upper", (text: unknown) => String(text).toUpperCase());
    const render = engine["compile"]!(
      "{{#each records}}<li class='{{id}}'>{{upper name}}{{#if tags}}{{#each tags}} {{@index}}:{{this}}{{/each}}{{else}}-{{/if}}{{#with nested}}{{price}} {{{note}}}{{/with}}</li>\n{{/each}}",
    ) as Call;
    return String(render({ records }));
  },
  mustache(load, { records }) {
    const { render } = load("mustache") as Module;
    return String(
      render!(
        "{{#records}}{{id}} {{name}}{{#tags}} [{{.}}]{{/tags}} {{#nested}}{{price}} {{&note}}{{/nested}}{{^tags}}none{{/tags}}\n{{/records}}",
        { records },
      ),
    );
  },
  ejs(load, { records }) {
    const { render } = load("ejs") as Module;
    return String(
      render!(
        "<% for (const record of records) { %><p id=<%= record.id %>><%= record.name %> <%- record.tags.join() %></p>\n<% } %>",
        { records },
      ),
    );
  },
  "js-yaml"(load, { records }) {
    const { dump, load: parse } = load("js-yaml") as Module;
    const text = String(dump!(records));
    return text + json(parse!(text));
  },
  "jsonc-parser"(load, { records }) {
    const { parseTree, format, applyEdits, parse } = load("jsonc-parser") as Module;
    const text = `// records\n${json(records)}`;
    const edits = format!(text, undefined, { insertSpaces: true, tabSize: 2 });
    const tree = parseTree!(text) as { length: number };
    return `${String(applyEdits!(text, edits))} ${tree.length} ${json(parse!(text))}`;
  },
  "csv-parse"(load, { records }) {
    const { parse } = load("csv-parse/sync") as Module;
    const rows = records.map(({ id, name, tags, nested }) => `${id},"${name}","${tags.join('""')}",${nested.price}`);
    return json(parse!(`id,name,tags,price\n${rows.join("\n")}`, { columns: true, cast: true }));
  },
  papaparse(load, { records }) {
    const { parse, unparse } = load("papaparse") as Module;
    const text = unparse!(
      records.map(({ id, name, tags, nested }) => ({ id, name, tags: tags.join(";"), note: nested.note })),
    );
    return String(text) + json(parse!(text, { header: true, dynamicTyping: true }));
  },
  pako(load, { javascript }) {
    const { deflate, inflate } = load("pako") as Module;
    const packed = deflate!(new TextEncoder().encode(javascript), { level: 6 }) as Uint8Array;
    return packed.join() + String((inflate!(packed) as Uint8Array).length);
  },
  fflate(load, { javascript }) {
    const { gzipSync, gunzipSync, strToU8 } = load("fflate") as Module;
    const packed = gzipSync!(strToU8!(javascript), { mtime: 1 }) as Uint8Array;
    return packed.join() + String((gunzipSync!(packed) as Uint8Array).length);
  },
  "lz-string"(load, { javascript }) {
    const { compressToBase64, decompressFromBase64 } = load("lz-string") as Module;
    const packed = compressToBase64!(javascript);
    return String(packed) + String(decompressFromBase64!(packed) === javascript);
  },
  lodash(load, { records }) {
    const _ = load("lodash") as Module;
    const grouped = _["groupBy"]!(records, (record: Entry) => record.tags.length);
    const sorted = _["sortBy"]!(records, [(record: Entry) => record.nested.price, "name"]);
    const merged = _["mergeWith"]!({}, ...records.slice(0, 40), (left: unknown, right: unknown) =>
      Array.isArray(left) ? left.concat(right) : undefined,
    );
    const deep = _["cloneDeepWith"]!(sorted, (value: unknown) => (typeof value === "number" ? value + 1 : undefined));
    const wrapped = (_ as unknown as (value: unknown) => Module)(records)["filter"]!(
      (record: Entry) => record.id % 3 === 0,
    ) as Module;
    const chained = (wrapped["map"]!("name") as Module)["value"]?.();
    return json([
      _["mapValues"]!(grouped, "length"),
      merged,
      deep,
      chained,
      _["template"]!("<% _.each(list, function (n) { %>[<%= n %>]<% }) %>"),
    ]);
  },
  /** Transpiles 230 kB to ES5, and type-checks and emits a small program with a library of its own. */
  typescript(load, { javascript, typescript: files }) {
    const { transpileModule, createProgram, createSourceFile, getPreEmitDiagnostics } = load("typescript") as Module;
    const lowered = transpileModule!(files["program.ts"] + javascript, {
      compilerOptions: { target: 1, module: 1 },
      reportDiagnostics: true,
    });
    const written: unknown[] = [];
    const host = {
      fileExists: (name: string) => name in files,
      readFile: (name: string) => files[name],
      getSourceFile: (name: string, target: unknown) => name in files && createSourceFile!(name, files[name], target),
      getDefaultLibFileName: () => "lib.d.ts",
      getCurrentDirectory: () => "",
      getCanonicalFileName: (name: string) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => "\n",
      writeFile: (...file: unknown[]) => void written.push(file.slice(0, 2)),
    };
    const options = { strict: true, target: 9, module: 99, declaration: true };
    const program = createProgram!(["program.ts"], options, host) as Module;
    const found = getPreEmitDiagnostics!(program) as { code: number; start: number; messageText: unknown }[];
    program["emit"]!();
    return json([lowered, written, found.map(({ code, start, messageText }) => [code, start, messageText])]);
  },
};
