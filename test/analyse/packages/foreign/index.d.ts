export declare function each<T>(list: readonly T[], visit: (item: T) => void): void;
export declare function now(): number;
export declare function open(options: { onData?: (chunk: string) => void; name?: string }): void;
export declare function load(): any;
export declare class Emitter {
  on(event: string, listener: (...args: unknown[]) => void): this;
  emit(event: string): boolean;
}
export interface Plugin {
  setup(): void;
  teardown(): void;
}
export declare function use(plugin: Plugin): void;
export declare class Base {
  template(): void;
  hook(): void;
}
