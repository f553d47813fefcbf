import type { AnyGreenlet } from "../core/greenlet.ts";

/** What outlives a greenlet that is collected. */
interface Remains {
  text: string;
  /** True while the greenlet is suspended inside a `try`. */
  pending: boolean;
}

/** Development builds: by greenlet. */
const remains = new WeakMap<AnyGreenlet, Remains>();

/** Whether the warning was given: it is given once. */
let warned = false;

const collected = new FinalizationRegistry<Remains>(({ text, pending }) => {
  if (!pending || warned) return;
  warned = true;
  console.warn(
    `${text} was collected while it was suspended inside a try: its catch and finally never ran. Use close() or \`using\`.`,
  );
});

/** Development builds: watches a new greenlet. */
export function watchCollection(greenlet: AnyGreenlet): void {
  const record = { text: String(greenlet), pending: false };
  remains.set(greenlet, record);
  collected.register(greenlet, record);
}

/** Development builds: notes whether the greenlet that was just left has cleanup to do. */
export function noteLeft(greenlet: AnyGreenlet): void {
  const record = remains.get(greenlet);
  if (record === undefined) return;
  record.text = String(greenlet);
  record.pending = !greenlet.dead && isInsideTry(greenlet);
}

function isInsideTry(greenlet: AnyGreenlet): boolean {
  for (let frame = greenlet.$frame; frame !== null; frame = frame.next) if (frame.label < 0) return true;
  return false;
}
