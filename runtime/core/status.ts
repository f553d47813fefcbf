// How far a greenlet has come. Symbols, so that structuredClone and postMessage refuse a greenlet in any state by name:
// "Symbol(a dead greenlet) could not be cloned."

export const PENDING: unique symbol = Symbol("a pending greenlet");
export const STARTED: unique symbol = Symbol("a started greenlet");
export const DEAD: unique symbol = Symbol("a dead greenlet");

export type Status = typeof PENDING | typeof STARTED | typeof DEAD;
