// A wait that never ends, at the top level of a module.
import { AsyncResult, run, wait } from "greenlets/green";

for (const stuck of [() => new AsyncResult().get(), () => wait(new Promise(() => undefined))]) {
  try {
    await run(stuck);
  } catch (error) {
    console.log((error as Error).name);
  }
}
console.log(await run(() => "the hub still works"));
