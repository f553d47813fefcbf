// The first signal shuts down, with the grace to clean up.
import { run, shutdownOn, sleep } from "greenlets/green";

shutdownOn(["SIGINT"], { grace: 1000 });
void run(() => {
  try {
    console.log("ready");
    sleep(60_000);
  } finally {
    sleep(5);
    console.log("cleaned up");
  }
});
