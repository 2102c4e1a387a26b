// A process that writes its name into a ConfigMap as often as it can while it leads. The leadership test runs
// two of them and freezes one. Arguments: kubeconfig, namespace, name.
import { createKubeClient } from '../src/adapters/kubernetes/kube-http-client.ts';
import { loadKubeConfig } from '../src/adapters/kubernetes/pooled-client.ts';
import { sleep, systemClock } from '../src/runtime/clock.ts';
import { fencedClient } from '../src/runtime/fenced-client.ts';
import type { KubeObject } from '../src/runtime/kube-client.ts';
import { runAsLeader } from '../src/runtime/leader-election.ts';
import { kinds } from './kube.ts';

type Page = KubeObject & { data?: Record<string, string> };

const [kubeconfig = '', namespace = '', identity = ''] = process.argv.slice(2);
const client = createKubeClient(loadKubeConfig({ file: kubeconfig }), { fieldManager: identity });
const times = { leaseMs: 3000, renewDeadlineMs: 2000, retryMs: 300 };

const outcome = await runAsLeader(
  { client, namespace, name: 'leader', identity, ...times },
  async (signal, isCurrent) => {
    const fenced = fencedClient(client, isCurrent);
    while (!signal.aborted) {
      try {
        const page = await client.get<Page>(kinds.configMap, { namespace, name: 'page' }, signal);
        if (page) await fenced.replace(kinds.configMap, { ...page, data: { by: identity } }, { signal });
      } catch {
        // Whoever writes is what the test looks at, not what failed.
      }
      await sleep(systemClock, 20, signal);
    }
  },
  new AbortController().signal,
);
await client.close();
process.exit(outcome === 'lost' ? 3 : 0);
