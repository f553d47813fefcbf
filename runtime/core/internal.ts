import { core } from "./core.ts";

/** The ABI between compiled code and the runtime; not for use by hand. */
export const $: typeof core.$ = core.$;
