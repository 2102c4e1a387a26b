// A client that stops writing the moment its process is no longer the leader. A paused process wakes up believing what
// it believed before; this is where it learns better, at every single write.
import type { KubeClient } from '../runtime/kube-client.ts';
import { KubeError } from '../runtime/kube-error.ts';

/** Wraps a client; every write asks `isCurrent` first. */
export const fencedClient = (client: KubeClient, isCurrent: () => boolean): KubeClient => {
  const guard =
    <A extends unknown[], R>(write: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      if (!isCurrent())
        throw new KubeError({ kind: 'unavailable' }, 'not the leader any more; nothing is written');
      return await write(...given);
    };
  return {
    get: (type, ref, signal) => client.get(type, ref, signal),
    list: (type, options) => client.list(type, options),
    watch: (type, options) => client.watch(type, options),
    create: guard(client.create) as KubeClient['create'],
    apply: guard(client.apply) as KubeClient['apply'],
    replace: guard(client.replace) as KubeClient['replace'],
    patch: guard(client.patch) as KubeClient['patch'],
    delete: guard(client.delete),
  };
};
