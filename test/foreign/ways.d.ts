export const kept: unknown[];
export const ways: Record<string, (callback: () => unknown) => unknown>;
export function through(callback: () => unknown): unknown;
