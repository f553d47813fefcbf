/** The runtime's own source, as the analysis meets it when the package analyses itself. */
export class Greenlet {
  parent: Greenlet | undefined;
  switch(value?: unknown): unknown {
    return value;
  }
  close(): void {
    this.parent = undefined;
  }
}
export function sleep(hub: Greenlet): void {
  hub.switch();
}
export function stop(hub: Greenlet): void {
  hub.close();
}
