// Which modules were compiled, and where each of them begins: a development build asks for it when it meets a function that was entered
// without a mark, because modules compiled for production set none.

/**
 * A compiled module: an error made while it was loaded, by `abi`, so that the second line of its stack is the module; and what
 * development builds say.
 */
export type Module = readonly [witness: Error, build: "development" | undefined];

/** All of them, in the order in which they were loaded. Nobody reads their stacks in production, so these are never made into text. */
export const modules: Module[] = [];
