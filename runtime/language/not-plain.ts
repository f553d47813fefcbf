import { core } from "../core/core.ts";
import { placeOf } from "../core/place.ts";

/** Cancels the switch below a call that was taken for plain; returns the error to throw. */
export function notPlain(): Error {
  const place = placeOf(new Error());
  const error = new core.GreenletError(
    "not-plain",
    `A call that was taken for plain switched${place === undefined ? "" : ` (at ${place})`}. A type or an assumption is wrong: \`greenlets explain --why-not\` says what the call was taken for.`,
  );
  core.cancel(error);
  return error;
}
