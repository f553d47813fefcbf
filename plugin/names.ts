/** names — new names that no identifier of the file has. Words; a number only where the word is taken. */
export class Names {
  private readonly taken: Set<string>;
  private readonly outer: Names | null;

  constructor(taken: Set<string>, outer: Names | null = null) {
    this.taken = taken;
    this.outer = outer;
  }

  /** Names for one function: they depend on that function and the file's own names, not on other functions. */
  within(): Names {
    return new Names(new Set(), this);
  }

  /** `word`, or `word2`, `word3`, … if it is taken. */
  fresh(word: string): string {
    let name = word;
    for (let count = 2; this.has(name); count++) name = `${word}${count}`;
    this.taken.add(name);
    return name;
  }

  /** Whether a name of one function was made by {@link fresh}, so that the source doesn't have it. */
  isMade(name: string): boolean {
    return this.outer !== null && this.taken.has(name);
  }

  private has(name: string): boolean {
    return this.taken.has(name) || (this.outer?.has(name) ?? false);
  }
}
