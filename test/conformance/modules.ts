/** Modules of one realm: read from disk, prepared by the mode's translation, linked and evaluated once each. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { SourceTextModule, SyntheticModule, runInContext, type Module } from "node:vm";
import type { Realm } from "./realm.ts";
import type { Translate } from "./translate.ts";

type Attributes = Readonly<Record<string, string>>;

export class ModuleLoader {
  readonly #realm: Realm;
  readonly #translate: Translate;
  readonly #modules = new Map<string, Module>();

  constructor(realm: Realm, translate: Translate) {
    this.#realm = realm;
    this.#translate = translate;
  }

  /** The module of a test: its text is given, so that it may differ from what is on disk. */
  async run(filename: string, source: string): Promise<void> {
    await this.#evaluate(this.#remember(filename, this.#sourceModule(filename, source)));
  }

  /** What `import(specifier)` in `referrer` gives. */
  async import(specifier: string, referrer: string, attributes: Attributes): Promise<Module> {
    return this.#evaluate(this.#resolve(specifier, referrer, attributes));
  }

  async #evaluate(module: Module): Promise<Module> {
    if (module.status === "unlinked") {
      await module.link((specifier, from, { attributes }) =>
        this.#resolve(specifier, from.identifier, attributes as Attributes),
      );
    }
    await module.evaluate();
    return module;
  }

  #resolve(specifier: string, referrer: string, attributes: Attributes): Module {
    const filename = specifier.startsWith("greenlets") ? specifier : resolve(dirname(referrer), specifier);
    const key = `${filename} ${attributes["type"] ?? ""}`;
    return this.#modules.get(key) ?? this.#remember(key, this.#load(filename, attributes["type"]));
  }

  #remember(key: string, module: Module): Module {
    this.#modules.set(key.includes(" ") ? key : `${key} `, module);
    return module;
  }

  #load(filename: string, type: string | undefined): Module {
    if (filename.startsWith("greenlets")) return this.#synthetic(filename, this.#realm.require(filename) as object);
    const text = readFileSync(filename, "utf8");
    if (type === "json") return this.#synthetic(filename, { default: this.#parseJson(text) });
    return type === "text" ? this.#synthetic(filename, { default: text }) : this.#sourceModule(filename, text);
  }

  #parseJson(text: string): unknown {
    const parse: (text: string) => unknown = runInContext("JSON.parse", this.#realm.global);
    return parse(text);
  }

  #synthetic(identifier: string, values: object): Module {
    const entries = Object.entries(values);
    const module = new SyntheticModule(
      entries.map(([name]) => name),
      () => {
        for (const [name, value] of entries) module.setExport(name, value);
      },
      { context: this.#realm.global, identifier },
    );
    return module;
  }

  #sourceModule(identifier: string, source: string): Module {
    const { code } = this.#translate.compile(source, identifier, "esm");
    return new SourceTextModule(code, {
      context: this.#realm.global,
      identifier,
      importModuleDynamically: (specifier, _referrer, attributes) =>
        this.import(specifier, identifier, attributes as Attributes),
    });
  }
}
