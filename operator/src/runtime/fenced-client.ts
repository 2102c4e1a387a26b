// A client that refuses to write once leadership is in doubt. A process that was paused (SIGSTOP, a frozen
// VM) wakes up in the middle of a reconcile and does not know that somebody else leads; the question is
// therefore asked of the clock before each write. Reads are harmless and go through.
import type { KubeClient } from './kube-client.ts';
import { KubeError } from './kube-error.ts';

/** Wraps a client; a refused write throws KubeError `aborted` and sends nothing. */
export function fencedClient(client: KubeClient, isCurrent: () => boolean): KubeClient {
  const guard = <T>(write: () => Promise<T>): Promise<T> =>
    isCurrent()
      ? write()
      : Promise.reject(new KubeError({ kind: 'aborted' }, 'not written: this process may no longer lead'));
  return {
    get: (type, ref, signal) => client.get(type, ref, signal),
    list: (type, options) => client.list(type, options),
    watch: (type, options) => client.watch(type, options),
    create: (type, object, options) => guard(() => client.create(type, object, options)),
    apply: (type, object, options) => guard(() => client.apply(type, object, options)),
    replace: (type, object, options) => guard(() => client.replace(type, object, options)),
    patch: (type, request, options) => guard(() => client.patch(type, request, options)),
    delete: (type, ref, options) => guard(() => client.delete(type, ref, options)),
  };
}
