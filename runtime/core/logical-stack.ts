import { core } from "./core.ts";

/**
 * The logical stack of an error: the native frames that were running, then the frames that waited below them in the greenlet, then
 * where the greenlet was created. In development builds on V8 `error.stack` says the same; elsewhere in development builds
 * only this does. Production builds remember nothing: then it is `error.stack`.
 */
export function logicalStack(error: Error): string {
  return core.state.development?.stack(error) ?? error.stack ?? String(error);
}
