// Leases in memory, with the API server's optimistic locking, behind the KubeClient port: enough to run many
// electors against each other on one hand-driven clock. `break` makes calls fail or hang, as an outage does.
import type { KubeClient, KubeObject } from '../src/runtime/kube-client.ts';
import { KubeError } from '../src/runtime/kube-error.ts';
import type { Lease } from '../src/runtime/lease.ts';

/** The double: a client per elector, all on the same lease. */
export interface MemoryLeases {
  client(): KubeClient & { fault: 'none' | 'unavailable' | 'hang' | 'loseAnswer' };
  current(): Lease | undefined;
  writes(): number;
}

/** Makes an empty store. */
export function createMemoryLeases(): MemoryLeases {
  let lease: Lease | undefined;
  let version = 0;
  let writes = 0;

  const store = (object: Lease): Lease => {
    version += 1;
    writes += 1;
    const metadata = { ...object.metadata, uid: 'lease-uid', resourceVersion: String(version) };
    lease = structuredClone({ ...object, metadata });
    return structuredClone(lease);
  };
  const client = (): ReturnType<MemoryLeases['client']> => {
    const fail = (signal?: AbortSignal): Promise<never> => {
      if (double.fault !== 'hang') return Promise.reject(new KubeError({ kind: 'unavailable' }, 'no answer'));
      return new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(new KubeError({ kind: 'aborted' }, 'aborted'))),
      );
    };
    const write = async (object: KubeObject, signal?: AbortSignal): Promise<KubeObject> => {
      if (double.fault === 'unavailable' || double.fault === 'hang') return await fail(signal);
      if (object.metadata.resourceVersion !== lease?.metadata.resourceVersion) {
        throw new KubeError(
          { kind: lease && !object.metadata.resourceVersion ? 'alreadyExists' : 'conflict' },
          '409',
        );
      }
      const stored = store(object as Lease);
      return double.fault === 'loseAnswer' ? await fail() : stored;
    };
    const unused = (): never => {
      throw new Error('the elector does not need this call');
    };
    const double = {
      fault: 'none' as 'none' | 'unavailable' | 'hang' | 'loseAnswer',
      get: async (_: unknown, __: unknown, signal?: AbortSignal) =>
        double.fault === 'unavailable' || double.fault === 'hang'
          ? await fail(signal)
          : structuredClone(lease),
      create: (_: unknown, object: KubeObject, options?: { signal?: AbortSignal }) =>
        write(object, options?.signal),
      replace: (_: unknown, object: KubeObject, options?: { signal?: AbortSignal }) =>
        write(object, options?.signal),
      list: unused,
      watch: unused,
      apply: unused,
      patch: unused,
      delete: unused,
    };
    // The double speaks of leases only, which the generic port cannot express.
    return double as unknown as ReturnType<MemoryLeases['client']>;
  };
  return { client, current: () => lease, writes: () => writes };
}
