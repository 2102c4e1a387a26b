// A way to the API server without a process per call: `kubectl proxy` on a loopback port. Starting kubectl for
// every request would cost more than what is measured.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { forLocalCluster } from '../../tools/run.ts';
import { kubectlPath } from './kubectl.ts';

/** An open way to the API server; `close` ends the proxy. */
export interface KubeProxy {
  request(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): void;
}

function readPort(line: string): number | undefined {
  const found = /127\.0\.0\.1:(\d+)/.exec(line);
  return found ? Number(found[1]) : undefined;
}

/** Starts the proxy and waits until it says its port. */
export async function openKubeProxy(): Promise<KubeProxy> {
  const child = spawn(await kubectlPath(), forLocalCluster('kubectl', ['proxy', '--port=0']), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let port: number | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    port = readPort(line);
    if (port !== undefined) break;
  }
  if (port === undefined) throw new Error('kubectl proxy did not start: is the cluster up? (npm run up)');
  const base = `http://127.0.0.1:${port}`;
  return {
    async request(method, path, body) {
      const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
      const answer = await fetch(base + path, {
        method,
        headers: { 'content-type': type },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
      return JSON.parse(text);
    },
    close: () => void child.kill(),
  };
}
