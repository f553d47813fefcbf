export function tax(sum: number): number {
  return Math.round(sum * 0.2);
}
