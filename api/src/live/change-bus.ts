// What replicas tell each other: that an app's documents changed, or that what somebody may see may have. It makes others
// faster, never right: each replica looks by itself now and then, so a message that is lost costs a second.

/** What is said of an app: its documents changed; or sessions or the like did, so look again at who may see what. */
export interface ChangeNote {
  readonly appId: string;
  readonly what: 'changed' | 'recheck';
}

/** The wire between replicas. Neither call fails when it is cut. */
export interface ChangeBus {
  publish(note: ChangeNote): void;
  subscribe(listener: (note: ChangeNote) => void): void;
}

/** For one replica: nobody to tell. */
export const NO_BUS: ChangeBus = { publish: () => undefined, subscribe: () => undefined };

// An app that writes a hundred times a second is worth twenty messages.
const QUIET_MS = 50;

/** Says the same of an app at most once per 50 ms, the last time included. */
export const calmBus = (bus: ChangeBus): ChangeBus => {
  const pending = new Map<string, boolean>();
  const publish = (note: ChangeNote): void => {
    const key = `${note.what} ${note.appId}`;
    if (pending.has(key)) {
      pending.set(key, true);
      return;
    }
    pending.set(key, false);
    bus.publish(note);
    const timer = setTimeout(() => {
      const again = pending.get(key);
      pending.delete(key);
      if (again) publish(note);
    }, QUIET_MS);
    timer.unref();
  };
  return { publish, subscribe: bus.subscribe };
};
