/** How long work may take in silence where nobody may be looking, in milliseconds. */
const PATIENCE = 5000;

/** One line on stderr about work that takes its time: rewritten in place on a terminal, now and then a new one elsewhere. */
export class Progress {
  private last = performance.now();
  private shown = false;

  say(text: string): void {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\u001B[K${text}`);
      this.shown = true;
    } else if (performance.now() - this.last > PATIENCE) {
      process.stderr.write(`${text}\n`);
      this.last = performance.now();
    }
  }

  /** Takes the line away, so that what is printed next stands alone. */
  end(): void {
    if (this.shown) process.stderr.write("\r\u001B[K");
    this.shown = false;
  }
}
