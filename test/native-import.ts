/** Loaded by Node itself (`require`), so that this `import()` is Node's and not the test runner's. */
export const importNatively = (url: string): Promise<unknown> => import(url);
