// Two tasks that hand control to each other, each in the middle of its own work.
import { Greenlet } from "greenlets";

function first(): void {
  console.log("Task 1 - Part 1");
  task2.switch();
  console.log("Task 1 - Part 2");
}

function second(): void {
  console.log("Task 2 - Part 1");
  task1.switch();
  console.log("Task 2 - Part 2, which nobody asks for");
}

const task1 = new Greenlet(first);
const task2 = new Greenlet(second);
task1.switch();
