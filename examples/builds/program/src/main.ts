import { Greenlet } from "greenlets";
import { Speaker } from "./ask.ts";
import { add } from "./plain.ts";

/** Two talk: a greenlet asks, three calls deep and inside `map`; main answers. */
export function talk(...answers: string[]): string {
  const greenlet = new Greenlet<[unknown]>((words) => {
    const speaker = new Speaker("who", "!");
    return [...(words as string[]).map((word) => speaker.ask(word)), ...speaker.asked].join(String(add(1, 2)));
  });
  const said: unknown[] = [greenlet.switch(["a", "b"]), greenlet.switch("me")];
  for (const text of answers) said.push(greenlet.switch({ text }));
  return said.join(" ");
}

export { add };
