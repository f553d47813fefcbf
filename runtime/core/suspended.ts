import { foreignFrame } from "./foreign.ts";

const refuse = (): never => {
  throw foreignFrame();
};

/**
 * S: returned by everything while unwinding. An object, so that it also survives `new`. It can be compared and handed on, no
 * more: code that is not at a suspension point may get hold of it (through a getter, say), and whatever it does with it is
 * an error, now or later.
 */
export const S: object = new Proxy(Object.freeze(Object.create(null)), new Proxy({}, { get: () => refuse }));
