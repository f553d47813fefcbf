import { sleep } from "greenlets/green";
import { tax } from "./tax.ts";

/** Asks the slow price list. */
export function price(item: string): number {
  sleep(1);
  return item.length;
}

export function total(items: string[]): number {
  let sum = 0;
  for (const item of items) sum += price(item);
  return sum + tax(sum);
}

export const double = (n: number): number => n * 2;
