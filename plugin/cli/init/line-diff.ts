/** line-diff — two texts as a review shows them: what goes, what comes, and two lines around. */

type Line = { mark: " " | "-" | "+"; text: string };

/** `--- a`, then each changed region; "" if the texts are equal. */
export function lineDiff(name: string, before: string, after: string): string {
  const lines = compared(linesOf(before), linesOf(after));
  if (lines.every(({ mark }) => mark === " ")) return "";
  const shown = lines.map((_, index) =>
    lines.slice(Math.max(0, index - 2), index + 3).some(({ mark }) => mark !== " "),
  );
  const body = lines.flatMap(({ mark, text }, index) => {
    if (!shown[index]) return [];
    return index > 0 && !shown[index - 1] ? ["  …", `${mark} ${text}`] : [`${mark} ${text}`];
  });
  return [`--- ${name}`, ...body, ""].join("\n");
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}

/** By the longest common subsequence; configuration files are short. */
function compared(before: readonly string[], after: readonly string[]): Line[] {
  const common = lengths(before, after);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const goes = j >= after.length || (i < before.length && common[i + 1]![j]! >= common[i]![j + 1]!);
    const stays = i < before.length && j < after.length && before[i] === after[j];
    if (stays) lines.push({ mark: " ", text: before[i]! });
    else lines.push(goes ? { mark: "-", text: before[i]! } : { mark: "+", text: after[j]! });
    if (stays || goes) i++;
    if (stays || !goes) j++;
  }
  return lines;
}

/** `lengths(a, b)[i][j]`: how many lines the rests from i and j have in common. */
function lengths(before: readonly string[], after: readonly string[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      table[i]![j] =
        before[i] === after[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  return table;
}
