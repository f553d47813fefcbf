// The first program of greenlet's documentation: 78 is never printed, because nobody switches back to `second`.
import { Greenlet } from "greenlets";

function first(): void {
  console.log(12);
  b.switch();
  console.log(34);
}

function second(): void {
  console.log(56);
  a.switch();
  console.log(78);
}

const a = new Greenlet(first);
const b = new Greenlet(second);
a.switch();
