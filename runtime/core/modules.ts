// Which modules were compiled, and where each of them begins: a development build asks for it when it meets a function that was entered
// without a mark, because modules compiled for production set none.

/** A compiled module: an error made while it was loaded, whose stack names its file, and whether it was built for development. */
interface Module {
  readonly witness: Error;
  readonly development: boolean;
}

/** All of them, in the order in which they were loaded. Nobody reads their stacks in production, so these are never made into text. */
export const modules: Module[] = [];

/** To be called by `abi` alone: the second line of the witness's stack is the compiled module. */
export function noteModule(development: boolean): void {
  modules.push({ witness: new Error(), development });
}
