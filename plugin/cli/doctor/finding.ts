/** What one check found out. */
export interface Finding {
  /** In order, worth a look, or wrong. */
  state: "good" | "notice" | "bad";
  /** What was looked at: `Node`, `facts`. */
  about: string;
  /** One sentence. */
  text: string;
}

export const good = (about: string, text: string): Finding => ({ state: "good", about, text });
export const notice = (about: string, text: string): Finding => ({ state: "notice", about, text });
export const bad = (about: string, text: string): Finding => ({ state: "bad", about, text });
