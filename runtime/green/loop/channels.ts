/** A channel of node:diagnostics_channel. */
interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

interface BuiltinHost {
  process?: { getBuiltinModule?(name: string): { channel(name: string): Channel } | undefined };
}

const silent: Channel = { hasSubscribers: false, publish() {} };

/** The channel `name` where the host has them (asked for at run time, so that browsers need no shim); else a silent one. */
function channel(name: string): Channel {
  return (globalThis as BuiltinHost).process?.getBuiltinModule?.("node:diagnostics_channel")?.channel(name) ?? silent;
}

/** `greenlets.spawn`: `{ green }`, when it was asked to start. */
export const spawned: Channel = channel("greenlets.spawn");
/** `greenlets.park`: `{ greenlet, on }`, when one is about to wait. */
export const parking: Channel = channel("greenlets.park");
/** `greenlets.end`: `{ green, error? }`, when it has ended. */
export const ended: Channel = channel("greenlets.end");
