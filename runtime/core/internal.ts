import { core } from "./core.ts";

/** The ABI between compiled code and the runtime; not for use by hand. */
export const $: typeof core.$ = core.$;

/** First thing in a compiled module: checks that the two fit. */
export const abi: typeof core.$.abi = core.$.abi;
