import { getCurrent } from "greenlets";

type Answer = { text: string };

/** What is common to those who ask. */
class Asker {
  readonly asked: string[] = [];
  constructor(protected readonly name: string) {}
}

/** Asks whoever started it, and waits for the answer: neither async nor a generator. */
export class Speaker extends Asker {
  constructor(
    name: string,
    private readonly mark: string,
  ) {
    super(name);
    this.asked.push(getCurrent().parent!.switch(`${name}?`) as string);
  }

  ask(question: string): string {
    if (question === "") throw new RangeError("no question");
    const answer = getCurrent().parent!.switch(question) as Answer;
    if (answer.text === "stop") throw new RangeError("stopped");
    this.asked.push(question);
    return answer.text + this.mark;
  }
}
