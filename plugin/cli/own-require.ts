/**
 * On Node 22, CommonJS that an ES module imports gets a `require` that can't load an ES module which is not there yet
 * (ERR_VM_MODULE_LINK_FAILURE), if its text comes from a hook. So it makes one of its own, on its first line: lines stay where they are.
 *
 *   "use strict"; const { $ } = …   →   "use strict";require=….createRequire(__filename); "use strict"; const { $ } = …
 */
export function withOwnRequire(code: string): string {
  const [start = ""] = /^#!.*\n/.exec(code) ?? [];
  const strict = /^(?:\s|\/\/.*\n|\/\*[^]*?\*\/)*(["'])use strict\1/.test(code.slice(start.length))
    ? `"use strict";`
    : "";
  return `${start}${strict}require=process.getBuiltinModule("node:module").createRequire(__filename);${code.slice(start.length)}`;
}

export const needsOwnRequire: boolean = Number.parseInt(process.versions.node, 10) === 22;
