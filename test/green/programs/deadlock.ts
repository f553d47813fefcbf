// The host finds that nothing is left to do: whoever `run` started is told, with everybody who is parked.
import { Event, Queue, run, sleep, spawn } from "greenlets/green";

const event = new Event();
const queue = new Queue<number>();

function listen(): number {
  const item = queue.get();
  return item + 1;
}

run(() => {
  spawn(listen, { name: "listener" });
  sleep(1);
  event.wait();
}).catch((error: Error & { code: string }) => {
  console.log(error.name, error.code);
  console.log(error.message);
});
