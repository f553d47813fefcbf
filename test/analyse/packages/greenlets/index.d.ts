export declare class Greenlet {
  constructor(run: (...args: never[]) => unknown, parent?: Greenlet);
  switch(...values: unknown[]): unknown;
  throw(error?: unknown): unknown;
  readonly dead: boolean;
  parent: Greenlet | undefined;
}
export declare function getCurrent(): Greenlet;
export declare function atomic<T>(body: () => T): T;
