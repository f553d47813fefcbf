// How far a Green has come.

export const NEW = 0;
/** Its start is queued, or in the clock. */
export const DUE = 1;
export const RUNNING = 2;
export const DONE = 3;
export const FAILED = 4;

export type Stage = typeof NEW | typeof DUE | typeof RUNNING | typeof DONE | typeof FAILED;
