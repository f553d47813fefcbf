/**
 * The suite's own library (assert.js and so on) as factories. Each file is evaluated inside a function, because compiled code
 * declares what it imports; its top-level names then become properties of the global object, as if it had been a script.
 */
import { parseSync, types } from "@babel/core";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import type { Translate } from "./translate.ts";

/** Runs in a realm with its `require`, and returns what the file declares. */
export type HarnessScript = Script;

export class HarnessLibrary {
  readonly #directory: string;
  readonly #scripts = new Map<string, HarnessScript>();

  constructor(directory: string) {
    this.#directory = join(directory, "harness");
  }

  script(name: string, translate: Translate): HarnessScript {
    const key = `${translate.name}:${name}`;
    const known = this.#scripts.get(key);
    if (known !== undefined) return known;
    const script = this.#build(name, translate);
    this.#scripts.set(key, script);
    return script;
  }

  #build(name: string, translate: Translate): HarnessScript {
    const filename = join(this.#directory, name);
    const source = readFileSync(filename, "utf8");
    const names = declaredNames(source).map((declared) => `get ${declared}() { return ${declared}; }`);
    const { code } = translate.compile(source, filename, "script");
    return new Script(`(function (require) {${code}\nreturn { ${names.join(", ")} };\n})`, { filename });
  }
}

function declaredNames(source: string): string[] {
  const file = parseSync(source, { sourceType: "script", configFile: false, babelrc: false });
  if (file === null) return [];
  return [
    ...new Set(
      file.program.body.flatMap((statement) => Object.keys(types.getBindingIdentifiers(statement, false, true))),
    ),
  ];
}
