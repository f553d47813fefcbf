// Uncompiled code that calls back, and the ways it can treat what the callback returns in the middle of a switch.

/** What the foreign frames kept, so that a test can look at it. */
export const kept = [];

/** @type {Record<string, (callback: () => unknown) => unknown>} */
export const ways = {
  "returns it": (callback) => callback(),
  "drops it": (callback) => {
    callback();
    return 1;
  },
  "stores it": (callback) => {
    kept.push(callback());
    return 1;
  },
  "coerces it": (callback) => callback() + 1,
  "calls back again": (callback) => {
    callback();
    return callback();
  },
  throws: (callback) => {
    callback();
    throw new RangeError("thrown by the foreign frame");
  },
  "catches what we throw": (callback) => {
    try {
      return callback();
    } catch {
      return 1;
    }
  },
  "swallows it in a promise": (callback) => {
    const promise = new Promise((resolve) => resolve(callback()));
    promise.catch(() => undefined);
    return promise;
  },
};

/** A plain function in the middle of the stack. */
export const through = (callback) => callback();
