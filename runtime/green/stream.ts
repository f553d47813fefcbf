import { after } from "./by-hand/after.ts";
import { each } from "./by-hand/each.ts";
import { ensure } from "./by-hand/ensure.ts";
import { listen, type Emitter } from "./loop/listen.ts";
import { wait } from "./wait.ts";

/** Node's Writable, as far as it is needed here. */
export interface NodeWritable extends Emitter {
  write(chunk: unknown): boolean;
  end(done: () => void): unknown;
}

/**
 * Writes all chunks, never faster than `target` takes them, and ends it. `chunks` may wait for each of its items.
 * @param target a Node or a web stream
 * @throws the error of the stream
 */
export function writeAll(target: NodeWritable | WritableStream, chunks: Iterable<unknown>): void {
  return "getWriter" in target ? writeToWeb(target.getWriter(), chunks) : writeToNode(target, chunks);
}

function writeToWeb(writer: WritableStreamDefaultWriter, chunks: Iterable<unknown>): void {
  // A failure shows again in `ready` or `close`.
  const write = (chunk: unknown) => void writer.write(chunk).catch(() => undefined);
  return after(
    () => each(chunks, (chunk) => wait(writer.ready.then(() => write(chunk)))),
    () => wait(writer.close()),
  );
}

function writeToNode(stream: NodeWritable, chunks: Iterable<unknown>): void {
  const failures: unknown[] = [];
  const forget = listen(stream, "error", (error) => failures.push(error));
  const write = () => each(chunks, (chunk) => (stream.write(chunk) ? undefined : waitForDrain(stream, failures)));
  const end = () => wait<void>((resolve, reject) => failsOr(stream, reject, () => stream.end(resolve)));
  return ensure(() => after(write, end), forget);
}

function waitForDrain(stream: NodeWritable, failures: unknown[]): void {
  if (failures.length > 0) throw failures[0];
  return wait<void>((resolve, reject) => {
    const forget = listen(stream, "drain", () => resolve());
    const forgetErrors = failsOr(stream, reject);
    return () => (forget(), forgetErrors());
  });
}

/** Rejects when the stream fails while `start` is under way. @returns what stops listening */
function failsOr(stream: NodeWritable, reject: (error: unknown) => void, start?: () => void): () => void {
  const forget = listen(stream, "error", reject);
  start?.();
  return forget;
}
