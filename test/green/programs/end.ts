// The program ends although one greenlet never ran to its end and another never started.
import { Green, Queue, spawn } from "greenlets/green";

spawn(() => {
  try {
    new Queue().get();
  } finally {
    console.log("finally");
  }
});
new Green(() => console.log("never"));
setTimeout(() => console.log("end"), 5);
