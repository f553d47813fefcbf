// The second signal ends the program at once.
import { run, shutdownOn, sleep } from "greenlets/green";

shutdownOn(["SIGINT"]);
void run(() => {
  try {
    console.log("ready");
    sleep(60_000);
  } finally {
    console.log("cleaning up");
    sleep(60_000);
    console.log("never");
  }
});
