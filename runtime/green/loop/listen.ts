/** Node's EventEmitter, and whatever behaves like it. */
export interface Emitter {
  on(type: string | symbol, listener: (...values: unknown[]) => void): unknown;
  off(type: string | symbol, listener: (...values: unknown[]) => void): unknown;
}

/** What emits events. */
export type EventSource = Emitter | EventTarget;

type Listener = (...values: unknown[]) => void;

/** Adds a listener. @returns what removes it */
export function listen(source: EventSource, type: string | symbol, listener: Listener): () => void {
  if ("addEventListener" in source) {
    source.addEventListener(type as string, listener);
    return () => source.removeEventListener(type as string, listener);
  }
  source.on(type, listener);
  return () => void source.off(type, listener);
}
