export declare function query(sql: string): string[];
export declare function escape(sql: string): string;
export declare function retry<T>(times: number, body: () => T): T;
export declare class Pool {
  acquire(): string;
  readonly size: number;
  release(connection: string): void;
}
