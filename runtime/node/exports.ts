import { core } from "../core/core.ts";
import { contexts, type Context as OwnContext } from "./context.ts";

/** The first copy's, as of everything that has an identity. */
export const Context: typeof OwnContext = (core.state.contexts ??= contexts).Context;
export type Context = OwnContext;

export { keepContexts } from "./context.ts";
