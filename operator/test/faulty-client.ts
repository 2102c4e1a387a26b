// A client that fails on purpose, by a fixed sequence: before the write, after it (the answer is lost), with a
// 429, a conflict, or late. For tests that ask whether everything ends up right all the same.
import type { KubeClient } from '../src/runtime/kube-client.ts';
import { KubeError } from '../src/runtime/kube-error.ts';

/** What happens to a write. */
export type WriteFault = 'none' | 'refused' | 'lost answer' | 'throttled' | 'conflict' | 'late';

/** Wraps a client; `next` decides about each write, and `writes` counts those that reached the server. */
export function faultyClient(client: KubeClient, next: () => WriteFault): KubeClient & { writes: number } {
  const guard = async <T>(write: () => Promise<T>): Promise<T> => {
    const fault = next();
    if (fault === 'refused') throw new KubeError({ kind: 'unavailable' }, 'injected: 500');
    if (fault === 'throttled') throw new KubeError({ kind: 'throttled', retryAfterMs: 20 }, 'injected: 429');
    if (fault === 'conflict') throw new KubeError({ kind: 'conflict' }, 'injected: 409');
    if (fault === 'late') await new Promise((resolve) => setTimeout(resolve, 100));
    faulty.writes += 1;
    const answer = await write();
    if (fault === 'lost answer')
      throw new KubeError({ kind: 'unavailable' }, 'injected: the answer was lost');
    return answer;
  };
  const faulty: KubeClient & { writes: number } = {
    writes: 0,
    get: (type, ref, signal) => client.get(type, ref, signal),
    list: (type, options) => client.list(type, options),
    watch: (type, options) => client.watch(type, options),
    create: (type, object, options) => guard(() => client.create(type, object, options)),
    apply: (type, object, options) => guard(() => client.apply(type, object, options)),
    replace: (type, object, options) => guard(() => client.replace(type, object, options)),
    patch: (type, request, options) => guard(() => client.patch(type, request, options)),
    delete: (type, ref, options) => guard(() => client.delete(type, ref, options)),
  };
  return faulty;
}
