import { describe, expect, test } from "vitest";
import { load } from "../semantics/load.ts";
import { programs } from "./programs.ts";

// Each use of a built-in function must give what plain JavaScript gives when its callbacks switch.

const ITERABLE = `
  function iterable(log = [], values = [1, 2, 3]) {
    let k = 0;
    return {
      [Symbol.iterator]() {
        return { __proto__: globalThis.Iterator?.prototype ?? Object.prototype,
          next() { return pause({ value: values[k], done: k++ >= values.length }); },
          return() { log.push(pause("closed")); return {}; } };
      },
    };
  }`;

function plain(text: string): unknown {
  return new Function("pause", `${ITERABLE}\nreturn [${text}];`)((value: unknown) => value);
}

const source = `
  function pause(value) { return getCurrent().parent.switch(value); }
  ${ITERABLE}
  export const programs = { ${Object.entries(programs)
    .map(([name, text]) => `${JSON.stringify(name)}: () => [${text}]`)
    .join(",\n")} };
  export function run(program) {
    const greenlet = new Greenlet(() => program());
    let switches = 0;
    let value = greenlet.switch();
    for (; !greenlet.dead; value = greenlet.switch(value)) switches++;
    return { value, switches };
  }`;

interface Exports {
  readonly programs: Record<string, () => unknown>;
  run(program: () => unknown): { value: unknown; switches: number };
}

const builds = {
  production: await load<Exports>(source),
  stress: await load<Exports>(source, { stress: true }),
  development: await load<Exports>(source, { dev: true }),
};

describe.each(Object.keys(builds) as (keyof typeof builds)[])("%s build", (build) => {
  const compiled = builds[build];

  test.each(Object.keys(programs))("%s", (name) => {
    const { value, switches } = compiled.run(compiled.programs[name]!);
    expect(value).toEqual(plain(programs[name]!));
    expect(switches).toBeGreaterThan(0);
  });
});
